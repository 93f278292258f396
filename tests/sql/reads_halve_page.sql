-- Page size after a server error, plain page numbers: the same rows by another number; pages that were asked for ahead at the old
-- size are given up. (The shell takes the quotes off, hence the \&.)
-- emulator: --services 1 --channels 1 --messages 3000 --spread even --tidy --users 1 --members 1 --paging page --latency 3
-- environment: TWILIO_CHAT_MAX_RETRIES=4
.echo off
.parameter set @service "(SELECT sid FROM services)"
.parameter set @channel "(SELECT sid FROM channels)"
CREATE TEMP VIEW whole AS
SELECT count(*) AS messages, count(DISTINCT sid) AS different, sum("index") = 3000 * 2999 / 2 AS whole FROM messages
 WHERE service_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@service') AND channel_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@channel');
CREATE TEMP VIEW sizes AS
SELECT CAST(substr(path, instr(path, 'PageSize=') + 9) AS INTEGER) AS page_size, sum(error IS NULL) AS used, sum(status = 500) AS failed FROM chat_requests GROUP BY 1 ORDER BY min(id);
DELETE FROM chat_requests;
.echo on
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000\&Page=2'
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=1000'
SELECT * FROM whole;
SELECT * FROM sizes; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=100\&Page=10'
SELECT * FROM whole;
SELECT page_size, used, failed FROM sizes; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=100\&Page=11' times=0
SELECT * FROM whole;
SELECT page_size, used, failed FROM sizes; DELETE FROM chat_requests;

-- A page past the end that was only guessed may be refused: nobody needs it.
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=status status=400 'path=*PageSize=100\&Page=30' times=0
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*PageSize=100\&Page=31' times=0
.shell tests/sql/fault EMULATOR_URL action=body 'path=*PageSize=100\&Page=32' times=0 body=nonsense
SELECT * FROM whole;
SELECT page_size, used FROM sizes; DELETE FROM chat_requests;
