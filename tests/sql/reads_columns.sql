-- Of a list those columns are kept that some part of some statement may ask for: whatever else has been read before, or is being read.
-- emulator: --seed 1 --services 1 --channels 6 --users 4 --members 10 --messages 20 --write-limit 0
.echo off
.read tests/sql/reads_pick
.echo on
-- The first statement of all needs no column.
SELECT count(*) FROM channels;
-- One list, read once, for parts that ask for different columns of it, and for nested ones.
DELETE FROM chat_requests;
SELECT (SELECT count(friendly_name) FROM channels) AS names, (SELECT count(date_created) FROM channels) AS dates, (SELECT max(members_count) > 0 FROM channels) AS members;
SELECT count(*) AS requests, count(DISTINCT path) AS lists FROM chat_requests WHERE table_name = 'channels';
SELECT count(*) FROM channels AS a WHERE EXISTS (SELECT 1 FROM channels AS b WHERE b.created_by = a.created_by AND b.sid <> a.sid AND b.type = a.type);
-- Of two columns with one name, in a view and in a join.
CREATE TEMP VIEW names AS SELECT sid, friendly_name AS name, url FROM channels;
SELECT count(*), count(n.name), count(c.links), sum(n.url = c.url) FROM names AS n JOIN channels AS c USING (sid);
SELECT count(*) FROM channels NATURAL JOIN (SELECT sid, unique_name, friendly_name FROM channels);
SELECT sum(typeof(account_sid) = 'text'), sum(typeof(messages_count) = 'integer'), sum(json_valid(links)) FROM (SELECT * FROM channels);
-- Aggregates, windows and sorting over what is asked for in only one place.
SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY type ORDER BY date_updated, sid) AS n FROM channels) WHERE n = 1;
SELECT max(length(friendly_name)) > 0, group_concat(typeof(date_updated), '') = replace(hex(zeroblob(count(*))), '00', 'text') FROM channels GROUP BY substr(sid, 1, 2) HAVING min(date_created) IS NOT NULL ORDER BY max(created_by);
SELECT count(*) FROM channels WHERE length(created_by) > 0 AND (friendly_name IS NULL OR date_created > '2000' OR sid = 'x');
-- An UPDATE is measured against all that it reads, and its FROM may read the same list.
UPDATE channels SET friendly_name = friendly_name || '!' WHERE date_created = (SELECT max(date_created) FROM channels) AND service_sid = @service;
SELECT count(*) FROM channels WHERE friendly_name LIKE '%!';
DELETE FROM channels WHERE friendly_name LIKE '%!' AND service_sid = @service;
SELECT count(*) FROM channels;
