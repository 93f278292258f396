-- One thing by two tables' names: what it has been given by the one is known to the other, so that nothing goes out that changes nothing (the
-- service would set anew what has been given with it), and nothing is left out that does.
-- emulator: --seed 3 --services 1 --channels 8 --private 100 --users 8 --members 20 --messages 40 --write-limit 0
-- environment: TWILIO_CONFIG_DIR=SCRATCH
.echo off
CREATE TEMP TABLE member AS SELECT p.path, p.sid, p.identity, p.conversation_sid AS conversation, p.chat_service_sid AS service, u.path AS upath, u.last_read_message_index AS n, u.notification_level AS level
  FROM participants AS p JOIN user_conversations AS u ON u.participant_sid = p.sid ORDER BY p.sid LIMIT 2;
CREATE TEMP VIEW one AS SELECT * FROM member LIMIT 1;
CREATE TEMP TABLE roles_of AS SELECT sid FROM conversation_roles WHERE type = 'conversation' OR type = 'channel' ORDER BY sid LIMIT 2;
CREATE TEMP VIEW sent AS SELECT state, method, replace(replace(replace(path, (SELECT sid FROM one), 'MB1'), (SELECT conversation FROM one), 'CH1'), (SELECT service FROM one), 'IS1') AS path, body FROM chat_writes;
.echo on

-- A person in a conversation, by the user: an index that is the one shown is no change, and does not set the time anew.
UPDATE participants SET last_read_message_index = 1, last_read_timestamp = '2015-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
BEGIN;
UPDATE participants SET last_read_timestamp = '2016-01-01T00:00:00Z', role_sid = (SELECT max(sid) FROM roles_of) WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 1 WHERE path = (SELECT upath FROM one);
COMMIT;
SELECT count(*) FROM sent;
SELECT last_read_message_index, last_read_timestamp FROM participants WHERE path = (SELECT path FROM one);
-- ... nor is one that has just been given; another is, there and back.
BEGIN;
UPDATE participants SET last_read_message_index = 2, last_read_timestamp = '2017-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
SELECT body FROM sent;
UPDATE user_conversations SET last_read_message_index = 1 WHERE path = (SELECT upath FROM one);
UPDATE participants SET last_read_message_index = 1 WHERE path = (SELECT path FROM one);
UPDATE participants SET last_read_message_index = 2 WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
SELECT body FROM sent;
ROLLBACK;
-- By Chat's name of the table, and by its user's there.
BEGIN;
UPDATE members SET last_consumed_message_index = 3, role_sid = (SELECT min(sid) FROM roles_of) WHERE sid = (SELECT sid FROM one);
UPDATE participants SET last_read_message_index = 3, role_sid = (SELECT min(sid) FROM roles_of) WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 3 WHERE path = (SELECT upath FROM one);
UPDATE members SET last_consumed_message_index = 1, role_sid = (SELECT min(sid) FROM roles_of) WHERE sid = (SELECT sid FROM one);
SELECT body FROM sent;
ROLLBACK;
BEGIN;
UPDATE participants SET role_sid = (SELECT min(sid) FROM roles_of), date_updated = '2016-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
UPDATE members SET role_sid = (SELECT min(sid) FROM roles_of) WHERE sid = (SELECT sid FROM one);
COMMIT;
SELECT count(*) FROM sent;
SELECT date_updated FROM participants WHERE path = (SELECT path FROM one);
BEGIN;
UPDATE conversations SET friendly_name = 'two', date_updated = '2016-01-01T00:00:00Z' WHERE sid = (SELECT conversation FROM one);
UPDATE channels SET friendly_name = 'two' WHERE sid = (SELECT conversation FROM one);
UPDATE conversations SET friendly_name = 'two' WHERE sid = (SELECT conversation FROM one);
COMMIT;
SELECT method, path, body FROM sent;
SELECT date_updated FROM conversations WHERE sid = (SELECT conversation FROM one);
-- Somebody else there is somebody else.
BEGIN;
UPDATE participants SET last_read_message_index = 2 WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = last_read_message_index WHERE conversation_sid = (SELECT conversation FROM one) AND path <> (SELECT upath FROM one);
SELECT count(*) FROM sent;
ROLLBACK;

