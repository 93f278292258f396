-- A server that fails everything: the statement fails after some thirty attempts, not after six for each of 1000 channels.
-- emulator: --seed 3 --services 1 --channels 1000 --messages 50 --users 2 --members 5 --write-limit 0
.echo off
CREATE TEMP TABLE kept AS SELECT sid FROM channels;
CREATE TEMP VIEW outcome AS
SELECT sum(status = 200) AS answered, sum(status = 503) <= 48 AS few_failed, max(attempt) <= 6 AS few_attempts,
       sum(status NOT IN (200, 503)) AS otherwise FROM chat_requests;
DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL method=GET action=status status=503 times=0 'path=*Channels/*'
.echo on
SELECT count(*) FROM messages;
SELECT * FROM outcome; DELETE FROM chat_requests;
SELECT count(attributes) FROM channels;
SELECT * FROM outcome; DELETE FROM chat_requests;
SELECT count(*) FROM kept AS k CROSS JOIN members AS m ON m.channel_sid = k.sid;
SELECT * FROM outcome; DELETE FROM chat_requests;

-- One request of its own has all its attempts, and the next statement finds a server that has come back.
SELECT count(*) FROM messages WHERE channel_sid = (SELECT min(sid) FROM kept) AND service_sid = (SELECT sid FROM services);
SELECT sum(status = 503) FROM chat_requests; DELETE FROM chat_requests;
.echo off
.shell tests/sql/control EMULATOR_URL reset
.echo on
SELECT count(*) FROM messages;
