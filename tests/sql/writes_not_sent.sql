-- What is refused before the first call: nothing is sent of it, and the message does not point to where it is not to be seen.
-- environment: TWILIO_CHAT_WRITE_RATE=0
.read tests/sql/writes_pick

-- An origin that SQL has set has no credentials until it is given some. That is known beforehand: the other half is not
-- sent first.
UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'conversations_url';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'by Chat');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@service, @other, 'by Conversations');
SELECT state, body FROM chat_writes;
COMMIT;
SELECT * FROM writes;
SELECT count(*) FROM chat_requests WHERE method = 'POST';

-- What an earlier transaction has left stays in chat_writes, so the calls of this one are not to be seen there.
UPDATE chat_settings SET value = '1' WHERE name = 'max_requests';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'one'), (@service, @channel, 'two');
COMMIT;
SELECT state, body FROM chat_writes;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'three');
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'readonly';

-- Once it is sent, they are.
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'sent');
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'four');
UPDATE chat_settings SET value = 'on' WHERE name = 'readonly';
COMMIT;
SELECT state, body FROM chat_writes;
UPDATE chat_settings SET value = NULL WHERE name = 'readonly';
