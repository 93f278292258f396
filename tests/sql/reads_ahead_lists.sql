-- Pages ahead in many lists at once: every page of every list once, whatever the paging form is; what is in vain is at most a quarter, and 16.
-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 400 --messages 3000 --write-limit 0 --paging page --latency 3
.echo off
CREATE TEMP TABLE size AS SELECT service_sid, sid, messages_count, members_count FROM channels;
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
CREATE TEMP VIEW pages AS
SELECT table_name, sum(error IS NULL) AS used, sum(error IS NOT NULL) <= 0.25 * sum(error IS NULL) + 16 AS few_unused, count(*) - count(DISTINCT path) AS twice FROM chat_requests GROUP BY table_name;
-- A list has a page for every ten rows, and one at least.
CREATE TEMP VIEW needed AS
SELECT sum(max((messages_count + 9) / 10, 1)) AS message_pages, sum(max((members_count + 9) / 10, 1)) AS member_pages FROM size;
DELETE FROM chat_requests;
.echo on
SELECT * FROM needed;
SELECT count(*) FROM messages;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM members;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
SELECT * FROM pages; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL paging mode=token
SELECT count(*) FROM messages;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
SELECT * FROM pages; DELETE FROM chat_requests;
