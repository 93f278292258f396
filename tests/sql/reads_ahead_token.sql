-- Pages ahead, tokens: the next page is asked for as soon as its URL is known, one at a time, each page once.
-- emulator: --services 1 --channels 1 --messages 3000 --spread even --tidy --users 1 --members 1
.echo off
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';
CREATE TEMP VIEW pages AS
SELECT count(*) AS requests, count(DISTINCT path) AS different, sum(error IS NOT NULL) AS unused FROM chat_requests WHERE table_name = 'messages';
CREATE TEMP VIEW here AS SELECT m.* FROM messages AS m WHERE m.service_sid = (SELECT sid FROM services) AND m.channel_sid = (SELECT sid FROM channels);
-- Takes its time for every row, so that pages ahead have it too.
CREATE TEMP VIEW slow AS
SELECT m.*, (WITH RECURSIVE step(n) AS (SELECT m."index" * 0 UNION ALL SELECT n + 1 FROM step WHERE n < 1000) SELECT count(*) FROM step) AS work
  FROM messages AS m WHERE m.service_sid = (SELECT sid FROM services) AND m.channel_sid = (SELECT sid FROM channels);
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
.echo on

-- 30 pages.
SELECT count(*) FROM here;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM pages;
SELECT path LIKE '%?PageSize=100&Page=1&PageToken=PT%' FROM chat_requests WHERE table_name = 'messages' LIMIT 1 OFFSET 1; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM slow;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM here ORDER BY "index" DESC);
SELECT * FROM pages; DELETE FROM chat_requests;

-- A bound: the page that passes it is known before the next one could be asked for, also by a slow reader.
SELECT sum(work > 0) FROM slow WHERE "index" < 250;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM slow WHERE "index" >= 2750;
SELECT * FROM pages; DELETE FROM chat_requests;

UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
SELECT sum(work > 0) FROM slow WHERE "index" < 1200;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM slow WHERE "index" >= 1800;
SELECT * FROM pages; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';

-- LIMIT: nothing ahead that it does not need.
SELECT count(*) FROM (SELECT work FROM slow LIMIT 20) WHERE work > 0;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM here LIMIT 100);
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM here LIMIT 250);
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT sum(work > 0) FROM (SELECT work FROM slow ORDER BY "index" DESC LIMIT 250);
SELECT * FROM pages; DELETE FROM chat_requests;

-- Switched off: as many pages.
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
SELECT count(*) FROM here;
SELECT * FROM pages; DELETE FROM chat_requests;
