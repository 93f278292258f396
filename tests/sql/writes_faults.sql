-- A server that fails while it writes. What is done, what is not, and what nobody can know: never guessed, never sent twice.
-- environment: TWILIO_CHAT_MAX_RETRIES=2
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- A connection that breaks before or after the server has acted looks the same from here: unknown.
.shell tests/sql/fault EMULATOR_URL action=reset method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'broken before');
SELECT * FROM writes;
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'broken after');
SELECT * FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT body FROM ledger;
SELECT count(*) AS attempts FROM chat_requests WHERE method = 'POST'; DELETE FROM chat_requests;
-- So does one that the server ends in order, as it may with any that it kept, however often that happens.
.shell tests/sql/fault EMULATOR_URL action=close method=POST times=0
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, 'closed before' FROM services LIMIT 1;
SELECT state, error FROM writes;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=close when=after method=POST
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, 'closed after' FROM services LIMIT 1;
SELECT state, error FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT body FROM ledger;
SELECT count(*) AS attempts FROM chat_requests WHERE method = 'POST'; DELETE FROM chat_requests;

-- So is a 5xx, with and without a body.
.shell tests/sql/fault EMULATOR_URL action=status status=500 when=after method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'five hundred');
.shell tests/sql/fault EMULATOR_URL action=status status=503 body= method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'five hundred three');
SELECT * FROM writes;
-- An answer that breaks off.
.shell tests/sql/fault EMULATOR_URL action=cut bytes=10 method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'cut off');
SELECT state, status FROM writes;
-- A deadline.
UPDATE chat_settings SET value = 100 WHERE name = 'timeout_ms';
.shell tests/sql/fault EMULATOR_URL action=hang ms=1000 when=after method=POST
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'hanging');
SELECT state, status FROM writes;
UPDATE chat_settings SET value = NULL WHERE name = 'timeout_ms';
DELETE FROM chat_requests;

-- 429 was never processed: repeated, until it is sent or the attempts are spent.
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' method=POST times=2
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'patient');
SELECT state, status FROM writes;
SELECT attempt, status FROM chat_requests WHERE method = 'POST' ORDER BY id; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' method=POST times=3
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'too patient');
SELECT state, status FROM writes;
-- ... and once another call has been refused it is not repeated: nothing more is sent of a transaction that fails.
DELETE FROM chat_requests;
CREATE TEMP TABLE two AS SELECT service_sid, min(sid) AS sid FROM channels GROUP BY 1 ORDER BY 1 LIMIT 2;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 method=POST 'path=*/Users'
.shell tests/sql/fault EMULATOR_URL action=status status=429 'header=Retry-After: 2' method=POST times=0
.shell tests/sql/control EMULATOR_URL latency ms=100
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, sid, value FROM (SELECT * FROM two LIMIT 1), json_each('["first", "second"]');
INSERT INTO users(service_sid, identity) SELECT max(service_sid), 'refused' FROM two;
COMMIT;
SELECT state, status, count(*) FROM writes GROUP BY 1, 2;
SELECT status, max(attempt), count(*) FROM chat_requests WHERE method = 'POST' GROUP BY 1; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/control EMULATOR_URL latency ms=0

-- DELETE is repeated. One that was done although its answer was lost finds nothing the second time: done.
.shell tests/sql/fault EMULATOR_URL action=reset when=after method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT state, status, error FROM writes;
.shell tests/sql/fault EMULATOR_URL action=status status=500 method=DELETE times=0
DELETE FROM channels WHERE service_sid = @service AND sid = @other;
SELECT * FROM writes;
.shell tests/sql/control EMULATOR_URL reset

-- An UPDATE of what another hand has deleted meanwhile is an error.
.shell tests/sql/fault EMULATOR_URL action=status status=404 code=20404 message=gone method=POST
BEGIN;
UPDATE channels SET friendly_name = 'too late' WHERE service_sid = @service AND sid = @other;
COMMIT;
SELECT state, what, status FROM writes;
DELETE FROM channels WHERE service_sid = @service AND sid = @other;

-- A success whose answer cannot be read is a success; only the SID is not known.
.shell tests/sql/fault EMULATOR_URL action=body status=201 body=nonsense when=after method=POST
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'unreadable');
INSERT INTO messages(channel_sid, body) VALUES ('unreadable', 'x');
COMMIT;
SELECT * FROM writes;

-- A redirect is not followed, with a body least of all.
.shell tests/sql/fault EMULATOR_URL action=redirect location=EMULATOR_URL/v1/Services method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'elsewhere');
SELECT state, status FROM writes;

-- The parent is refused: what belongs to it is not sent.
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, @name);
INSERT INTO messages(channel_sid, body) VALUES (@name, 'x');
COMMIT;
SELECT state, what, status, error FROM writes;
-- One of many is refused: the others are not begun any more.
UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency';
.shell tests/sql/fault EMULATOR_URL action=status status=400 message=refused path=*/Channels/* method=POST nth=4
INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, sid, 'to all' FROM channels WHERE service_sid = @service;
SELECT state, count(*) FROM chat_writes GROUP BY state;

-- No credentials, wrong ones, nobody there.
UPDATE chat_settings SET value = 'wrong' WHERE name = 'api_key_secret';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
SELECT state, status FROM writes;
UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'x' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = 0 WHERE name = 'max_retries';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
SELECT state, status FROM writes;
