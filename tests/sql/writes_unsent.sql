-- What a refused COMMIT has left unsent stays to be sent again, also where it was refused before anything was sent.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
CREATE TEMP VIEW left_over AS SELECT state, body FROM chat_writes;

BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '1');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '2');
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'readonly';
SELECT * FROM left_over;
-- A transaction that is rolled back, a statement that fails.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'other');
SELECT * FROM left_over;
ROLLBACK;
SELECT * FROM left_over;
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'other', '{}'), (@service, @channel, 'other', '{');
SELECT * FROM left_over;
-- Tried again, and refused before anything is sent once more.
UPDATE chat_settings SET value = 1 WHERE name = 'max_requests';
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, @channel, substr(body, 6) FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL;
SELECT * FROM left_over;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, @channel, substr(body, 6) FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL;
SELECT * FROM left_over;

-- The same with max_requests and a journal that cannot be written.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '3');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '4');
UPDATE chat_settings SET value = 1 WHERE name = 'max_requests';
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'other');
ROLLBACK;
SELECT * FROM left_over;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND body IN ('1', '2');
SELECT state, count(*) FROM chat_writes GROUP BY state;
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, '5');
UPDATE chat_settings SET value = 'no_file' WHERE name = 'write_journal';
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'write_journal';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'other');
ROLLBACK;
SELECT * FROM left_over;

-- What was taken back by hand, or with a statement that failed, is not left unsent; what is unknown is not known to be.
BEGIN;
SAVEPOINT mistake;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'by mistake');
ROLLBACK TO mistake;
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'failed too', '{}'), (@service, @channel, 'x', '{');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'lost'), (@service, @channel, 'wanted');
.shell tests/sql/fault EMULATOR_URL action=status status=500 message=no method=POST
COMMIT;
SELECT state, body, error FROM chat_writes;
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, @channel, substr(body, 6) FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL;
SELECT * FROM left_over;
-- Twice the same does nothing more.
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, @channel, substr(body, 6) FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL;
SELECT body, count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND body IN ('by%20mistake', 'by mistake', 'lost', 'wanted', 'failed too') GROUP BY 1;

-- OR FAIL keeps what comes before; it is sent, and the message says where to look.
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'kept', '{}'), (@service, @channel, 'x', '{');
SELECT * FROM left_over;
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '{');
-- If one of those before is then refused too, or unknown, SQLite gives that message alone: it tells of both.
.shell tests/sql/fault EMULATOR_URL action=status status=400 message=no method=POST nth=2
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes)
VALUES (@service, @channel, 'first', '{}'), (@service, @channel, 'second', '{}'), (@service, @channel, 'third', '{}'), (@service, @channel, 'x', '{'), (@service, @channel, 'behind', '{}');
SELECT * FROM left_over;
.shell tests/sql/fault EMULATOR_URL action=status status=500 message=no method=POST
UPDATE OR FAIL messages SET attributes = CASE body WHEN 'kept' THEN '{' ELSE '{"n": 1}' END
WHERE service_sid = @service AND channel_sid = @channel AND body IN ('lost', 'wanted', 'kept');
SELECT state, count(*) FROM chat_writes;
UPDATE chat_settings SET value = 1 WHERE name = 'max_requests';
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes)
VALUES (@service, @channel, 'first', '{}'), (@service, @channel, 'second', '{}'), (@service, @channel, 'x', '{');
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
-- In a transaction the statement has told it itself; and the next one's failure is its own.
BEGIN;
INSERT OR FAIL INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'inside', '{}'), (@service, @channel, 'x', '{');
.shell tests/sql/fault EMULATOR_URL action=status status=400 message=no method=POST
COMMIT;
.shell tests/sql/fault EMULATOR_URL action=status status=400 message=no method=POST
INSERT OR FAIL INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'alone');
-- What belongs to a channel that has been made, and was not sent itself, still names it by its call's number.
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'half');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, 'half', 'refused'), (@service, 'half', 'behind it');
.shell tests/sql/fault EMULATOR_URL action=status status=400 message=no method=POST nth=2
COMMIT;
SELECT state, path LIKE '%/*' || (SELECT min(seq) FROM chat_writes) || '/%' AS by_number, body FROM chat_writes;
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, (SELECT made.sid FROM chat_writes AS made WHERE made.seq = (SELECT min(seq) FROM chat_writes)), substr(body, 6)
  FROM chat_writes WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL;
SELECT * FROM left_over;
