-- Puts the tables into the database file, for graphical programs that show a file's schema:
--
--   sqlite3 chat.db '.load build/chat' '.read sql/install_persistent.sql'
--
-- The file then holds their names, not their rows: whoever opens it reads the service with credentials of their own,
-- and needs the extension loaded for these tables (not for others in the file). DROP TABLE takes one away again;
-- nothing happens to the service. No request is made here.

CREATE VIRTUAL TABLE IF NOT EXISTS main.services USING services;
CREATE VIRTUAL TABLE IF NOT EXISTS main.channels USING channels;
CREATE VIRTUAL TABLE IF NOT EXISTS main.messages USING messages;
CREATE VIRTUAL TABLE IF NOT EXISTS main.members USING members;
CREATE VIRTUAL TABLE IF NOT EXISTS main.invites USING invites;
CREATE VIRTUAL TABLE IF NOT EXISTS main.roles USING roles;
CREATE VIRTUAL TABLE IF NOT EXISTS main.users USING users;
CREATE VIRTUAL TABLE IF NOT EXISTS main.user_channels USING user_channels;
CREATE VIRTUAL TABLE IF NOT EXISTS main.credentials USING credentials;

-- Version v1 of the API does not have these.
CREATE VIRTUAL TABLE IF NOT EXISTS main.bindings USING bindings(api_version = 'v2');
CREATE VIRTUAL TABLE IF NOT EXISTS main.user_bindings USING user_bindings(api_version = 'v2');
CREATE VIRTUAL TABLE IF NOT EXISTS main.channel_webhooks USING channel_webhooks(api_version = 'v2');

-- Conversations', but those that few look at: a program that reads every table of a file would fail on media and
-- participant_conversations, and go through all there is for the first of the delivery_receipts or webhooks. They can
-- be used all the same.
CREATE VIRTUAL TABLE IF NOT EXISTS main.conversation_services USING conversation_services;
CREATE VIRTUAL TABLE IF NOT EXISTS main.conversations USING conversations;
CREATE VIRTUAL TABLE IF NOT EXISTS main.conversation_messages USING conversation_messages;
CREATE VIRTUAL TABLE IF NOT EXISTS main.participants USING participants;
CREATE VIRTUAL TABLE IF NOT EXISTS main.conversation_roles USING conversation_roles;
CREATE VIRTUAL TABLE IF NOT EXISTS main.conversation_users USING conversation_users;
CREATE VIRTUAL TABLE IF NOT EXISTS main.user_conversations USING user_conversations;

CREATE VIRTUAL TABLE IF NOT EXISTS main.chat_settings USING chat_settings;
CREATE VIRTUAL TABLE IF NOT EXISTS main.chat_requests USING chat_requests;
CREATE VIRTUAL TABLE IF NOT EXISTS main.chat_writes USING chat_writes;
CREATE VIRTUAL TABLE IF NOT EXISTS main.chat_columns USING chat_columns;
