-- Pages ahead, tokens in URLs without a page number: as with one.
-- emulator: --services 1 --channels 1 --messages 3000 --spread even --tidy --next-without-page --users 1 --members 1
.echo off
.parameter set @service "(SELECT sid FROM services)"
.parameter set @channel "(SELECT sid FROM channels)"
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';
CREATE TEMP VIEW pages AS
SELECT count(*) AS requests, count(DISTINCT path) AS different, sum(error IS NOT NULL) AS unused FROM chat_requests;
-- Takes its time for every row, so that the pages ahead have it too.
CREATE TEMP VIEW slow AS
SELECT m.*, (WITH RECURSIVE step(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM step LIMIT 2000) SELECT max(n) FROM step) AS work FROM messages AS m;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
.echo on

-- 30 pages.
SELECT count(*) FROM messages WHERE channel_sid = @channel;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM pages;
SELECT path LIKE '%?PageSize=100&PageToken=PT%' FROM chat_requests LIMIT 1 OFFSET 1; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM slow WHERE channel_sid = @channel;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE channel_sid = @channel ORDER BY "index" DESC);
SELECT * FROM pages; DELETE FROM chat_requests;

-- A bound: the page that passes it is known before the next one could be asked for, also by a slow reader.
SELECT sum(work > 0) FROM slow WHERE channel_sid = @channel AND "index" < 250;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM slow WHERE channel_sid = @channel AND "index" >= 2750;
SELECT * FROM pages; DELETE FROM chat_requests;

-- LIMIT: nothing ahead that it does not need.
SELECT count(*) FROM (SELECT work FROM slow WHERE channel_sid = @channel LIMIT 20) WHERE work > 0;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE channel_sid = @channel LIMIT 100);
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE channel_sid = @channel LIMIT 250);
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM (SELECT work FROM slow WHERE channel_sid = @channel ORDER BY "index" DESC LIMIT 250);
SELECT * FROM pages; DELETE FROM chat_requests;

-- Switched off: as many pages.
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
SELECT count(*) FROM messages WHERE channel_sid = @channel;
SELECT * FROM pages; DELETE FROM chat_requests;
