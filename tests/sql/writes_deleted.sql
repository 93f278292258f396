-- environment: TWILIO_CHAT_API_VERSION=v2
-- What a transaction deletes is still read, but not there any more for its later statements: an UPDATE of it went out, and failed
-- the COMMIT half done.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
CREATE TEMP VIEW queued AS SELECT state, operation, table_name, body FROM chat_writes;
CREATE TEMP TABLE second AS SELECT sid FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" LIMIT 1 OFFSET 1;

BEGIN;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET body = 'late' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET body = 'there' WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
-- Not even with what would be refused.
UPDATE messages SET attributes = 'no JSON' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
COMMIT;
SELECT * FROM queued;

-- With it all that is in it is gone; nothing can be put there.
BEGIN;
SAVEPOINT before;
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
UPDATE messages SET body = 'late' WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
UPDATE channels SET friendly_name = 'late' WHERE service_sid = @service AND sid = @channel;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'lost');
INSERT OR IGNORE INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, 'lost');
-- Another channel is not.
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @other, 'elsewhere');
SELECT * FROM queued;
-- What is rolled back is there again.
ROLLBACK TO before;
UPDATE messages SET body = 'again' WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'here');
COMMIT;
SELECT * FROM queued;
-- So is what the next transaction finds.
UPDATE messages SET body = 'next' WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
SELECT * FROM queued;

-- A row that is deleted already is not there for another DELETE either, nor is what was in it: one call each.
BEGIN;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
SAVEPOINT again;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM second);
ROLLBACK TO again;
DELETE FROM channels WHERE service_sid = @service AND sid = @other;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @other;
DELETE FROM members WHERE service_sid = @service AND channel_sid = @other;
COMMIT;
SELECT state, operation, table_name, status FROM chat_writes;
-- What was rolled back is there again.
CREATE TEMP TABLE third AS SELECT sid FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" LIMIT 1;
BEGIN;
SAVEPOINT once;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM third);
ROLLBACK TO once;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM third);
COMMIT;
SELECT state, operation, table_name, status FROM chat_writes;

-- By another table's name.
CREATE TEMP TABLE private AS SELECT conversation_sid, chat_service_sid AS service, sid FROM conversation_messages ORDER BY sid LIMIT 1;
BEGIN;
DELETE FROM channels WHERE service_sid = (SELECT service FROM private) AND sid = (SELECT conversation_sid FROM private);
UPDATE conversation_messages SET body = 'late' WHERE chat_service_sid = (SELECT service FROM private) AND conversation_sid = (SELECT conversation_sid FROM private) AND sid = (SELECT sid FROM private);
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation_sid, 'lost' FROM private;
DELETE FROM conversations WHERE chat_service_sid = (SELECT service FROM private) AND sid = (SELECT conversation_sid FROM private);
DELETE FROM conversation_messages WHERE chat_service_sid = (SELECT service FROM private) AND conversation_sid = (SELECT conversation_sid FROM private) AND sid = (SELECT sid FROM private);
SELECT * FROM queued;
ROLLBACK;
