-- Values that lists hide are fetched side by side, across pages and lists, and not many of them in vain. Lists are answered
-- at once here, single resources are not: so these alone wait side by side.
-- emulator: --seed 1 --services 4 --channels 160 --users 80 --messages 900 --members 300 --invites 60 --write-limit 0
.echo off
.read tests/sql/reads_pick
CREATE TEMP VIEW totals AS
SELECT table_name, CASE WHEN path LIKE '%?%' THEN 'lists' ELSE 'single' END AS what, count(*) > 10 AS many, count(*) - count(DISTINCT path) AS twice,
       count(*) <= 1.25 * sum(error IS NULL) + 16 AS within FROM chat_requests GROUP BY table_name, what;
DELETE FROM chat_requests;
.echo on

-- Every row's.
.shell tests/sql/slow EMULATOR_URL '*/Channels/CH*'
SELECT count(attributes) = count(*) FROM channels WHERE service_sid = @service;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;

-- Over small pages.
UPDATE chat_settings SET value = 3 WHERE name = 'page_size';
.shell tests/sql/slow EMULATOR_URL '*/Channels/CH*'
SELECT count(attributes) = count(*) FROM channels WHERE service_sid = @service;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';

-- Over the lists of a walk, and of a join: some five messages in each.
.shell tests/sql/slow EMULATOR_URL '*/Messages/IM*'
SELECT count(attributes) = count(*) FROM messages WHERE service_sid = @service;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/slow EMULATOR_URL '*/Messages/IM*'
SELECT count(m.attributes) = count(*) FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.service_sid = @service AND c.messages_count < 4;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;

-- A term that SQLite checks: of one row in eight or so the value is used. What was asked for in vain is bounded.
.shell tests/sql/slow EMULATOR_URL '*/Messages/IM*'
SELECT count(attributes) = count(*) FROM messages WHERE service_sid = @service AND instr('01', substr(sid, -1));
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/slow EMULATOR_URL '*/Messages/IM*'
SELECT count(m.attributes) = count(*) FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.service_sid = @service AND instr('01', substr(m.sid, -1));
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM totals; DELETE FROM chat_requests;
-- ... and where the term is plain, it is known which rows will be used.
.shell tests/sql/slow EMULATOR_URL '*/Messages/IM*'
SELECT count(attributes) = count(*) FROM messages WHERE service_sid = @service AND sid LIKE '%0';
.shell tests/sql/control EMULATOR_URL wide
SELECT count(*) > 10 AS many, sum(error IS NOT NULL) AS vain FROM chat_requests WHERE path NOT LIKE '%?%'; DELETE FROM chat_requests;
-- An IN list is not taken apart for that: the order of the list stands.
EXPLAIN QUERY PLAN SELECT attributes FROM messages WHERE service_sid = ?1 AND channel_sid = ?2 AND body IN ('a', 'b') ORDER BY "index";

-- Each row has its own.
SELECT count(DISTINCT attributes) > 1, sum(attributes IS NOT (SELECT o.attributes FROM channels AS o WHERE o.service_sid = c.service_sid AND o.sid = c.sid)) AS others
  FROM channels AS c WHERE service_sid = @service;
DELETE FROM chat_requests;

-- Where the statement says nothing of an early end, those of seven rows behind the first come with it, though it may fail there.
SELECT abs(iif(attributes IS NULL, 0, -9223372036854775808)) FROM channels WHERE service_sid = @service;
SELECT count(*) FROM chat_requests WHERE path LIKE '%/Channels/CH%'; DELETE FROM chat_requests;

-- Else the first row's is asked for alone: there may be no other. With the second one's come those of the seven rows behind it.
SELECT EXISTS (SELECT 1 FROM channels WHERE service_sid = @service AND length(attributes) + random() * 0 >= 0);
SELECT count(*) FROM chat_requests WHERE path LIKE '%/Channels/CH%'; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM channels WHERE service_sid = @service AND length(attributes) + random() * 0 >= 0 LIMIT 1);
SELECT count(*) FROM chat_requests WHERE path LIKE '%/Channels/CH%'; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM channels WHERE service_sid = @service AND length(attributes) + random() * 0 >= 0 LIMIT 2);
SELECT count(*) FROM chat_requests WHERE path LIKE '%/Channels/CH%'; DELETE FROM chat_requests;
