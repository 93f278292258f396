-- Several services: while the lists of one are read, those of the next one are begun, once rows to come of the outer table are there.
-- emulator: --seed 5 --services 2 --channels 24 --users 60 --members 300 --messages 1500 --spread even --invites 0 --private 100 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 50 WHERE name = 'page_size';
CREATE TEMP TABLE two AS SELECT min(sid) AS lower, max(sid) AS higher, (SELECT role_sid FROM users WHERE service_sid = (SELECT sid FROM services LIMIT 1) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS role FROM services;
-- When the first request for a table's lists of a service began and the last one ended.
CREATE TEMP VIEW ends AS SELECT table_name, substr(path, instr(path, 'IS'), 34) AS service, min(julianday(started_at)) AS first,
  max(julianday(started_at) + duration_ms / 86400000.0) AS last, count(*) - count(DISTINCT path) AS twice,
  total(error LIKE 'not used%') AS in_vain FROM chat_requests WHERE path LIKE '%/Services/IS%' GROUP BY 1, 2;
-- Had the channels of both services, or such lists of both, been asked for, before the lists of one of them had come to their end?
CREATE TEMP VIEW early AS SELECT table_name, (SELECT max(first) FROM ends WHERE table_name = 'channels') < min(last) AS before_the_end, max(first) < min(last) AS both_before_it, sum(twice) AS twice, sum(in_vain) AS in_vain
  FROM ends GROUP BY table_name;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=30
.echo on

-- All of each service's lists, by rows of another table.
SELECT count(*) > 0 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity;
SELECT both_before_it, twice, in_vain FROM early WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- What is looked up in all of them, by every row: neither service's are looked into first.
SELECT count(*) > 0 FROM users AS u CROSS JOIN members AS m ON m.service_sid = u.service_sid AND m.identity = u.identity;
SELECT before_the_end, twice, in_vain FROM early WHERE table_name = 'members';
SELECT count(DISTINCT substr(path, instr(path, 'IS'), 34)) AS services FROM chat_requests WHERE purpose = 'look-up'; DELETE FROM chat_requests;
-- Whoever wants rows of the first service only begins nothing of the other, nor whoever has SQLite look for them.
SELECT count(*) > 0 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity WHERE u.service_sid = (SELECT lower FROM two);
SELECT count(DISTINCT service) AS services FROM ends; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity WHERE u.role_sid = (SELECT role FROM two);
SELECT table_name, count(DISTINCT service) AS services FROM ends GROUP BY 1; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity WHERE u.service_sid < (SELECT higher FROM two) AND u.service_sid || '' = (SELECT lower FROM two);
SELECT table_name, count(DISTINCT service) AS services FROM ends GROUP BY 1; DELETE FROM chat_requests;
-- A list right under each service is begun when the first row of the outer table has come: it goes on to the other service.
.echo off
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
-- Before 3.38 the plan does not tell: they are asked for once rows have come, which is soon enough, or just not.
CREATE TEMP VIEW users_early AS SELECT sqlite_version() GLOB '3.3[0-7].*' OR (SELECT max(first) FROM ends WHERE table_name = 'users') < (SELECT max(first) FROM ends WHERE table_name = 'members') AS before_the_rows,
  (SELECT count(DISTINCT service) FROM ends WHERE table_name = 'users') AS services, (SELECT sum(twice) FROM ends) AS twice, (SELECT sum(in_vain) FROM ends) AS in_vain;
CREATE TEMP TABLE members_role AS SELECT role_sid AS role FROM members WHERE service_sid = (SELECT sid FROM services LIMIT 1) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
CREATE TEMP TABLE small AS SELECT service_sid, channel_sid FROM members WHERE service_sid = (SELECT sid FROM services LIMIT 1) GROUP BY 1, 2 ORDER BY count(*) LIMIT 1;
DELETE FROM chat_requests;
.echo on
SELECT count(*) > 0 FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity;
SELECT * FROM users_early; DELETE FROM chat_requests;
-- Not where SQLite may want rows of the first service only.
SELECT count(*) > 0 FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity WHERE m.role_sid = (SELECT role FROM members_role);
SELECT services, twice FROM users_early; DELETE FROM chat_requests;
-- Where no row comes, it is a page more than in the service with rows.
.echo off
CREATE TEMP TABLE persons AS SELECT service_sid, identity FROM users;
INSERT INTO users(service_sid, identity) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
  SELECT (SELECT service_sid FROM persons WHERE service_sid <> (SELECT service_sid FROM small) LIMIT 1), 'more-' || i FROM n;
CREATE TEMP TABLE inside AS SELECT identity FROM members WHERE channel_sid = (SELECT channel_sid FROM small);
INSERT INTO invites(service_sid, channel_sid, identity) SELECT f.service_sid, f.channel_sid, p.identity FROM small AS f JOIN persons AS p ON p.service_sid = f.service_sid
  WHERE p.identity NOT IN (SELECT identity FROM inside);
DELETE FROM chat_requests;
.echo on
SELECT count(*) > 8 AS many FROM invites AS i LEFT JOIN users AS u ON u.service_sid = i.service_sid AND u.identity = i.identity;
SELECT service = (SELECT service_sid FROM small) AS invites, count(*) <= 4 AS few FROM
  (SELECT substr(path, instr(path, 'IS'), 34) AS service FROM chat_requests WHERE table_name = 'users' AND path LIKE '%/Users?%') GROUP BY 1 ORDER BY 1;
