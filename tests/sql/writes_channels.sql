-- channels on v1: made, changed, deleted; what is sent for it, and what is not.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- Every column that v1 takes.
INSERT INTO channels(service_sid, unique_name, friendly_name, type, attributes)
VALUES (@service, 'new-channel', 'A new channel', 'private', '{"colour":"blue"}');
SELECT * FROM writes;
SELECT unique_name, friendly_name, type, attributes, created_by FROM channels WHERE sid = (SELECT sid FROM chat_writes);
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;

-- None of them: a channel needs nothing.
INSERT INTO channels(service_sid) VALUES (@service);
SELECT * FROM writes;

-- UPDATE sends what has changed, and that alone: here friendly_name.
UPDATE channels SET friendly_name = 'Renamed', unique_name = unique_name, attributes = attributes, type = type
 WHERE service_sid = @service AND sid = @channel;
SELECT * FROM writes;
-- Nothing changes, so nothing is sent: chat_writes keeps what it had.
UPDATE channels SET friendly_name = 'Renamed' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET attributes = attributes WHERE service_sid = @service AND sid = @channel;
SELECT * FROM writes;
SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST' AND path LIKE '%' || @channel;

-- NULL takes a name away, '' is an empty one.
UPDATE channels SET unique_name = NULL, friendly_name = '' WHERE service_sid = @service AND sid = @channel;
SELECT * FROM writes;
SELECT unique_name, friendly_name FROM channels WHERE service_sid = @service AND sid = @channel;

-- By its path, and several at once: each row its own call.
UPDATE channels SET friendly_name = 'By path' WHERE path = '/Services/' || @service || '/Channels/' || @channel;
SELECT * FROM writes;
UPDATE channels SET friendly_name = 'Both' WHERE service_sid = @service AND sid IN (@channel, @other);
SELECT state, what, body, status FROM writes;

-- DELETE takes messages and members along. What the transaction deletes already is deleted once.
BEGIN;
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
SELECT * FROM writes;
COMMIT;
SELECT * FROM writes;
SELECT count(*) FROM channels WHERE service_sid = @service AND sid = @channel;

-- No service, no row; the other service's channel is not this table's.
UPDATE channels SET friendly_name = 'x' WHERE sid = 'CH00000000000000000000000000000000';
DELETE FROM channels WHERE service_sid = 'IS00000000000000000000000000000000';
INSERT INTO channels(unique_name) VALUES ('nowhere');
UPDATE chat_settings SET value = @service WHERE name = 'service_sid';
INSERT INTO channels(unique_name) VALUES ('by-setting');
SELECT * FROM writes;
