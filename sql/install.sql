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

-- Conversations'.
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_services USING conversation_services;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversations USING conversations;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_messages USING conversation_messages;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.delivery_receipts USING delivery_receipts;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.participants USING participants;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_webhooks USING conversation_webhooks;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_roles USING conversation_roles;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_users USING conversation_users;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.user_conversations USING user_conversations;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.participant_conversations USING participant_conversations;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_bindings USING conversation_bindings;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.conversation_credentials USING conversation_credentials;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.address_configurations USING address_configurations;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.service_configurations USING service_configurations;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.service_notifications USING service_notifications;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.service_webhooks USING service_webhooks;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.account_configuration USING account_configuration;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.account_webhooks USING account_webhooks;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.media USING media;

CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_settings USING chat_settings;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_requests USING chat_requests;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_writes USING chat_writes;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.chat_columns USING chat_columns;
