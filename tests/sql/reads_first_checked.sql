-- Inner scans that end at the first row which SQLite lets through, once for each outer row: small pages, once two have ended so.
-- emulator: --services 1 --channels 200 --messages 30000 --spread even --tidy --users 10 --members 10 --write-limit 0 --latency 3
.echo off
.read tests/sql/reads_pick
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
DELETE FROM chat_requests;
CREATE TEMP VIEW asked AS SELECT count(*) <= 220 AS about_one_each, count(*) <= 400 AS each_page_once, sum(rows) < 6000 AS few_rows, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'messages' AND error IS NULL;
.echo on
SELECT count(*) FROM channels AS c WHERE EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.body IS NOT NULL);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count((SELECT body FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m."index" % 5 > 2 + (c.sid > 'CH8'))) FROM channels AS c;
SELECT * FROM asked; DELETE FROM chat_requests;
-- The row that lets the scan end is the last one, or there is none: each page once, as if all were wanted.
SELECT count(*) FROM channels AS c WHERE EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m."index" + 1 = c.messages_count);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c WHERE NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.body IS NULL);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c WHERE 'x' IN (SELECT m.body FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(m.sid) FROM channels AS c LEFT JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.body IS NOT NULL;
SELECT * FROM asked; DELETE FROM chat_requests;
-- In the middle of the first page: no small one, and no second one, nor of the lists that follow.
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 140 ELSE 16 END WHERE name IN ('page_size', 'max_concurrency');
SELECT count(*) FROM channels AS c WHERE EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m."index" = 67 + 0 * length(m.body));
SELECT count(*) <= 210 AS none_given_up FROM chat_requests WHERE table_name = 'messages';
SELECT * FROM asked; DELETE FROM chat_requests;
-- Both ways of the same lists: full pages, each once.
SELECT count(*), sum((SELECT count(*) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid)) FROM channels AS c WHERE EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.body IS NOT NULL);
SELECT * FROM asked; DELETE FROM chat_requests;
