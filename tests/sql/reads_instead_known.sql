-- SIDs of which nobody knows where they are are looked for in all lists; once these have been read, it is known where the others are, and
-- nothing more is looked up in them.
-- emulator: --seed 1 --services 3 --channels 60 --users 60 --members 100 --messages 300 --invites 20 --write-limit 0
.echo off
CREATE TEMP TABLE some AS SELECT row_number() OVER (ORDER BY sid) AS number, sid FROM channels;
CREATE TEMP TABLE people AS SELECT row_number() OVER (ORDER BY sid) AS number, sid FROM users;
CREATE TEMP VIEW asked AS SELECT table_name, count(*) AS requests, sum(path LIKE '%?%') AS pages, sum(path NOT LIKE '%?%') AS looked_up, count(*) - count(DISTINCT path) AS twice
 FROM chat_requests WHERE table_name <> 'services' GROUP BY table_name;
UPDATE chat_settings SET value = 6 WHERE name = 'max_retries'; -- forgets where they are
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM some AS t CROSS JOIN channels AS c ON c.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM people AS t CROSS JOIN users AS u ON u.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- The same where a scan has read the list.
SELECT count(*) FROM (SELECT service_sid, count(*) AS n FROM channels GROUP BY service_sid) AS s JOIN some AS t CROSS JOIN channels AS c ON c.service_sid = s.service_sid AND c.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
