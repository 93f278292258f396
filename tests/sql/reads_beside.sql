-- What is looked up row by row is known from the rows of the outer table: the list that will be worth it is read at once, while those of the outer
-- table go on coming; and where each of many lists will be worth it, they are read side by side.
-- emulator: --seed 1 --services 1 --channels 12 --users 400 --members 1200 --messages 600 --spread even --invites 0 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE lists AS SELECT (SELECT (count(*) + 19) / 20 FROM users) AS user_pages, (SELECT sum((members_count + 19) / 20) FROM channels) AS member_pages;
CREATE TEMP VIEW totals AS SELECT table_name, sum(purpose = 'look-up') AS looked_up, sum(purpose IS NOT 'look-up') AS listed, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests GROUP BY table_name;
-- How many lists were being read at one time.
CREATE TEMP VIEW at_once AS SELECT table_name, max((SELECT count(*) FROM chat_requests AS o WHERE o.table_name = r.table_name AND julianday(o.started_at) <= julianday(r.started_at)
  AND julianday(o.started_at) + o.duration_ms / 86400000.0 > julianday(r.started_at))) AS n FROM chat_requests AS r GROUP BY table_name;
-- How many of the messages' requests had to wait for each other.
CREATE TEMP TABLE asked(began, ended);
CREATE TEMP VIEW rounds AS WITH RECURSIVE r(ended, n) AS (VALUES (0, 0) UNION ALL SELECT (SELECT min(a.ended) FROM asked AS a WHERE a.began >= r.ended), n + 1
  FROM r WHERE r.ended IS NOT NULL) SELECT max(n) - 1 AS n FROM r;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=30
.echo on

UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
-- One list for all rows: it is read at once, and pages of the outer table's lists come meanwhile.
SELECT count(*) > 0 FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from";
SELECT coalesce(looked_up, 0) <= 1 AS few, listed = user_pages AS each, twice, in_vain FROM totals, lists WHERE table_name = 'users';
SELECT count(*) > 12 AS meanwhile FROM chat_requests WHERE table_name = 'messages' AND id BETWEEN (SELECT min(id) FROM chat_requests WHERE table_name = 'users') AND (SELECT max(id) FROM chat_requests WHERE table_name = 'users');
-- What has come of them whole is not in the way of further ones.
SELECT count(DISTINCT substr(path, 1, 91)) AS begun FROM chat_requests WHERE table_name = 'messages' AND id < (SELECT max(id) FROM chat_requests WHERE table_name = 'users');
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';
DELETE FROM chat_requests;
-- A list for each channel: how long it is tells the channel, which is listed on the way and is not asked for.
SELECT count(*) > 0 FROM messages AS m WHERE NOT EXISTS (SELECT 1 FROM members AS e WHERE e.service_sid = m.service_sid AND e.channel_sid = m.channel_sid AND e.identity = m."from");
SELECT looked_up, listed = member_pages AS each, twice, in_vain FROM totals, lists WHERE table_name = 'members';
SELECT count(*) AS channel_requests FROM chat_requests WHERE table_name = 'channels';
SELECT n > 4 AS side_by_side FROM at_once WHERE table_name = 'members';
DELETE FROM chat_requests;
-- ... where each message is known to look there; else the first may be the only one.
SELECT count(*) > 0 FROM messages AS m WHERE m.body > '' AND NOT EXISTS (SELECT 1 FROM members AS e WHERE e.service_sid = m.service_sid AND e.channel_sid = m.channel_sid AND e.identity = m."from");
SELECT looked_up BETWEEN 1 AND 3 AS few, listed = member_pages AS each, twice, in_vain FROM totals, lists WHERE table_name = 'members';
DELETE FROM chat_requests;
-- Likewise where all of each list is wanted, since the server does not know the term.
SELECT count(*) > 0 FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity;
INSERT INTO asked SELECT julianday(started_at), julianday(started_at) + duration_ms / 86400000.0 FROM chat_requests WHERE table_name = 'messages';
SELECT n < 9 AS few_rounds FROM rounds; DELETE FROM asked;
SELECT n > 4 AS side_by_side, twice, in_vain FROM at_once JOIN totals USING (table_name) WHERE table_name = 'messages'; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity LIMIT 1);
SELECT count(*) < 20 AS few FROM chat_requests WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- What is newer than a place in each of many lists: they are read side by side, too.
SELECT count(*) > 0, sum(n) > 0 FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e);
SELECT n > 4 AS side_by_side, looked_up < 12 AS few, twice FROM at_once JOIN totals USING (table_name) WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- Whoever wants one row has one looked up, and of three rows no list is read in their place.
SELECT count(*) FROM (SELECT 1 FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from" LIMIT 1);
SELECT looked_up, listed FROM totals WHERE table_name = 'users'; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages AS m WHERE NOT EXISTS (SELECT 1 FROM members AS e WHERE e.service_sid = m.service_sid AND e.channel_sid = m.channel_sid AND e.identity = m."from" || '?') LIMIT 3);
SELECT looked_up, listed FROM totals WHERE table_name = 'members'; DELETE FROM chat_requests;
-- Where SQLite passes over most rows, few are looked up in each list, and it is not read for them.
SELECT count(*) > 0 FROM messages AS m CROSS JOIN members AS e ON e.service_sid = m.service_sid AND e.channel_sid = m.channel_sid AND e.identity = m."from" WHERE abs(m."index") % 25 = 7;
SELECT looked_up > 12 AS many, listed < 12 AS few FROM totals WHERE table_name = 'members'; DELETE FROM chat_requests;
.echo off
.shell tests/sql/control EMULATOR_URL latency ms=100
.echo on
-- The newest row of each of many lists, told by rows that are not what the lists are under: a small page of each, side by side, once two are
-- next to each other.
SELECT count(*) > 0, count(newest) > 0 FROM (SELECT (SELECT max("index") FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid) AS newest FROM members AS e);
INSERT INTO asked SELECT julianday(started_at), julianday(started_at) + duration_ms / 86400000.0 FROM chat_requests WHERE table_name = 'messages';
SELECT n < 5 AS few_rounds FROM rounds; DELETE FROM asked;
SELECT n > 4 AS side_by_side, twice, in_vain FROM at_once JOIN totals USING (table_name) WHERE table_name = 'messages';
SELECT count(*) = 12 AS each FROM chat_requests WHERE table_name = 'messages'; DELETE FROM chat_requests;
