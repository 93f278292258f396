-- Pages ahead, plain page numbers: 1, 2, 4 ... pages are asked for by their numbers, as many as may run at once. What lies past the
-- end or the bound was asked for in vain: at most as many as may run at once, and the log says so.
-- emulator: --services 1 --channels 1 --messages 3000 --spread even --tidy --users 1 --members 1 --paging page --latency 60
.echo off
.parameter set @service "(SELECT sid FROM services)"
.parameter set @channel "(SELECT sid FROM channels)"
CREATE TEMP VIEW here AS SELECT m.* FROM messages AS m WHERE m.service_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@service') AND m.channel_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@channel');
CREATE TEMP VIEW pages AS
SELECT sum(error IS NULL) AS used, sum(error IS NOT NULL) <= 16 AS few_unused, count(*) - count(DISTINCT path) AS twice,
       sum(error NOT IN ('not used: it was asked for ahead', 'cut off: its answer was no longer needed')) AS otherwise FROM chat_requests;
UPDATE chat_settings SET value = 50 WHERE name = 'page_size';
DELETE FROM chat_requests;
-- What was cut off is over at the emulator too when its counters begin anew.
.shell sleep 0.2; tests/sql/control EMULATOR_URL reset
.echo on

-- 60 pages, 16 at a time.
SELECT count(*), count(DISTINCT sid), sum("index") = 3000 * 2999 / 2 FROM here;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM pages;
SELECT path LIKE '%?PageSize=50&Page=1' FROM chat_requests WHERE path LIKE '%&Page=1';
DELETE FROM chat_requests;
-- ... and a reader that takes its time sees what became of the first page past the end, if it was asked for before the last
-- one said that it is the last
SELECT sum((WITH RECURSIVE step(n) AS (SELECT here."index" * 0 UNION ALL SELECT n + 1 FROM step WHERE n < 1000) SELECT count(*) FROM step)) > 0 FROM here;
SELECT status, rows, error FROM chat_requests WHERE path LIKE '%&Page=60' AND (status <> 200 OR rows > 0 OR error IS NOT 'not used: it was asked for ahead'); DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM here ORDER BY "index" DESC);
SELECT * FROM pages; DELETE FROM chat_requests;

-- No wider than the setting, nor the pages in vain.
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
.shell sleep 0.2; tests/sql/control EMULATOR_URL reset
SELECT count(*) FROM here;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT used, twice, (SELECT sum(error IS NOT NULL) <= 4 FROM chat_requests) AS few_unused FROM pages; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';

-- A bound.
SELECT count(*) FROM here WHERE "index" < 475;
SELECT * FROM pages; DELETE FROM chat_requests;
SELECT count(*) FROM here WHERE "index" >= 2975;
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;

-- LIMIT: nothing in vain.
SELECT count(*) FROM (SELECT 1 FROM here LIMIT 50);
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM here ORDER BY "index" DESC LIMIT 475);
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;

-- A list of one page, and one whose pages are full: nothing is guessed before the server has shown a number.
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
SELECT count(*) FROM roles WHERE service_sid = @service;
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM here;
SELECT used, (SELECT sum(error IS NOT NULL) <= 3 FROM chat_requests) AS few_unused, twice FROM pages; DELETE FROM chat_requests;

-- Switched off: one after another.
UPDATE chat_settings SET value = 50 WHERE name = 'page_size';
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
.shell sleep 0.2; tests/sql/control EMULATOR_URL reset
SELECT count(*) FROM here;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), sum(error IS NOT NULL) FROM chat_requests; DELETE FROM chat_requests;
