-- A DELETE whose first answer was lost and whose repetition is refused: the refusal does not tell what the first has done.
-- environment: TWILIO_CHAT_MAX_RETRIES=1
.open SCRATCH/chat.db
.load EXTENSION_FILE
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
UPDATE chat_settings SET value = 'calls' WHERE name = 'write_journal';

-- Too many requests; not known any more, forbidden, nonsense to the server; in conflict; a 404 that is not the service's.
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=401 code=20003 message=Authenticate method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=403 method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=400 method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=409 method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=410 method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=404 body= method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;

-- Where max_requests is used up when the repetition may wait.
UPDATE chat_settings SET value = 3 WHERE name = 'max_requests';
UPDATE chat_settings SET value = 2 WHERE name = 'max_retries';
BEGIN;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
UPDATE chat_settings SET value = 2 WHERE name = 'max_requests';
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' method=DELETE
COMMIT;
SELECT state, status FROM writes;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';

-- Done without a fault, and found gone the second time: that is known.
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") FROM messages WHERE service_sid = @service AND channel_sid = @channel);
SELECT state, status FROM writes;

-- The journal tells the same, and every one of them is done.
ATTACH 'SCRATCH/chat.db-writes' AS journal;
SELECT state, method, status, count(*) FROM journal.calls GROUP BY 1, 2, 3 ORDER BY 1, 3;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT method, count(*) FROM ledger GROUP BY method;