-- Who has left and may have come again: the user's row has the same address then.
UPDATE user_conversations SET notification_level = 'muted', last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
BEGIN;
DELETE FROM participants WHERE path = (SELECT path FROM one);
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation, identity FROM one;
UPDATE user_conversations SET notification_level = 'muted', last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
UPDATE user_conversations SET last_read_message_index = 3 WHERE path = (SELECT upath FROM one);
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
SELECT method, body IS NULL AS empty FROM sent;
ROLLBACK;
BEGIN;
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation, identity FROM one;
UPDATE user_conversations SET notification_level = 'default' WHERE path = (SELECT upath FROM one);
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
ROLLBACK;
-- In another conversation nobody has come: nothing to be sent; and before somebody leaves, nor is it in doubt.
BEGIN;
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation, 'new' FROM one;
DELETE FROM participants WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET notification_level = 'default' WHERE path = (SELECT upath FROM one);
SELECT method, path LIKE '%Users%' AS by_user FROM sent;
ROLLBACK;
-- Nor is there anything in a conversation that is deleted.
BEGIN;
DELETE FROM conversations WHERE sid = (SELECT conversation FROM one);
UPDATE user_conversations SET notification_level = 'default' WHERE path = (SELECT upath FROM one);
SELECT method, path FROM sent;
ROLLBACK;

-- After a message `state` is sent once, not with each UPDATE that follows.
BEGIN;
INSERT INTO conversation_messages(conversation_sid, body) SELECT conversation, 'x' FROM one;
UPDATE conversations SET state = 'inactive', date_updated = '2016-01-01T00:00:00Z' WHERE sid = (SELECT conversation FROM one);
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT conversation FROM one);
COMMIT;
SELECT body FROM sent;
SELECT state, date_updated FROM conversations WHERE sid = (SELECT conversation FROM one);
BEGIN;
UPDATE conversations SET state = 'active' WHERE sid = (SELECT conversation FROM one);
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT conversation FROM one);
INSERT INTO conversation_messages(conversation_sid, body) SELECT conversation, 'y' FROM one;
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT conversation FROM one);
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT conversation FROM one);
SELECT body FROM sent;
ROLLBACK;

