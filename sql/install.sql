-- Makes the tables visible. After .load they can be used, but as they are in no schema, .tables, .schema, the shell's
-- tab completion and graphical programs do not know of them. As TEMP tables they are shown, for this connection:
--
--   .load build/chat
--   .read sql/install.sql
--   .tables
--
-- sql/install_persistent.sql puts them into the database file instead. No request is made here.

CREATE VIRTUAL TABLE IF NOT EXISTS temp.services USING services;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.channels USING channels;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.messages USING messages;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.members USING members;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.invites USING invites;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.roles USING roles;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.users USING users;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.user_channels USING user_channels;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.credentials USING credentials;

-- Version v1 of the API does not have these.
CREATE VIRTUAL TABLE IF NOT EXISTS temp.bindings USING bindings(api_version = 'v2');
CREATE VIRTUAL TABLE IF NOT EXISTS temp.user_bindings USING user_bindings(api_version = 'v2');
CREATE VIRTUAL TABLE IF NOT EXISTS temp.channel_webhooks USING channel_webhooks(api_version = 'v2');

CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_settings USING chat_settings;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_requests USING chat_requests;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_writes USING chat_writes;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_columns USING chat_columns;
