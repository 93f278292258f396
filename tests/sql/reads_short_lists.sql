-- What is looked up in all lists of a service costs a request on each. Where it has been done before, or will be in those of another service,
-- and counts tell that each list has one page, they are read: that costs no more, and the next look-up nothing.
-- emulator: --seed 1 --services 2 --channels 24 --users 80 --members 300 --messages 0 --invites 0 --private 100 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v1' WHERE name = 'api_version';
CREATE TEMP TABLE copied AS SELECT service_sid, channel_sid, identity FROM members;
CREATE TEMP TABLE lists AS SELECT sid FROM channels;
CREATE TEMP TABLE persons AS SELECT service_sid, identity FROM users;
CREATE TEMP TABLE people AS SELECT identity FROM persons GROUP BY 1 HAVING count(*) = 2 ORDER BY identity LIMIT 10;
CREATE TEMP TABLE one AS SELECT identity FROM people LIMIT 1;
CREATE TEMP TABLE single AS SELECT identity FROM persons GROUP BY 1 HAVING count(*) = 1 ORDER BY identity LIMIT 1;
-- Was what the other service's lists are under asked for before the first one's had come?
CREATE TEMP VIEW above AS SELECT max(julianday(started_at)) < min(julianday(started_at) + duration_ms / 86400000.0) AS by_side FROM chat_requests WHERE table_name = 'channels';
CREATE TEMP TABLE answer AS SELECT count(*) AS n, count(c.channel_sid) AS found FROM people AS p JOIN persons AS u ON u.identity = p.identity
  LEFT JOIN copied AS c ON c.identity = p.identity AND c.service_sid = u.service_sid;
CREATE TEMP VIEW asked AS SELECT count(DISTINCT substr(path, instr(path, 'IS'), 34)) FILTER (WHERE purpose = 'look-up') AS services_looked_into,
  count(*) FILTER (WHERE purpose = 'instead of look-ups') > 0 AS lists_read, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'members';
DELETE FROM chat_requests;
.echo on

SELECT (count(*), count(e.channel_sid)) = (SELECT n, found FROM answer) AS right FROM people AS p CROSS JOIN users AS u ON u.identity = p.identity
  LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- One person is in both services: all lists are read, for as many requests as lists.
SELECT count(DISTINCT u.service_sid) AS services FROM one AS p CROSS JOIN users AS u ON u.identity = p.identity LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;
SELECT * FROM asked; SELECT count(*) = (SELECT count(*) FROM lists) AS a_request_each FROM chat_requests WHERE table_name = 'members'; DELETE FROM chat_requests;
-- Who is in one service is looked up in its lists.
SELECT count(DISTINCT u.service_sid) AS services FROM single AS p CROSS JOIN users AS u ON u.identity = p.identity LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- Not where the first row may be all, ...
SELECT count(*) FROM one AS p CROSS JOIN users AS u ON u.identity = p.identity WHERE EXISTS (SELECT 1 FROM members AS e WHERE e.identity = p.identity AND e.service_sid = u.service_sid);
SELECT lists_read, twice FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT e.sid FROM one AS p CROSS JOIN users AS u ON u.identity = p.identity LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid LIMIT 2);
SELECT lists_read, twice FROM asked; DELETE FROM chat_requests;
-- ... nor where lists have more pages.
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
SELECT count(DISTINCT u.service_sid) AS services FROM one AS p CROSS JOIN users AS u ON u.identity = p.identity LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- What the lists of the other service are under is asked for beside.
.echo off
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=30
.echo on
SELECT count(DISTINCT u.service_sid) AS services FROM one AS p CROSS JOIN users AS u ON u.identity = p.identity LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;
SELECT * FROM above; DELETE FROM chat_requests;