-- There and back by words of different hosts, which are those of one thing.
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE participants SET last_read_message_index = 2 WHERE path = (SELECT path FROM one);
UPDATE conversation_messages SET author = 'bo' WHERE conversation_sid = (SELECT conversation FROM one) AND "index" = 0;
UPDATE services SET webhook_filters = '["onMessageUpdate","onMessageRemove"]', webhook_method = 'POST' WHERE sid = (SELECT service FROM one);
UPDATE service_notifications SET added_to_conversation = json_set(added_to_conversation, '$.template', 'old') WHERE chat_service_sid = (SELECT service FROM one);
CREATE TEMP TABLE old AS SELECT notifications FROM services WHERE sid = (SELECT service FROM one);
.echo on
BEGIN;
UPDATE members SET last_consumed_message_index = 1 WHERE sid = (SELECT sid FROM one) AND channel_sid = (SELECT conversation FROM one);
UPDATE participants SET last_read_message_index = 2 WHERE path = (SELECT path FROM one);
UPDATE members SET last_consumed_message_index = 1 WHERE sid = (SELECT sid FROM one) AND channel_sid = (SELECT conversation FROM one);
UPDATE messages SET "from" = 'al' WHERE channel_sid = (SELECT conversation FROM one) AND "index" = 0;
UPDATE conversation_messages SET author = 'bo' WHERE conversation_sid = (SELECT conversation FROM one) AND "index" = 0;
UPDATE messages SET "from" = 'al' WHERE channel_sid = (SELECT conversation FROM one) AND "index" = 0;
UPDATE service_webhooks SET filters = '["onMessageUpdate"]', method = 'GET' WHERE chat_service_sid = (SELECT service FROM one);
UPDATE services SET webhook_filters = json_insert(webhook_filters, '$[1]', 'onMessageSend') WHERE sid = (SELECT service FROM one);
UPDATE services SET webhook_filters = '["onMessageUpdate","onMessageRemove"]', webhook_method = 'POST' WHERE sid = (SELECT service FROM one);
UPDATE service_notifications SET added_to_conversation = json_set((SELECT n.added_to_conversation FROM service_notifications AS n WHERE n.chat_service_sid = (SELECT service FROM one)), '$.template', 'new') WHERE chat_service_sid = (SELECT service FROM one);
UPDATE services SET notifications = (SELECT notifications FROM old) WHERE sid = (SELECT service FROM one);
COMMIT;
SELECT body FROM sent;
SELECT last_read_message_index FROM participants WHERE path = (SELECT path FROM one);
-- ... without a call that changes nothing.
BEGIN;
UPDATE participants SET last_read_message_index = 1, last_read_timestamp = '2015-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
UPDATE members SET last_consumed_message_index = 1 WHERE sid = (SELECT sid FROM one) AND channel_sid = (SELECT conversation FROM one);
COMMIT;
SELECT last_read_message_index, last_read_timestamp FROM participants WHERE path = (SELECT path FROM one);
-- Lists of words likewise: given by one name and then by the other, and back.
CREATE TEMP TABLE role AS SELECT sid FROM conversation_roles WHERE type = 'conversation' ORDER BY sid LIMIT 1;
BEGIN;
UPDATE conversation_roles SET permissions = '["sendMessage","leaveConversation"]' WHERE sid = (SELECT sid FROM role);
UPDATE conversation_roles SET permissions = '["sendMessage"]' WHERE sid = (SELECT sid FROM role);
UPDATE roles SET permissions = '["sendMessage"]' WHERE sid = (SELECT sid FROM role);
UPDATE roles SET permissions = '["sendMessage","sendMediaMessage"]' WHERE sid = (SELECT sid FROM role);
UPDATE conversation_roles SET permissions = '["sendMessage"]' WHERE sid = (SELECT sid FROM role);
UPDATE service_webhooks SET filters = '["onMessageUpdate"]' WHERE chat_service_sid = (SELECT service FROM one);
UPDATE services SET webhook_filters = '["onMessageUpdate"]' WHERE sid = (SELECT service FROM one);
UPDATE services SET webhook_filters = '["onMessageUpdate","onMessageRemove"]' WHERE sid = (SELECT service FROM one);
UPDATE service_webhooks SET filters = '["onMessageUpdate","onMessageRemove"]' WHERE chat_service_sid = (SELECT service FROM one);
SELECT body FROM sent;
ROLLBACK;

-- Who has left, come again, and is let go once more by what was the member: nobody knows of the user's row.
BEGIN;
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation, identity FROM one;
DELETE FROM participants WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET notification_level = 'muted' WHERE path = (SELECT upath FROM one);
ROLLBACK;

-- A message in a conversation that the transaction makes wakes no other one; and one that is woken is active.
UPDATE conversations SET state = 'inactive', date_updated = '2014-01-01T00:00:00Z' WHERE sid = (SELECT conversation FROM one);
BEGIN;
INSERT INTO conversations(chat_service_sid, unique_name) SELECT service, 'brand-new' FROM one;
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) SELECT service, 'brand-new', 'x' FROM one;
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT conversation FROM one);
SELECT count(*) FROM sent;
INSERT INTO conversation_messages(conversation_sid, body) SELECT conversation, 'y' FROM one;
UPDATE conversations SET state = 'active' WHERE sid = (SELECT conversation FROM one);
SELECT count(*) FROM sent;
ROLLBACK;
-- ... unless OR REPLACE may have given it another state.
CREATE TEMP TABLE named AS SELECT sid, unique_name, chat_service_sid AS service FROM conversations WHERE unique_name IS NOT NULL ORDER BY sid LIMIT 1;
BEGIN;
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'y' FROM named;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, state) SELECT service, unique_name, 'inactive' FROM named;
UPDATE conversations SET state = 'active' WHERE sid = (SELECT sid FROM named);
SELECT body LIKE '%State=active%' AS last FROM sent;
ROLLBACK;

