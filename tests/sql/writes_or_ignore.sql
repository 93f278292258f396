-- OR IGNORE leaves out rows, as of ordinary tables: what NOT NULL, CHECK or UNIQUE would refuse. What is wrong with the
-- statement fails, as a generated column or a foreign key does there.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
CREATE TABLE ordinary(a INTEGER PRIMARY KEY, b NOT NULL CHECK (b <> ''), c AS (a + 1), d REFERENCES ordinary(a));
PRAGMA foreign_keys = ON;
INSERT OR IGNORE INTO ordinary(a, b) VALUES (1, 'x'), (1, 'y'), (2, NULL), (3, '');
INSERT OR IGNORE INTO ordinary(a, b, c) VALUES (4, 'x', 5);
INSERT OR IGNORE INTO ordinary(a, b, d) VALUES (4, 'x', 99);
SELECT count(*) FROM ordinary;
-- Rows left out.
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'kept', '{}'), (@service, @channel, 'no JSON', '{'), (@service, @channel, char(0xd83d), NULL);
INSERT OR IGNORE INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, NULL);
UPDATE OR IGNORE channels SET unique_name = printf('%500s', 'x') WHERE service_sid = @service AND sid = @channel;
UPDATE OR IGNORE services SET limits = json_set(limits, '$.more', 1) WHERE sid = @service;
SELECT state, operation, table_name, body FROM chat_writes;
-- Statements that fail: columns that cannot be set, or not so; rows that cannot move.
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, "index") VALUES (@service, @channel, 'x', 1);
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, path) VALUES (@service, @channel, 'x', '/x');
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, rowid) VALUES (@service, @channel, 'x', '/x');
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, date_created) VALUES (@service, @channel, 'x', '2026-01-31T00:00:00Z');
INSERT OR IGNORE INTO channels(service_sid, messaging_service_sid) VALUES (@service, 'MG00000000000000000000000000000000');
UPDATE OR IGNORE channels SET members_count = 1 WHERE service_sid = @service AND sid = @channel;
UPDATE OR IGNORE channels SET service_sid = 'IS00000000000000000000000000000000' WHERE service_sid = @service AND sid = @channel;
UPDATE OR IGNORE channels SET path = '/x' WHERE service_sid = @service AND sid = @channel;
UPDATE OR IGNORE channels SET messaging_service_sid = 'MG00000000000000000000000000000000' WHERE service_sid = @service AND sid = @channel;
-- Parents that are not given, or not there.
INSERT OR IGNORE INTO messages(service_sid, body) VALUES (@service, 'x');
INSERT OR IGNORE INTO channels(friendly_name) VALUES ('x');
INSERT OR IGNORE INTO channels(service_sid, friendly_name) VALUES ('no SID', 'x');
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, 'no-such-name', 'x');
INSERT OR IGNORE INTO messages(channel_sid, body) VALUES ('CH00000000000000000000000000000000', 'x');
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
UPDATE chat_settings SET value = NULL WHERE name = 'readonly';
-- The rows before one of these are not sent either.
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'before'), (@service, 'no-such-name', 'x');
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND body = 'before';
-- An invite that is there is a 400.
CREATE TEMP TABLE guest AS SELECT min(identity) AS identity FROM users WHERE service_sid = @service AND identity NOT IN (SELECT identity FROM members WHERE service_sid = @service AND channel_sid = @channel) AND identity NOT IN (SELECT identity FROM invites WHERE service_sid = @service AND channel_sid = @channel);
BEGIN; INSERT OR IGNORE INTO invites(service_sid, channel_sid, identity) SELECT @service, @channel, identity FROM guest; INSERT OR IGNORE INTO invites(service_sid, channel_sid, identity) SELECT @service, @channel, identity FROM guest; COMMIT;
SELECT state, status, error FROM writes;
INSERT INTO invites(service_sid, channel_sid, identity) SELECT @service, @channel, identity FROM guest;
