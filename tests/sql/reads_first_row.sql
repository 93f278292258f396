-- Inner scans that end at their first row, once for each outer row: one request each, and no page after it.
-- emulator: --services 1 --channels 40 --messages 3000 --spread even --tidy --users 10 --members 10 --write-limit 0
.echo off
.read tests/sql/reads_pick
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
DELETE FROM chat_requests;
CREATE TEMP VIEW asked AS SELECT table_name, count(*) AS requests, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'messages' GROUP BY table_name;
.echo on
SELECT count(*) FROM channels AS c WHERE c.service_sid = @service AND EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count((SELECT body FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid ORDER BY "index" DESC LIMIT 1)) FROM channels AS c WHERE c.service_sid = @service;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT sum((SELECT max("index") FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid)) FROM channels AS c WHERE c.service_sid = @service;
SELECT * FROM asked; DELETE FROM chat_requests;
-- An EXISTS that nothing is counted beside says that no more than the first row is wanted: not one full page.
SELECT sum(1) FROM channels AS c WHERE c.service_sid = @service AND EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid);
SELECT max(rows), count(*) FROM chat_requests WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- A plain join reads every page once, as before.
SELECT count(*) FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT * FROM asked; DELETE FROM chat_requests;
