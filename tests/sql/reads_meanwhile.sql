-- While a list is waited for, or a look-up, more of the outer rows come: what they tell of lists to come is seen to at once.
-- emulator: --seed 1 --services 2 --channels 40 --users 240 --members 1200 --messages 0 --invites 0 --private 100 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE copied AS SELECT sid, service_sid, channel_sid, identity FROM members;
CREATE TEMP TABLE persons AS SELECT sid, service_sid, identity FROM users;
CREATE TEMP TABLE answer AS SELECT count(*) AS n, count(p.sid) AS found FROM copied AS c LEFT JOIN persons AS p ON p.service_sid = c.service_sid AND p.identity = c.identity;
-- Requests for whole lists of users, by service.
CREATE TEMP VIEW whole AS SELECT substr(path, instr(path, 'IS'), 34) AS service, min(id) AS first, max(id) AS last, count(*) AS pages, count(*) - count(DISTINCT path) AS twice,
  min(julianday(started_at)) AS began FROM chat_requests WHERE table_name = 'users' AND path LIKE '%/Users?%' GROUP BY 1;
CREATE TEMP VIEW needed AS SELECT sum(pages) AS pages FROM (SELECT (count(*) + 19) / 20 AS pages FROM persons GROUP BY service_sid);
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=80
.echo on

-- The users of the second service are asked for while those of the first one come, page by page.
SELECT (count(*), count(u.sid)) = (SELECT n, found FROM answer) AS right FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity;
SELECT (SELECT max(first) FROM whole) < (SELECT min(last) FROM whole) AS side_by_side, sum(pages) = (SELECT pages FROM needed) AS once, sum(twice) AS twice FROM whole;
DELETE FROM chat_requests;
-- The first row's user is looked up alone, as long as no more than a few rows are known; while that takes its time they have become many, and
-- their list is begun.
UPDATE chat_settings SET value = 4 WHERE name = 'page_size';
UPDATE chat_settings SET value = 2 WHERE name = 'max_concurrency';
.shell tests/sql/control EMULATOR_URL latency ms=3
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 times=1 'path=*/Users/*'
SELECT (count(*), count(u.sid)) = (SELECT n, found FROM answer) AS right FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity;
SELECT count(*) > 0 AS looked_up, max(julianday(started_at) + duration_ms / 86400000.0) > (SELECT min(began) FROM whole) AS beside FROM chat_requests WHERE path LIKE '%/Users/%';
SELECT sum(twice) AS twice FROM whole;
DELETE FROM chat_requests;
-- Whoever may be content with fewer rows has no list read for the others.
.shell tests/sql/fault EMULATOR_URL action=delay ms=100 times=1 'path=*/Users/*'
SELECT count(*) FROM (SELECT u.sid FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity LIMIT 1);
SELECT count(*) AS lists FROM whole;
DELETE FROM chat_requests;
