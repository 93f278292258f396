-- Every message that a write can give, as a user reads it: what happened, what was sent, what to do. What the server says
-- itself, and what is about the network, is in writes_faults and writes_conflict.
-- environment: TWILIO_CHAT_MAX_RETRIES=1
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- Not at all: the API has no such call, or not in this version; the setting forbids it.
INSERT INTO bindings(identity) VALUES ('x');
INSERT INTO user_channels(user_sid) VALUES (@user);
UPDATE invites SET identity = 'x' WHERE service_sid = @service;
UPDATE user_channels SET last_consumed_message_index = 1 WHERE service_sid = @service AND user_sid = @user;
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
UPDATE chat_settings SET value = 'off' WHERE name = 'readonly';

-- Where to.
INSERT INTO channels(friendly_name) VALUES ('x');
INSERT INTO channels(service_sid) VALUES ('none');
INSERT INTO channels(service_sid) VALUES ('');
INSERT INTO channels(service_sid) VALUES (@service || char(0) || 'x');
INSERT INTO channels(service_sid) VALUES ('IS00000000000000000000000000000000');
INSERT INTO messages(body) VALUES ('x');
INSERT INTO messages(channel_sid, body) VALUES ('general', 'x');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, 'general' || char(0), 'x');
INSERT INTO messages(channel_sid, body) VALUES ('CH00000000000000000000000000000000', 'x');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, 'CH00000000000000000000000000000000', 'x');
INSERT INTO messages(service_sid, channel_sid, body) VALUES ('none', @channel, 'x');
UPDATE chat_settings SET value = 'IS00000000000000000000000000000000' WHERE name = 'service_sid';
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'x');
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'made here');
INSERT INTO members(channel_sid, identity) VALUES ('made there', 'x');
ROLLBACK;

-- Columns.
INSERT INTO channels(service_sid, sid) VALUES (@service, 'CH00000000000000000000000000000000');
INSERT INTO channels(service_sid, members_count) VALUES (@service, 7);
INSERT INTO channels(service_sid, path) VALUES (@service, '/x');
INSERT INTO channels(service_sid, created_by) VALUES (@service, 'me');
INSERT INTO members(service_sid, channel_sid, identity, last_consumed_message_index) VALUES (@service, @channel, 'x', 1);
UPDATE channels SET date_updated = '2020-01-01T00:00:00Z' WHERE service_sid = @service AND sid = @channel;
UPDATE messages SET "from" = 'x' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET channel_sid = @other WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET path = 'x' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE members SET identity = 'x' WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
UPDATE services SET links = '{}' WHERE sid = @service;
UPDATE channels SET type = 'public' WHERE service_sid = @service AND type = 'private';
UPDATE channels SET type = NULL WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET messaging_service_sid = 'MG00000000000000000000000000000001' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET type = 'private', messaging_service_sid = 'MG00000000000000000000000000000001' WHERE service_sid = @service AND type = 'private';

-- Needed.
INSERT INTO messages(service_sid, channel_sid) VALUES (@service, @channel);
INSERT INTO members(service_sid, channel_sid) VALUES (@service, @channel);
INSERT INTO users(service_sid) VALUES (@service);
INSERT INTO services DEFAULT VALUES;
INSERT INTO roles(service_sid, friendly_name) VALUES (@service, 'x');
INSERT INTO credentials(friendly_name) VALUES ('x');

-- Values: kind, length, shape, names.
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, x'00');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, hex(zeroblob(16385)));
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, replace(hex(zeroblob(8193)), '0', 'é'));
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '{"a":1');
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', 'plain');
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '');
INSERT INTO channels(service_sid, unique_name) VALUES (@service, hex(zeroblob(129)));
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'CH00000000000000000000000000000000');
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'a' || char(0) || 'b');
INSERT INTO channels(service_sid, type) VALUES (@service, 'secret');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, 'system');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, 'US00000000000000000000000000000000');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, hex(zeroblob(129)));
INSERT INTO members(service_sid, channel_sid, identity, role_sid) VALUES (@service, @channel, 'x', 'owner');
UPDATE members SET last_consumed_message_index = 'last' WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
UPDATE members SET last_consumed_message_index = 1.5 WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
UPDATE services SET read_status_enabled = 'yes' WHERE sid = @service;
UPDATE services SET limits = '[1]' WHERE sid = @service;
UPDATE services SET limits = NULL WHERE sid = @service;
UPDATE services SET limits = json_set(limits, '$.members', 5) WHERE sid = @service;
UPDATE services SET limits = json_remove(limits, '$.user_channels') WHERE sid = @service;
UPDATE services SET limits = json_set(limits, '$.user_channels', 1.5) WHERE sid = @service;
UPDATE services SET webhook_filters = '{}' WHERE sid = @service;
UPDATE roles SET permissions = '[[]]' WHERE service_sid = @service AND sid = @role;
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
INSERT INTO channels(service_sid, date_created) VALUES (@service, 'yesterday');
INSERT INTO channels(service_sid, date_created) VALUES (@service, '2020-01-01');
INSERT INTO messages(service_sid, channel_sid, media) VALUES (@service, @channel, '{"sid":"ME1"}');
INSERT INTO messages(service_sid, channel_sid, media) VALUES (@service, @channel, '{"size":5}');
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
SELECT count(*) AS nothing_sent FROM chat_requests WHERE method <> 'GET' AND status < 400;

-- At commit: refused, unknown, some of many.
DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=403 code=50107 'message=not allowed' method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'refused');
.shell tests/sql/fault EMULATOR_URL action=reset method=POST
UPDATE channels SET friendly_name = 'unknown' WHERE service_sid = @service AND sid = @channel;
.shell tests/sql/fault EMULATOR_URL action=status status=500 method=DELETE times=2
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 message=no method=POST nth=3
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '1'), (@service, @channel, '2'), (@service, @channel, '3'), (@service, @channel, '4'), (@service, @channel, '5');
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'refused');
INSERT INTO messages(channel_sid, body) VALUES ('refused', 'x');
.shell tests/sql/fault EMULATOR_URL action=body status=201 body={} method=POST
COMMIT;
UPDATE chat_settings SET value = 'journal' WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'no file to keep it in');
SELECT state FROM chat_writes;
UPDATE chat_settings SET value = NULL WHERE name = 'write_journal';

-- SQLite's own.
DELETE FROM chat_writes;
INSERT INTO messages(service_sid, channel_sid, colour) VALUES (@service, @channel, 'x');
PRAGMA query_only = 1;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
