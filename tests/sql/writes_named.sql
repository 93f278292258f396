-- environment: TWILIO_CHAT_API_VERSION=conversations
-- A name in place of a parent's SID means what a call of the transaction makes, as long as none takes the name away again: what
-- INSERT OR IGNORE or OR REPLACE has met can be renamed or deleted before the name is used.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
CREATE TEMP TABLE place AS SELECT sid, row_number() OVER (ORDER BY sid) AS nr FROM conversation_services;
.parameter set @a "(SELECT sid FROM place WHERE nr = 1)"
.parameter set @b "(SELECT sid FROM place WHERE nr = 2)"
CREATE TEMP VIEW queued AS SELECT seq - (SELECT min(seq) FROM chat_writes) + 1 AS nr, state, operation, table_name, body FROM chat_writes ORDER BY seq;
CREATE TEMP VIEW held AS
SELECT c.unique_name, m.body FROM conversations AS c LEFT JOIN conversation_messages AS m ON m.chat_service_sid = c.chat_service_sid AND m.conversation_sid = c.sid
 WHERE c.chat_service_sid = (SELECT sid FROM place WHERE nr = 1) AND (c.unique_name IN ('n1', 'n2') OR c.unique_name LIKE 'away%') ORDER BY 1, 2;
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1'), (@a, 'n2');
CREATE TEMP TABLE met AS SELECT sid FROM conversations WHERE chat_service_sid = @a AND unique_name = 'n1';
CREATE TEMP TABLE other AS SELECT sid FROM conversations WHERE chat_service_sid = @a AND unique_name = 'n2';

-- Nobody is n1 when the message is written.
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
UPDATE conversations SET unique_name = 'away' WHERE chat_service_sid = @a AND sid = (SELECT sid FROM met);
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'kid');
INSERT INTO conversation_messages(conversation_sid, body) VALUES ('n1', 'kid');
INSERT INTO participants(chat_service_sid, conversation_sid, identity) VALUES (@a, 'n1', 'kid');
-- ... until it is made anew: that is n1 then, by either table's name.
SAVEPOINT a;
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'to the new one');
ROLLBACK TO a;
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'rolled back');
INSERT INTO channels(service_sid, unique_name) VALUES (@a, 'n1');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'to the new one, too');
COMMIT;
SELECT * FROM queued;
SELECT * FROM held;
DELETE FROM conversations WHERE chat_service_sid = @a AND unique_name = 'n1';
UPDATE conversations SET unique_name = 'n1' WHERE chat_service_sid = @a AND sid = (SELECT sid FROM met);

-- What is put into it before it is renamed stays in it; then nobody has that name; by another table's name, with OR REPLACE.
BEGIN;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'before');
UPDATE channels SET unique_name = 'away' WHERE service_sid = @a AND sid = (SELECT sid FROM met);
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'kid');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@a, 'n1', 'kid');
COMMIT;
SELECT * FROM queued;
SELECT * FROM held;
UPDATE conversations SET unique_name = 'n1' WHERE chat_service_sid = @a AND sid = (SELECT sid FROM met);

-- Another row may be renamed, and what it was called is known from the transaction, too. Letters in another case may be the same.
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
UPDATE conversations SET unique_name = 'away2' WHERE chat_service_sid = @a AND unique_name = 'n2';
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'of another name');
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'away2');
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'N1');
UPDATE conversations SET unique_name = 'away3' WHERE chat_service_sid = @a AND sid = (SELECT sid FROM other);
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'away2', 'kid');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'still');
UPDATE conversations SET unique_name = NULL WHERE chat_service_sid = @a AND unique_name = 'n1';
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'N1', 'kid');
SELECT * FROM queued;
-- What is rolled back takes no name.
ROLLBACK;
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
SAVEPOINT b;
UPDATE conversations SET unique_name = 'away' WHERE chat_service_sid = @a AND unique_name = 'n1';
ROLLBACK TO b;
UPDATE conversations SET friendly_name = 'friendly' WHERE chat_service_sid = @a AND unique_name = 'n1';
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'not renamed');
SELECT * FROM queued;
ROLLBACK;

