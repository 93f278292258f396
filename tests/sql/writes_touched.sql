-- What the server sets anew with every call: given once more after such a call, it is sent once more, though the same as before.
-- emulator: --seed 1 --services 2 --channels 40 --users 20 --messages 600 --members 60 --write-limit 0
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';

BEGIN;
UPDATE channels SET date_updated = '2018-01-01T00:00:00Z' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET attributes = '[7]' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET date_updated = '2018-01-01T00:00:00Z' WHERE service_sid = @service AND sid = @channel;
-- No other call has come in between: once is enough.
UPDATE channels SET date_updated = '2018-01-01T00:00:00Z' WHERE service_sid = @service AND sid = @channel;
COMMIT;
SELECT state, body FROM writes;
SELECT date_updated, attributes FROM channels WHERE service_sid = @service AND sid = @channel;

-- When it was read, with the index.
BEGIN;
UPDATE user_channels SET last_consumed_message_index = 0, last_consumption_timestamp = '2018-01-01T00:00:00Z' WHERE path = (SELECT path FROM user_channels WHERE service_sid = @service ORDER BY path LIMIT 1);
UPDATE user_channels SET last_consumed_message_index = 1, last_consumption_timestamp = '2018-01-01T00:00:00Z' WHERE path = (SELECT path FROM user_channels WHERE service_sid = @service ORDER BY path LIMIT 1);
COMMIT;
SELECT state, body FROM writes;
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
BEGIN;
UPDATE user_conversations SET last_read_message_index = 0, last_read_timestamp = '2018-01-01T00:00:00Z' WHERE path = (SELECT path FROM user_conversations WHERE chat_service_sid = @service ORDER BY path LIMIT 1);
UPDATE user_conversations SET last_read_message_index = 1, last_read_timestamp = '2018-01-01T00:00:00Z' WHERE path = (SELECT path FROM user_conversations WHERE chat_service_sid = @service ORDER BY path LIMIT 1);
COMMIT;
SELECT state, body FROM writes;
