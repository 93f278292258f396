-- Lists of loops that have not begun: a query inside and a part of a compound begin one after another, and what they are going to read whole is
-- asked for while others are waited for. Nobody knows that they will begin: of what never does, as much may have been asked for as of the rest, and 16.
-- emulator: --seed 1 --services 2 --channels 60 --users 90 --members 300 --messages 600 --spread even --invites 0 --write-limit 0 --latency 20
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE persons AS SELECT sid, service_sid, identity, role_sid FROM users;
CREATE TEMP TABLE copied AS SELECT role_sid FROM members;
-- When each table was begun to be asked for, and when the first one's answers had come.
CREATE TEMP VIEW asked AS SELECT table_name, count(*) AS calls, count(*) - count(DISTINCT path) AS twice, min(julianday(started_at)) AS began,
  min(julianday(started_at) + duration_ms / 86400000.0) AS came FROM chat_requests GROUP BY 1;
DELETE FROM chat_requests;
.echo on

-- Two queries inside: both are begun beside the first table, and what is under way is taken on.
.shell tests/sql/fault EMULATOR_URL action=delay ms=80 times=0 'path=*/Users*'
SELECT sid NOT NULL FROM roles WHERE sid NOT IN (SELECT role_sid FROM users WHERE role_sid IS NOT NULL) AND sid NOT IN (SELECT role_sid FROM members WHERE role_sid IS NOT NULL) EXCEPT SELECT 0;
SELECT table_name, began < (SELECT came FROM asked WHERE table_name = 'roles') AS beside, twice FROM asked WHERE table_name IN ('users', 'channels') ORDER BY 1;
SELECT began < (SELECT max(julianday(started_at)) FROM chat_requests WHERE table_name = 'users') AS beside, calls, twice FROM asked WHERE table_name = 'members';
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
-- Parts of a compound.
SELECT count(*) = (SELECT count(*) FROM persons) AS right FROM (SELECT sid, service_sid FROM users UNION SELECT NULL, NULL FROM roles WHERE sid IS NULL UNION ALL SELECT sid, sid FROM services WHERE sid IS NULL);
SELECT table_name, began < (SELECT came FROM asked WHERE table_name = 'users') AS beside, twice FROM asked WHERE table_name = 'roles';
SELECT sum(twice) FROM asked; DELETE FROM chat_requests;
-- Of one service each: the same list of the other one, if there are two.
SELECT count(*) = (SELECT count(DISTINCT a.identity) FROM persons AS a JOIN persons AS b ON b.identity = a.identity AND b.service_sid > a.service_sid) AS right
  FROM (SELECT identity FROM users WHERE service_sid = (SELECT min(sid) FROM services) INTERSECT SELECT identity FROM users WHERE service_sid = (SELECT max(sid) FROM services));
SELECT min(last) > max(first) AS beside, sum(twice) AS twice, count(*) AS lists FROM (SELECT min(id) AS first, max(id) AS last, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'users' GROUP BY substr(path, 1, 50));
DELETE FROM chat_requests;

-- A query that never begins: no more than twice as much in all, and 16.
SELECT count(*) FROM users WHERE sid IS NULL AND sid NOT IN (SELECT channel_sid FROM messages);
SELECT total(calls) FILTER (WHERE table_name IN ('messages', 'channels')) BETWEEN 2 AND 16 + total(calls) FILTER (WHERE table_name IN ('services', 'users')) AS few FROM asked; DELETE FROM chat_requests;
-- Nothing where it may not be wanted, by its words; nor where its plan depends on others.
SELECT count(*) FROM (SELECT sid FROM roles WHERE sid IS NULL AND sid NOT IN (SELECT role_sid FROM users) LIMIT 1);
SELECT table_name FROM asked ORDER BY 1; DELETE FROM chat_requests;
SELECT count(*) FROM roles WHERE CASE WHEN sid > '' THEN 1 ELSE sid IN (SELECT role_sid FROM users) END;
SELECT table_name FROM asked ORDER BY 1; DELETE FROM chat_requests;
SELECT count(*) FROM roles WHERE sid IS NULL AND sid NOT IN (SELECT role_sid FROM users AS u WHERE u.service_sid = roles.service_sid);
SELECT table_name FROM asked ORDER BY 1; DELETE FROM chat_requests;
-- Nor one at a time, nor with a budget.
UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency';
SELECT count(*) FROM users WHERE sid IS NULL AND sid NOT IN (SELECT sid FROM roles);
SELECT table_name FROM asked ORDER BY 1; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';
UPDATE chat_settings SET value = 9 WHERE name = 'max_requests';
SELECT count(*) FROM roles WHERE sid IS NULL AND sid NOT IN (SELECT role_sid FROM users);
SELECT table_name FROM asked ORDER BY 1; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
-- What is wrong with a list that nobody comes to is nobody's problem; who comes to it is told.
.shell tests/sql/fault EMULATOR_URL action=status status=403 times=0 'path=*/Users*'
SELECT count(*) FROM roles WHERE sid IS NULL AND sid NOT IN (SELECT role_sid FROM users);
SELECT count(*) > 0 FROM roles WHERE sid IN (SELECT role_sid FROM users);
