-- Made by ext/package/make-archive. For this connection: the service's tables of Conversations under other
-- names than the archive's, and for each a table for what a batch has read.

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_services USING conversation_services;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_services AS
SELECT * FROM main.conversation_services WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_services_path
    ON fresh_conversation_services(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_credentials USING conversation_credentials;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_credentials AS
SELECT * FROM main.conversation_credentials WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_credentials_path
    ON fresh_conversation_credentials(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_address_configurations USING address_configurations;
CREATE TEMP TABLE IF NOT EXISTS fresh_address_configurations AS
SELECT * FROM main.address_configurations WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_address_configurations_path
    ON fresh_address_configurations(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_account_configuration USING account_configuration;
CREATE TEMP TABLE IF NOT EXISTS fresh_account_configuration AS
SELECT * FROM main.account_configuration WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_account_configuration_path
    ON fresh_account_configuration(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_account_webhooks USING account_webhooks;
CREATE TEMP TABLE IF NOT EXISTS fresh_account_webhooks AS
SELECT * FROM main.account_webhooks WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_account_webhooks_path
    ON fresh_account_webhooks(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_service_configurations USING service_configurations;
CREATE TEMP TABLE IF NOT EXISTS fresh_service_configurations AS
SELECT * FROM main.service_configurations WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_service_configurations_path
    ON fresh_service_configurations(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_service_notifications USING service_notifications;
CREATE TEMP TABLE IF NOT EXISTS fresh_service_notifications AS
SELECT * FROM main.service_notifications WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_service_notifications_path
    ON fresh_service_notifications(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_service_webhooks USING service_webhooks;
CREATE TEMP TABLE IF NOT EXISTS fresh_service_webhooks AS
SELECT * FROM main.service_webhooks WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_service_webhooks_path
    ON fresh_service_webhooks(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_roles USING conversation_roles;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_roles AS
SELECT * FROM main.conversation_roles WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_roles_path
    ON fresh_conversation_roles(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversations USING conversations;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversations AS
SELECT * FROM main.conversations WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversations_path
    ON fresh_conversations(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_users USING conversation_users;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_users AS
SELECT * FROM main.conversation_users WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_users_path
    ON fresh_conversation_users(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_bindings USING conversation_bindings;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_bindings AS
SELECT * FROM main.conversation_bindings WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_bindings_path
    ON fresh_conversation_bindings(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_participants USING participants;
CREATE TEMP TABLE IF NOT EXISTS fresh_participants AS
SELECT * FROM main.participants WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_participants_path
    ON fresh_participants(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_webhooks USING conversation_webhooks;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_webhooks AS
SELECT * FROM main.conversation_webhooks WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_webhooks_path
    ON fresh_conversation_webhooks(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_conversation_messages USING conversation_messages;
CREATE TEMP TABLE IF NOT EXISTS fresh_conversation_messages AS
SELECT * FROM main.conversation_messages WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_conversation_messages_path
    ON fresh_conversation_messages(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_user_conversations USING user_conversations;
CREATE TEMP TABLE IF NOT EXISTS fresh_user_conversations AS
SELECT * FROM main.user_conversations WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_user_conversations_path
    ON fresh_user_conversations(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_delivery_receipts USING delivery_receipts;
CREATE TEMP TABLE IF NOT EXISTS fresh_delivery_receipts AS
SELECT * FROM main.delivery_receipts WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_delivery_receipts_path
    ON fresh_delivery_receipts(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_media USING media;
CREATE TEMP TABLE IF NOT EXISTS fresh_media AS
SELECT * FROM main.media WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_media_path
    ON fresh_media(path);
