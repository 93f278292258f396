-- What the server sets anew with a call, given as it was: it stays so, NULL too, as in an ordinary table. What the statement does
-- not name is the server's.
-- emulator: --seed 1 --services 2 --channels 40 --users 20 --messages 600 --members 60 --write-limit 0
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
.echo off
CREATE TEMP TABLE one AS SELECT sid, channel_sid, 'x' AS text FROM members WHERE last_consumption_timestamp IS NULL AND service_sid = @service ORDER BY sid LIMIT 1;
.parameter set @one "(SELECT sid FROM one)"
.parameter set @in "(SELECT channel_sid FROM one)"
CREATE TEMP VIEW seen AS SELECT last_read_message_index AS "index", last_read_timestamp AS read, date_updated > '2019' AS now FROM participants WHERE conversation_sid = (SELECT channel_sid FROM one) AND sid = (SELECT sid FROM one);
.echo on

-- No time beside an index.
UPDATE participants SET last_read_message_index = 2, last_read_timestamp = NULL WHERE conversation_sid = @in AND sid = @one;
SELECT body FROM writes;
SELECT "index", read FROM seen;
UPDATE participants SET last_read_message_index = 3, last_read_timestamp = last_read_timestamp WHERE conversation_sid = @in AND sid = @one;
SELECT "index", read FROM seen;
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE members SET last_consumed_message_index = 4, last_consumption_timestamp = NULL WHERE service_sid = @service AND channel_sid = @in AND sid = @one;
SELECT body FROM writes;
SELECT "index", read FROM seen;
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
UPDATE members SET last_consumed_message_index = 5, last_consumption_timestamp = NULL WHERE service_sid = @service AND channel_sid = @in AND sid = @one;
SELECT body FROM writes;
SELECT "index", read FROM seen;
-- A time that is only written is not made NULL.
UPDATE user_conversations SET last_read_message_index = 6, last_read_timestamp = NULL WHERE participant_sid = @one AND conversation_sid = @in;
SELECT body FROM writes;
SELECT "index", read IS NOT NULL AS set_now FROM seen;
UPDATE user_channels SET last_consumed_message_index = 7, last_consumption_timestamp = NULL WHERE member_sid = @one AND channel_sid = @in;
SELECT body FROM writes;
UPDATE user_conversations SET notification_level = 'muted' WHERE participant_sid = @one AND conversation_sid = @in;
SELECT body FROM writes;
UPDATE user_conversations SET notification_level = 'default' FROM one WHERE participant_sid = one.sid AND conversation_sid = @in;
SELECT body FROM writes;
BEGIN;
UPDATE participants SET last_read_message_index = 5 WHERE conversation_sid = @in AND sid = @one;
UPDATE user_conversations SET last_read_timestamp = last_read_timestamp, notification_level = 'muted' WHERE participant_sid = @one AND conversation_sid = @in;
UPDATE user_channels SET last_consumption_timestamp = NULL, notification_level = 'default' WHERE member_sid = @one AND channel_sid = @in;
UPDATE user_conversations SET last_read_timestamp = '2018-03-04T05:06:07Z' WHERE participant_sid = @one AND conversation_sid = @in;
UPDATE user_conversations SET last_read_timestamp = NULL WHERE participant_sid = @one AND conversation_sid = @in;
SELECT body FROM writes;
COMMIT;
SELECT "index", read FROM seen;
UPDATE participants SET last_read_message_index = 8, last_read_timestamp = NULL WHERE conversation_sid = @in AND sid = @one;
SELECT body FROM writes;
SELECT "index", read FROM seen;

-- UPDATE ... FROM, by which SQLite before 3.44 does not tell what is set.
UPDATE participants SET last_read_message_index = 1, last_read_timestamp = last_read_timestamp FROM one WHERE conversation_sid = @in AND participants.sid = one.sid;
SELECT body FROM writes;
UPDATE participants SET (role_sid, "Last_Read_Timestamp") = (role_sid, NULL), last_read_message_index = 2 FROM one WHERE conversation_sid = @in AND participants.sid = one.sid;
SELECT body FROM writes;
UPDATE participants SET last_read_message_index = 3 FROM one WHERE conversation_sid = @in AND participants.sid = one.sid AND (last_read_timestamp = NULL) IS NULL;
SELECT body FROM writes;
SELECT "index", read IS NOT NULL AS set_now FROM seen;
UPDATE participants SET last_read_timestamp = '2018-01-02T03:04:05Z', date_updated = '2018-01-01T00:00:00Z' WHERE conversation_sid = @in AND sid = @one;
WITH c(n) AS (SELECT 1) UPDATE participants SET attributes = '2', date_updated = date_updated FROM one CROSS JOIN c WHERE conversation_sid = @in AND participants.sid = one.sid;
SELECT body FROM writes;
SELECT * FROM seen;
UPDATE participants SET last_read_message_index = 4, [last_read_timestamp] /* , date_updated = */ = participants.last_read_timestamp FROM one WHERE conversation_sid = @in AND participants.sid = one.sid;
SELECT body FROM writes;
SELECT * FROM seen;
UPDATE participants SET attributes = '3' FROM one WHERE conversation_sid = @in AND participants.sid = one.sid AND date_updated = date_updated;
SELECT body FROM writes;
-- In a transaction, the second of them.
BEGIN;
UPDATE participants SET attributes = '4' WHERE conversation_sid = @in AND sid = @one;
UPDATE participants SET last_read_message_index = 5, last_read_timestamp = last_read_timestamp FROM one WHERE conversation_sid = @in AND participants.sid = one.sid;
SELECT body FROM writes;
COMMIT;
SELECT "index", read FROM seen;
