-- While a list is read that look-ups wait for, page after page, all of the outer table's lists come, where nothing says that the statement may end early.
-- emulator: --seed 1 --services 1 --channels 60 --users 400 --members 0 --messages 1200 --spread even --invites 0 --write-limit 0 --latency 20
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP VIEW ends AS SELECT table_name, min(id) AS first, max(id) AS last, count(*) AS requests, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain
  FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.echo on

SELECT count(*) > 0 FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from";
-- The outer table's lists are done before the users' is.
SELECT m.last < u.last AS meanwhile, m.twice, m.in_vain FROM ends AS u, ends AS m WHERE u.table_name = 'users' AND m.table_name = 'messages';
DELETE FROM chat_requests;
-- A LIMIT may end it early.
SELECT count(*) FROM (SELECT m.sid FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from" LIMIT 1);
SELECT count(*) < 140 AS few FROM chat_requests;
