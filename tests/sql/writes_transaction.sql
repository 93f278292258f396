-- Inside BEGIN nothing is sent: chat_writes shows the calls that COMMIT would make. ROLLBACK, ROLLBACK TO and statements
-- that fail take back what they queued.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
CREATE TABLE local(x);
.read tests/sql/writes_pick

BEGIN;
INSERT INTO local VALUES (1);
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'preview');
INSERT INTO messages(channel_sid, body) VALUES ('preview', 'first'), ('preview', 'second');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, 'preview', 'somebody');
UPDATE channels SET friendly_name = 'Seen' WHERE service_sid = @service AND sid = @channel;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT * FROM writes;
-- The tables show the server, which does not know of it yet.
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = 'preview';
SELECT count(*) AS writes_sent FROM chat_requests WHERE method <> 'GET';
ROLLBACK;
SELECT state, what FROM writes;
SELECT count(*) FROM local;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM ledger;

-- The same, committed. The channel's SID is put into the paths of what belongs to it.
BEGIN;
INSERT INTO local VALUES (2);
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'real');
INSERT INTO messages(channel_sid, body) VALUES ('real', 'first'), ('real', 'second');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, 'real', 'somebody');
COMMIT;
SELECT * FROM writes;
SELECT count(*) FROM local;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;
SELECT m.body FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid
 WHERE c.service_sid = @service AND c.unique_name = 'real' ORDER BY m."index";

-- A unique_name that is made in two services does not say which channel is meant; with the service it does.
.shell tests/sql/control EMULATOR_URL reset
BEGIN;
INSERT INTO channels(service_sid, unique_name) SELECT sid, 'twice' FROM services ORDER BY sid <> @service LIMIT 2;
INSERT INTO messages(channel_sid, body) VALUES ('twice', 'to which?');
INSERT INTO members(channel_sid, identity) SELECT 'twice', 'who' WHERE 1;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, 'twice', 'to this one');
SELECT what, call, body FROM writes;
ROLLBACK;
BEGIN;
INSERT INTO channels(service_sid, unique_name) SELECT sid, 'twice' FROM services ORDER BY sid <> @service LIMIT 1;
SAVEPOINT a;
INSERT INTO channels(service_sid, unique_name) SELECT sid, 'twice' FROM services WHERE sid <> @service LIMIT 1;
ROLLBACK TO a;
INSERT INTO messages(channel_sid, body) VALUES ('twice', 'only one is left');
SELECT state, what, call, body FROM writes;
ROLLBACK;

-- Savepoints.
.shell tests/sql/control EMULATOR_URL reset
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'outer');
SAVEPOINT one;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'in one');
SAVEPOINT two;
INSERT INTO users(service_sid, identity) VALUES (@service, 'in two');
ROLLBACK TO two;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'in two again');
RELEASE two;
SELECT state, what, body FROM writes;
ROLLBACK TO one;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'in one again');
RELEASE one;
COMMIT;
SELECT state, what, body, status FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;

-- A savepoint can open the transaction.
SAVEPOINT alone;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'dropped');
ROLLBACK TO alone;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'kept');
RELEASE alone;
SELECT state, body FROM writes;

-- A statement that fails takes its own rows back, and no others.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'before');
INSERT INTO messages(service_sid, channel_sid, body, attributes)
VALUES (@service, @channel, 'good', '{}'), (@service, @channel, 'bad', '{');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'after');
COMMIT;
SELECT state, body FROM writes;

-- Alone: all rows are checked before the first is sent.
INSERT INTO messages(service_sid, channel_sid, body, attributes)
VALUES (@service, @channel, 'good', '{}'), (@service, @channel, 'bad', '{');
SELECT state, body FROM writes;

-- A commit that the server refuses rolls back the local tables, says what was sent, and ends the transaction.
BEGIN;
INSERT INTO local VALUES (3);
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'sent before');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'refused');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'not sent');
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=50501 message=no method=POST nth=2
COMMIT;
SELECT state, body, status, error FROM writes;
SELECT count(*) FROM local;
ROLLBACK;

-- What was queued last stays to be seen until something else is queued; another transaction without writes changes nothing.
BEGIN; SELECT count(*) FROM channels; COMMIT;
SELECT count(*) FROM chat_writes;

-- chat_writes cannot be written.
DELETE FROM chat_writes;
UPDATE chat_writes SET state = 'sent';
INSERT INTO chat_writes(state) VALUES ('sent');