-- By a profile that signs in with the same key, which is the same account: what it gives is known, kept for the next one too.
.shell tests/sql/profiles SCRATCH
CREATE VIRTUAL TABLE temp.sales_participants USING participants(profile = 'sales');
CREATE VIRTUAL TABLE temp.sales_user_conversations USING user_conversations(profile = 'sales');
BEGIN;
UPDATE sales_participants SET last_read_message_index = 2, last_read_timestamp = '2018-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
UPDATE participants SET last_read_message_index = 2 WHERE path = (SELECT path FROM one);
UPDATE sales_user_conversations SET last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
UPDATE user_conversations SET last_read_message_index = 2, notification_level = 'default' WHERE path = (SELECT upath FROM one);
UPDATE sales_user_conversations SET last_read_message_index = 2, notification_level = 'default' WHERE path = (SELECT upath FROM one);
COMMIT;
SELECT * FROM sent;
SELECT last_read_message_index, last_read_timestamp FROM participants WHERE path = (SELECT path FROM one);

-- No text at all is NULL at one host and '' at the other: each is sent what it is given.
BEGIN;
UPDATE users SET friendly_name = NULL WHERE sid = (SELECT user_sid FROM user_conversations WHERE path = (SELECT upath FROM one));
UPDATE conversation_users SET friendly_name = NULL WHERE sid = (SELECT user_sid FROM user_conversations WHERE path = (SELECT upath FROM one));
COMMIT;
SELECT count(*) FROM sent;
SELECT friendly_name IS NULL FROM conversation_users WHERE sid = (SELECT user_sid FROM user_conversations WHERE path = (SELECT upath FROM one));

-- By a profile with another key, of which nobody says whose it is: what it has given is given again, and nothing else.
CREATE VIRTUAL TABLE temp.dev_user_conversations USING user_conversations(profile = 'dev');
CREATE TEMP TABLE shown AS SELECT role_sid, attributes FROM participants WHERE path = (SELECT path FROM one);
BEGIN;
UPDATE dev_user_conversations SET notification_level = 'muted', last_read_message_index = 1 WHERE path = (SELECT upath FROM one);
UPDATE participants SET role_sid = (SELECT role_sid FROM shown), attributes = (SELECT attributes FROM shown) WHERE path = (SELECT path FROM one);
UPDATE participants SET role_sid = (SELECT role_sid FROM shown), last_read_message_index = 1 WHERE path = (SELECT path FROM one);
SELECT path, body FROM sent;
ROLLBACK;

-- A member who is made somebody else: whose the user's row is then nobody knows, whether or not somebody comes in, nor after there and back.
BEGIN;
UPDATE participants SET identity = 'somebody-else' WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
INSERT INTO participants(chat_service_sid, conversation_sid, identity) SELECT service, conversation, identity FROM one;
UPDATE user_conversations SET last_read_message_index = 2 WHERE path = (SELECT upath FROM one);
UPDATE user_channels SET last_consumed_message_index = 2 WHERE channel_sid = (SELECT conversation FROM one) AND member_sid = (SELECT sid FROM one);
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
UPDATE participants SET last_read_message_index = 0 WHERE path = (SELECT path FROM one);
SELECT method, path, body FROM sent;
ROLLBACK;
-- ... and one who is made somebody who has just left.
BEGIN;
DELETE FROM user_conversations WHERE path = (SELECT upath FROM one);
UPDATE participants SET identity = (SELECT identity FROM one) WHERE path = (SELECT path FROM participants WHERE conversation_sid = (SELECT conversation FROM one) AND sid <> (SELECT sid FROM one) AND identity IS NOT NULL ORDER BY sid LIMIT 1);
UPDATE user_conversations SET last_read_message_index = 1 WHERE path = (SELECT upath FROM one);
ROLLBACK;
-- Without a new identity it is known.
BEGIN;
UPDATE participants SET attributes = '{"a":1}' WHERE path = (SELECT path FROM one);
UPDATE user_conversations SET last_read_message_index = 0 WHERE path = (SELECT upath FROM one);
SELECT method, path, body FROM sent;
ROLLBACK;

