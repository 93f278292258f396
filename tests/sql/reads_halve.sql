-- Page size after a server error: 500, 502 and 504 on a large page halve it, and the walk goes on where it stood; every row comes once.
-- emulator: --services 1 --channels 1 --messages 3000 --spread even --tidy --users 1 --members 1
-- environment: TWILIO_CHAT_MAX_RETRIES=4
.echo off
.parameter set @service "(SELECT sid FROM services)"
.parameter set @channel "(SELECT sid FROM channels)"
CREATE TEMP VIEW whole AS
SELECT count(*) AS messages, count(DISTINCT sid) AS different, sum("index") = 3000 * 2999 / 2 AS whole FROM messages
 WHERE service_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@service') AND channel_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@channel');
CREATE TEMP VIEW sizes AS
SELECT CAST(substr(path, instr(path, 'PageSize=') + 9) AS INTEGER) AS page_size, status, count(*) AS requests, sum(rows) AS rows, count(*) - count(DISTINCT path) AS twice
  FROM chat_requests GROUP BY 1, 2 ORDER BY min(id);
DELETE FROM chat_requests;
.echo on

-- Once, on the first page, with each of the three.
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000*'
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=502 'path=*PageSize=1000*'
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=504 'path=*PageSize=1000*'
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;

-- In the middle: the third page.
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000*' nth=3
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000*' nth=2
SELECT count(*), max("index"), min("index") FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" DESC);
SELECT * FROM sizes; DELETE FROM chat_requests;

-- A server that never bears more than 125 rows.
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000*' times=0
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=500*' times=0
.shell tests/sql/fault EMULATOR_URL action=status status=504 'path=*PageSize=250*' times=0
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
-- ... as a hint of LIMIT too, and a single resource has nothing to halve
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel LIMIT 500);
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset

-- 503 says to come again later, not with less: the same page again.
.shell tests/sql/fault EMULATOR_URL action=status status=503 'path=*PageSize=1000*' times=2
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=reset 'path=*PageSize=1000*'
SELECT * FROM whole;
SELECT page_size, requests, rows FROM sizes; DELETE FROM chat_requests;

-- A server that fails whatever is asked: attempts and halvings together are max_retries and one.
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*Messages*' times=0
SELECT * FROM whole;
SELECT sum(requests) FROM sizes;
SELECT * FROM sizes; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 0 WHERE name = 'max_retries';
SELECT * FROM whole;
SELECT sum(requests) FROM sizes; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 4 WHERE name = 'max_retries';
.shell tests/sql/control EMULATOR_URL reset

-- A page that is small already is repeated as it is.
UPDATE chat_settings SET value = 30 WHERE name = 'page_size';
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=30*' times=2
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel LIMIT 30);
SELECT * FROM sizes; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';

-- A list of parents is halved as well.
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*Channels?*PageSize=1000*'
SELECT count(*) FROM messages WHERE service_sid = @service;
SELECT path LIKE '%/Messages%' AS messages, status, count(*) FROM chat_requests GROUP BY 1, 2 ORDER BY min(id); DELETE FROM chat_requests;
