-- Settings that concern writes: readonly, webhooks, write_rate; and PRAGMA query_only.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
UPDATE channels SET friendly_name = 'x' WHERE service_sid = @service AND sid = @channel;
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
INSERT OR IGNORE INTO services(friendly_name) VALUES ('x');
SELECT count(*) FROM channels WHERE service_sid = @service AND sid = @channel;
SELECT count(*) FROM chat_writes;
UPDATE chat_settings SET value = 'off' WHERE name = 'readonly';

PRAGMA query_only = 1;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
SELECT count(*) FROM chat_writes;
PRAGMA query_only = 0;

-- Turned on in the middle of a transaction it stops what comes, and the COMMIT too.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'queued before');
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'queued after');
COMMIT;
SELECT state, body FROM writes;
UPDATE chat_settings SET value = NULL WHERE name = 'readonly';
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT count(*) FROM ledger;

-- Queued writes belong to the origin and the account that they were queued for.
BEGIN;
UPDATE chat_settings SET value = value WHERE name = 'url';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'here');
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'url';
UPDATE chat_settings SET value = 'SK00000000000000000000000000000002' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'secret' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = 'AC00000000000000000000000000000002' WHERE name = 'account_sid';
UPDATE chat_settings SET value = NULL WHERE name = 'auth_token';
SELECT name, source FROM chat_settings WHERE name IN ('url', 'api_key', 'api_key_secret', 'account_sid', 'auth_token');
-- Other settings can be changed, and other origins: of these, which the variable TWILIO_CHAT_URL says, no region is asked.
UPDATE chat_settings SET value = 29 WHERE name = 'write_rate';
UPDATE chat_settings SET value = NULL WHERE name = 'write_rate';
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name IN ('conversations_url', 'media_url');
UPDATE chat_settings SET value = 'ie1' WHERE name IN ('region', 'edge');
UPDATE chat_settings SET value = NULL WHERE name IN ('region', 'edge', 'conversations_url', 'media_url');
COMMIT;
SELECT state, body FROM writes;
-- With nothing queued they can, also inside a transaction.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'dropped');
ROLLBACK;
BEGIN;
SAVEPOINT a;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'dropped');
ROLLBACK TO a;
UPDATE chat_settings SET value = 'ie1' WHERE name = 'region';
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'region';

-- webhooks: the header of writes that take it: on v2 channels, members, messages and users; on v1 none.
CREATE TEMP VIEW headers AS
SELECT key, json_extract(value, '$.method') || ' ' || json_extract(value, '$.uri') AS call, json_extract(value, '$.webhooks') AS webhooks
  FROM json_each((SELECT CAST(readfile(folder || '/requests') AS TEXT) FROM scratch)) WHERE json_extract(value, '$.method') <> 'GET';
UPDATE chat_settings SET value = 'on' WHERE name = 'webhooks';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'on v1');
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
.shell tests/sql/control EMULATOR_URL requests >SCRATCH/requests
SELECT call, webhooks FROM headers;
.shell tests/sql/control EMULATOR_URL reset
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'hooked');
UPDATE channels SET friendly_name = 'Hooked' WHERE service_sid = @service AND unique_name = 'hooked';
UPDATE channels SET type = 'private' WHERE service_sid = @service AND unique_name = 'hooked';
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, 'hooked');
UPDATE members SET attributes = '{"h":1}' WHERE service_sid = @service AND channel_sid = @channel AND identity = 'hooked';
INSERT INTO users(service_sid, identity) VALUES (@service, 'hooked too');
UPDATE users SET friendly_name = 'h' WHERE service_sid = @service AND identity = 'hooked too';
INSERT INTO roles(service_sid, friendly_name, type, permissions) VALUES (@service, 'h', 'channel', '["leaveChannel"]');
INSERT INTO invites(service_sid, channel_sid, identity) VALUES (@service, @channel, 'hooked too');
DELETE FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'hooked';
DELETE FROM users WHERE service_sid = @service AND identity = 'hooked too';
UPDATE chat_settings SET value = 'off' WHERE name = 'webhooks';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'off');
UPDATE messages SET body = 'off!' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
DELETE FROM channels WHERE service_sid = @service AND unique_name = 'hooked';
UPDATE chat_settings SET value = NULL WHERE name = 'webhooks';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'unset');
.shell tests/sql/control EMULATOR_URL requests >SCRATCH/requests
SELECT call, webhooks FROM headers ORDER BY key;
SELECT count(*) AS with_header FROM json_each((SELECT CAST(readfile(folder || '/requests') AS TEXT) FROM scratch))
 WHERE json_extract(value, '$.method') = 'GET' AND json_extract(value, '$.webhooks') IS NOT NULL;
UPDATE chat_settings SET value = 'perhaps' WHERE name = 'webhooks';

-- write_rate: the emulator counts 20 a second over five seconds and says 429 beyond; paced at that, it never has to.
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/control EMULATOR_URL write_limit n=20
DELETE FROM chat_requests;
UPDATE chat_settings SET value = 18 WHERE name = 'write_rate';
INSERT INTO messages(service_sid, channel_sid, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 95) SELECT @service, @other, i FROM n;
SELECT state, count(*) FROM chat_writes GROUP BY state;
SELECT status, count(*) FROM chat_requests WHERE method = 'POST' GROUP BY status;
SELECT (julianday(max(started_at)) - julianday(min(started_at))) * 86400 BETWEEN 4.9 AND 20 AS paced FROM chat_requests WHERE method = 'POST';