-- A time of reading is what it was after a call that does not give what was read: the same one is not sent, and leaves date_updated as given.
CREATE TEMP TABLE read AS SELECT last_read_message_index AS n, last_read_timestamp AS t FROM participants WHERE path = (SELECT path FROM one);
BEGIN;
UPDATE participants SET date_updated = '2015-01-01T00:00:00Z' WHERE path = (SELECT path FROM one);
UPDATE participants SET last_read_timestamp = (SELECT t FROM read) WHERE path = (SELECT path FROM one);
SELECT body FROM sent;
UPDATE user_conversations SET last_read_message_index = (SELECT n + 1 FROM read) WHERE path = (SELECT upath FROM one);
UPDATE participants SET last_read_timestamp = (SELECT t FROM read) WHERE path = (SELECT path FROM one);
UPDATE participants SET attributes = '{"b":2}' WHERE path = (SELECT path FROM one);
UPDATE participants SET last_read_timestamp = (SELECT t FROM read) WHERE path = (SELECT path FROM one);
SELECT replace(body, (SELECT replace(t, ':', '%3A') FROM read), 'T') AS body FROM sent;
ROLLBACK;

-- A name that one profile's call makes is known to another one with the same key, and to none with another.
CREATE VIRTUAL TABLE temp.dev_participants USING participants(profile = 'dev');
BEGIN;
INSERT INTO conversations(chat_service_sid, unique_name) SELECT service, 'made-here' FROM one;
INSERT INTO sales_participants(chat_service_sid, conversation_sid, identity) SELECT service, 'made-here', identity FROM one;
INSERT INTO dev_participants(chat_service_sid, conversation_sid, identity) SELECT service, 'made-here', identity || '2' FROM one;
COMMIT;
SELECT p.identity = one.identity AS joined FROM one JOIN participants AS p ON p.conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'made-here');

-- A row that another key's call has renamed may be the one that OR REPLACE finds by that name: what it is given is sent.
CREATE VIRTUAL TABLE temp.dev_channels USING channels(profile = 'dev', api_version = 'v2');
CREATE TEMP TABLE thing AS SELECT sid, chat_service_sid AS service, friendly_name, unique_name FROM conversations WHERE sid = (SELECT conversation FROM one);
BEGIN;
UPDATE dev_channels SET unique_name = 'renamed-there' WHERE service_sid = (SELECT service FROM thing) AND sid = (SELECT sid FROM thing);
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name) SELECT service, 'renamed-there', 'replaced' FROM thing;
UPDATE conversations SET friendly_name = (SELECT friendly_name FROM thing) WHERE sid = (SELECT sid FROM thing);
SELECT count(*) FROM sent;
ROLLBACK;
-- A name that is taken away is no name at either host.
BEGIN;
UPDATE conversations SET unique_name = NULL, date_updated = '2015-01-01T00:00:00Z' WHERE sid = (SELECT sid FROM conversations WHERE unique_name = 'made-here');
UPDATE channels SET unique_name = NULL WHERE sid = (SELECT sid FROM conversations WHERE unique_name = 'made-here');
SELECT body FROM sent;
ROLLBACK;