-- A row that is given twice by one statement: the name counts that it has before.
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
UPDATE conversations SET unique_name = v.name FROM (SELECT 'first' AS name UNION ALL SELECT 'away') AS v WHERE chat_service_sid = @a AND sid = (SELECT sid FROM met);
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'kid');
ROLLBACK;

-- What is deleted is not told by name: it may be the one. What a plain INSERT makes nobody can have deleted.
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n1');
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@a, 'n3');
DELETE FROM channels WHERE service_sid = @a AND unique_name = 'n1';
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n1', 'kid');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'n3', 'plain');
SELECT * FROM queued;
ROLLBACK;
-- Another service's rows take nothing from it.
BEGIN;
INSERT OR IGNORE INTO conversations(chat_service_sid, unique_name) VALUES (@b, 'n1');
DELETE FROM conversations WHERE chat_service_sid = @a AND unique_name = 'n1';
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@b, 'n1', 'in the other');
SELECT * FROM queued;
ROLLBACK;

-- A name that is made in two services, in one by one table's name and in the other by another's.
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@a, 'dup');
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@b, 'dup');
INSERT INTO conversation_messages(conversation_sid, body) VALUES ('dup', 'to which?');
INSERT INTO messages(channel_sid, body) VALUES ('dup', 'to which?');
INSERT INTO participants(conversation_sid, identity) VALUES ('dup', 'who');
-- With the service it is known, and there is one thing of that name, whichever table has made it.
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@b, 'dup', 'to b');
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (@a, 'dup', 'to a');
COMMIT;
SELECT * FROM queued;
SELECT c.chat_service_sid = @a AS a, m.body FROM conversations AS c JOIN conversation_messages AS m ON m.chat_service_sid = c.chat_service_sid AND m.conversation_sid = c.sid WHERE c.unique_name = 'dup' ORDER BY 1;
-- What Chat makes Conversations may not show: nothing is put into it there, and its name counts.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@a, 'chat');
INSERT INTO conversation_messages(conversation_sid, body) VALUES ('chat', 'kid');
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@b, 'chat');
INSERT INTO conversation_messages(conversation_sid, body) VALUES ('chat', 'to which?');
INSERT INTO messages(channel_sid, body) VALUES ('chat', 'to which?');
ROLLBACK;

-- By which names OR REPLACE finds no row: those that no path can hold. (The service takes no name that is shaped like a SID.)
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
CREATE TEMP VIEW finds AS SELECT count(*) FROM conversations WHERE chat_service_sid = (SELECT sid FROM place WHERE nr = 1) AND friendly_name = 'found';
INSERT INTO conversations(chat_service_sid, unique_name) VALUES (@a, ' a'), (@a, 'a '), (@a, 'a' || char(9) || 'b'), (@a, 'a' || char(127)), (@a, 'a/b'), (@a, 'a\b'), (@a, '.'), (@a, '..'), (@a, replace(hex(zeroblob(64)), '0', 'ä') || 'a'), (@a, '...'), (@a, 'a b'), (@a, 'a.b'), (@a, 'a%b?c#d'), (@a, replace(hex(zeroblob(64)), '0', 'ä'));
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, ' a', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, 'a ', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, 'a' || char(9) || 'b', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, 'a' || char(127), 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, 'a/b', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, 'a\b', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, '.', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, '..', 'found');
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, replace(hex(zeroblob(64)), '0', 'ä') || 'a', 'found');
SELECT * FROM finds;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) VALUES (@a, '...', 'found'), (@a, 'a b', 'found'), (@a, 'a.b', 'found'), (@a, 'a%b?c#d', 'found'), (@a, replace(hex(zeroblob(64)), '0', 'ä'), 'found');
SELECT * FROM finds;
