-- What OR IGNORE may leave out, and what OR REPLACE may replace, is not known until COMMIT: what the same transaction gives
-- for the row after it is sent, and what would be made of it is refused. As of ordinary tables, or an error.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
INSERT INTO channels(service_sid, unique_name, friendly_name, attributes) VALUES (@service, 'a', 'old', '{"x":1}'), (@service, 'b', 'other', '{}'), (@service, 'taken', 't', '{}');

-- OR IGNORE, skipped for its name: the second UPDATE is no repetition.
BEGIN;
UPDATE OR IGNORE channels SET unique_name = 'taken', friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
SELECT unique_name, friendly_name FROM channels WHERE service_sid = @service AND unique_name IN ('a', 'taken') ORDER BY 1;
-- ... nor is one back to what there was; what the skipped call does not give is as it was.
BEGIN;
UPDATE OR IGNORE channels SET unique_name = 'taken', friendly_name = 'new' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z', attributes = '{"x":1}' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET attributes = json_set(attributes, '$.y', 2) WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;

-- OR IGNORE leaves out whole rows: not one that takes several calls.
UPDATE OR IGNORE channels SET type = 'private', unique_name = 'taken' WHERE service_sid = @service AND unique_name = 'a';
SELECT unique_name, type FROM channels WHERE service_sid = @service AND unique_name IN ('a', 'taken') ORDER BY 1;
UPDATE OR IGNORE channels SET type = 'private', unique_name = 'b' WHERE service_sid = @service AND unique_name = 'b';
SELECT state, body FROM writes;

-- OR REPLACE of a row that is there: an UPDATE back to what the service still has is sent.
BEGIN;
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'a', 'new');
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
SELECT friendly_name FROM channels WHERE service_sid = @service AND unique_name = 'a';
-- ... after an UPDATE that has given the same, too
BEGIN;
UPDATE channels SET friendly_name = 'same' WHERE service_sid = @service AND unique_name = 'a';
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'a', 'new');
UPDATE channels SET friendly_name = 'same' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
-- ... and by the other table's name.
INSERT INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@service, 'v', 'same');
BEGIN;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@service, 'v', 'new');
UPDATE channels SET friendly_name = 'same' WHERE service_sid = @service AND unique_name = 'v';
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'v';
COMMIT;
SELECT state, body FROM writes;
SELECT friendly_name FROM channels WHERE service_sid = @service AND unique_name = 'v';

-- What would be made of what is replaced is refused; of another row it is not, nor after a ROLLBACK.
BEGIN;
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name, attributes) VALUES (@service, 'a', 'new', '{"x":9}');
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET attributes = json_set(attributes, '$.y', 1) WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'taken';
SELECT state, body FROM writes;
ROLLBACK;
BEGIN;
SAVEPOINT inner_one;
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'a', 'new');
ROLLBACK TO inner_one;
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'a';
SELECT state, body FROM writes;
ROLLBACK;
-- A row that has got the name in this transaction.
BEGIN;
UPDATE channels SET unique_name = 'c' WHERE service_sid = @service AND unique_name = 'a';
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, 'c', 'new');
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'same' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
SELECT unique_name, friendly_name FROM channels WHERE service_sid = @service AND unique_name IN ('a', 'c');
-- A service in Conversations, with its configuration and webhooks: each is a call.
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
UPDATE OR IGNORE services SET pre_webhook_url = 'https://example.com/or-ignore', reachability_enabled = NOT reachability_enabled WHERE sid = @service;
UPDATE OR IGNORE services SET pre_webhook_url = 'https://example.com/or-ignore' WHERE sid = @service;
SELECT state, body FROM writes;

-- What no 409 can leave out is known: the same once more is not sent, and date_updated stays as given.
BEGIN;
UPDATE OR IGNORE conversation_messages SET body = 'given', date_updated = '2015-01-01T00:00:00Z' WHERE path = (SELECT path FROM conversation_messages ORDER BY sid LIMIT 1);
UPDATE conversation_messages SET body = 'given' WHERE path = (SELECT path FROM conversation_messages ORDER BY sid LIMIT 1);
UPDATE OR IGNORE conversations SET friendly_name = 'given', date_updated = '2015-01-01T00:00:00Z' WHERE path = (SELECT path FROM conversations ORDER BY sid LIMIT 1);
UPDATE conversations SET friendly_name = 'given' WHERE path = (SELECT path FROM conversations ORDER BY sid LIMIT 1);
SELECT body FROM chat_writes WHERE state = 'pending';
ROLLBACK;
