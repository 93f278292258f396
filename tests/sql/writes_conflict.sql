-- 409, and values refused here, under each conflict mode: as over an ordinary table with a UNIQUE name and CHECKs.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
CREATE TABLE local(x);
.read tests/sql/writes_pick

-- Plain, ABORT, FAIL and ROLLBACK: an error with SQLite's code for constraints (19).
INSERT INTO channels(service_sid, unique_name) VALUES (@service, @name);
INSERT OR ABORT INTO channels(service_sid, unique_name) VALUES (@service, @name);
INSERT OR FAIL INTO channels(service_sid, unique_name) VALUES (@service, @name);
INSERT OR ROLLBACK INTO channels(service_sid, unique_name) VALUES (@service, @name);
SELECT * FROM writes;

-- OR IGNORE goes on; chat_writes tells.
INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES (@service, 'new-1'), (@service, @name), (@service, 'new-2');
SELECT * FROM writes;
UPDATE OR IGNORE channels SET unique_name = @name WHERE service_sid = @service AND unique_name IN ('new-1', 'new-2');
SELECT state, body, status FROM writes;
INSERT OR IGNORE INTO users(service_sid, identity) VALUES (@service, @identity);
SELECT state, body, status FROM writes;
INSERT OR IGNORE INTO members(service_sid, channel_sid, identity) VALUES (@service, @other, (SELECT identity FROM pick_member));
SELECT state, body, status FROM writes;
-- Make it if it is not there, then use it, new or not.
BEGIN;
INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES (@service, @name), (@service, 'new-3');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @name, 'to the old one'), (@service, 'new-3', 'to the new one');
COMMIT;
SELECT * FROM writes;

-- OR REPLACE updates the channel that has the name; other columns stay.
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, @name, 'Replaced');
SELECT * FROM writes;
SELECT sid = @channel AS same, friendly_name FROM channels WHERE service_sid = @service AND unique_name = @name;
-- Not by a name that stands in no path: a new one is made, one that is there says what to do.
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, ' ', 'new'), (@service, char(1), 'new'), (@service, 'x/y', 'new');
SELECT * FROM writes;
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, ' ', 'again');
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, char(1), 'again');
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'x/y', 'again');
DELETE FROM channels WHERE service_sid = @service AND friendly_name = 'new';
INSERT OR REPLACE INTO channels(service_sid, unique_name, type) VALUES (@service, 'new-4', 'private');
SELECT * FROM writes;
REPLACE INTO channels(service_sid, unique_name, attributes, type) VALUES (@service, @name, '{"z":1}', 'private');
SELECT * FROM writes;
SELECT type, attributes FROM channels WHERE service_sid = @service AND sid = @channel;
-- Where there is no address by name there is nothing to replace by.
REPLACE INTO users(service_sid, identity, friendly_name) VALUES (@service, @identity, 'x');
REPLACE INTO members(service_sid, channel_sid, identity) VALUES (@service, @other, (SELECT identity FROM pick_member));
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
REPLACE INTO users(service_sid, identity, friendly_name) VALUES (@service, @identity, 'Replaced on v2');
SELECT * FROM writes;
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';

-- A value refused before anything is sent. Over several rows: ABORT none, FAIL those before, IGNORE all others.
CREATE TEMP TABLE three(body, attributes);
INSERT INTO three VALUES ('one', '{}'), ('two', '{bad'), ('three', NULL);
INSERT OR ABORT INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, body, attributes FROM three;
SELECT state, body FROM writes;
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, body, attributes FROM three;
SELECT state, body FROM writes;
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, body, attributes FROM three;
SELECT state, body FROM writes;
-- ROLLBACK ends the transaction.
BEGIN;
INSERT INTO local VALUES (1);
INSERT OR ROLLBACK INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, body, attributes FROM three;
COMMIT;
SELECT state, body FROM writes;
SELECT count(*) FROM local;
BEGIN;
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, body, attributes FROM three;
SELECT state, body FROM writes;
COMMIT;
SELECT state, body FROM writes;

-- An upsert clause is not for virtual tables; RETURNING, inside a transaction, gives back what was given, not what the server made.
INSERT INTO channels(service_sid, unique_name) VALUES (@service, @name) ON CONFLICT DO NOTHING;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'returned') RETURNING unique_name, sid;
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'returned') RETURNING unique_name, sid;
COMMIT;
SELECT what, sid IS NOT NULL FROM writes;

-- UPDATE OR REPLACE takes no other row away.
UPDATE OR REPLACE channels SET unique_name = 'fresh-name-1' WHERE service_sid = @service AND sid = @channel;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'fresh-name-2');
UPDATE OR REPLACE channels SET unique_name = 'fresh-name-2' WHERE service_sid = @service AND sid = @channel;

-- A 409 that is not the service's says nothing of a row that is there.
.shell tests/sql/fault EMULATOR_URL action=status status=409 body=nginx method=POST
INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES (@service, 'new-9');
SELECT state, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=409 body=nginx method=POST
INSERT OR REPLACE INTO channels(service_sid, unique_name) VALUES (@service, @name);
SELECT state, status FROM writes;

-- A 409 of the service's that is no duplicate: another request is changing the same, it is in no state for it, no page describes
-- the code. It fails the statement as without OR IGNORE, and nothing is replaced.
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50391 'message=Conflicting conversation modification' method=POST
INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES (@service, 'new-9');
SELECT state, status, error LIKE 'ignored: %' AS ignored FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50391 'message=Conflicting conversation modification' method=POST
INSERT OR REPLACE INTO channels(service_sid, unique_name) VALUES (@service, @name);
SELECT * FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50419 'message=Conflicting member modification' method=POST
INSERT OR IGNORE INTO members(service_sid, channel_sid, identity) VALUES (@service, @other, 'not yet in');
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=20409 message=Conflict method=POST
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'kept');
SELECT state, status, error LIKE 'ignored: %' AS ignored FROM writes;
-- The way that sends what was left unsent sends it.
CREATE TEMP TABLE again AS SELECT body FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL AND error NOT LIKE 'ignored: %';
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, substr(body, 6) FROM again;
SELECT state, body, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50514 'message=Conflicting message modification' method=POST
UPDATE OR IGNORE messages SET body = 'edited' WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM messages WHERE service_sid = @service AND channel_sid = @channel LIMIT 1);
SELECT state, status, error LIKE 'ignored: %' AS ignored FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50999 message=Else method=POST
INSERT OR IGNORE INTO users(service_sid, identity) VALUES (@service, 'new-9');
-- One that says that there is one already of what has no name, or of a name that was not given, is none either.
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50307 message=Exists method=POST
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'UniqueName=x');
.shell tests/sql/fault EMULATOR_URL action=status status=409 code=50307 message=Exists method=POST
UPDATE OR IGNORE channels SET friendly_name = 'without a name' WHERE service_sid = @service AND sid = @channel;
SELECT state, status, error LIKE 'ignored: %' AS ignored FROM writes;

-- Twice the same name in a transaction: made, and then brought to the new values.
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'twice', 'a'), (@service, 'twice', 'b');
SELECT state, status FROM writes;
SELECT friendly_name FROM channels WHERE service_sid = @service AND unique_name = 'twice';
