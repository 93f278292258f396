-- IN lists of 50 SIDs: 50 fetches, none twice, and as many side by side as max_concurrency says.
-- emulator: --seed 1 --services 3 --channels 60 --users 40 --messages 600 --credentials 4
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE fifty AS SELECT sid FROM pick_message LIMIT 50;
CREATE TEMP TABLE many AS SELECT service_sid, sid FROM channels;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/control EMULATOR_URL latency ms=100
-- Else so many look-ups make the list be read in their place: reads_instead.sql.
UPDATE chat_settings SET value = 'recall' WHERE name = 'without';
.echo on

-- A subquery, of which SQLite hands over the values at once.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IN (SELECT sid FROM fifty);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call), sum(call LIKE '%/Messages/IM%'), sum(status = 200) FROM calls; DELETE FROM chat_requests;

-- A list of literals, with repetitions and NULLs.
.shell tests/sql/control EMULATOR_URL reset
.echo off
.mode list
.headers off
.once SCRATCH/literals.sql
SELECT 'SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IN (NULL, ' || group_concat(quote(sid)) || ', NULL, ' || group_concat(quote(sid)) || ');' FROM fifty;
.headers on
.read SCRATCH/literals.sql
.echo on
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call), sum(call LIKE '%/Messages/IM%'), sum(status = 200) FROM calls; DELETE FROM chat_requests;

-- Another width.
.shell tests/sql/control EMULATOR_URL reset
UPDATE chat_settings SET value = 5 WHERE name = 'max_concurrency';
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IN (SELECT sid FROM fifty);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';

-- Half of them do not exist: as many requests.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel
   AND sid IN (SELECT CASE WHEN rowid % 2 THEN sid ELSE substr(sid, 1, 2) || printf('%032d', rowid) END FROM fifty);
SELECT status, count(*), count(DISTINCT call) FROM calls GROUP BY status; DELETE FROM chat_requests;

-- path IN.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) FROM messages WHERE path IN (SELECT '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || sid FROM fifty);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;

-- Parents by IN: each one's list once, side by side; each pair of parents where both are lists.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(DISTINCT channel_sid) FROM messages WHERE channel_sid IN (SELECT sid FROM many WHERE service_sid = @service) AND service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call), sum(call LIKE '%/Messages?%') FROM calls; DELETE FROM chat_requests;
SELECT count(DISTINCT service_sid) FROM channels WHERE service_sid IN (SELECT service_sid FROM many);
SELECT count(*), count(DISTINCT call), sum(call LIKE '%/Channels?%') FROM calls; DELETE FROM chat_requests;
SELECT count(DISTINCT channel_sid) > 0 FROM messages WHERE service_sid IN (@service, @other) AND channel_sid IN (@channel, 'CH00000000000000000000000000000000');
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Everything: 3 services, their channels, their messages.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) FROM messages;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;

-- What lists hide is fetched side by side too.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(attributes) FROM channels WHERE service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
