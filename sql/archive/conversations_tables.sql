-- Made by ext/package/make-archive. The archive's tables of Conversations, with the columns of the API and two more:
-- path, the address of the row, its primary key; and gone_at, when the archive found that the service has it no more.
-- Booleans are 0 or 1, times ISO 8601 text in UTC, JSON plain text.

CREATE TABLE IF NOT EXISTS main.conversation_services(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "friendly_name" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_services_sid ON conversation_services(sid);

CREATE TABLE IF NOT EXISTS main.conversation_credentials(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "friendly_name" TEXT,
    "type" TEXT,
    "sandbox" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_credentials_sid ON conversation_credentials(sid);

CREATE TABLE IF NOT EXISTS main.address_configurations(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "type" TEXT,
    "address" TEXT,
    "friendly_name" TEXT,
    "auto_creation" TEXT,
    "address_country" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.address_configurations_sid ON address_configurations(sid);
CREATE INDEX IF NOT EXISTS main.address_configurations_address ON address_configurations(address);

CREATE TABLE IF NOT EXISTS main.account_configuration(
    path TEXT NOT NULL PRIMARY KEY,
    "account_sid" TEXT,
    "default_chat_service_sid" TEXT,
    "default_messaging_service_sid" TEXT,
    "default_inactive_timer" TEXT,
    "default_closed_timer" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);

CREATE TABLE IF NOT EXISTS main.account_webhooks(
    path TEXT NOT NULL PRIMARY KEY,
    "account_sid" TEXT,
    "pre_webhook_url" TEXT,
    "post_webhook_url" TEXT,
    "filters" TEXT,
    "method" TEXT,
    "target" TEXT,
    "url" TEXT,
    gone_at TEXT
);

CREATE TABLE IF NOT EXISTS main.service_configurations(
    path TEXT NOT NULL PRIMARY KEY,
    "chat_service_sid" TEXT,
    "default_chat_service_role_sid" TEXT,
    "default_conversation_role_sid" TEXT,
    "default_conversation_creator_role_sid" TEXT,
    "reachability_enabled" INTEGER,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.service_configurations_list ON service_configurations(chat_service_sid);

CREATE TABLE IF NOT EXISTS main.service_notifications(
    path TEXT NOT NULL PRIMARY KEY,
    "chat_service_sid" TEXT,
    "new_message" TEXT,
    "added_to_conversation" TEXT,
    "removed_from_conversation" TEXT,
    "log_enabled" INTEGER,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.service_notifications_list ON service_notifications(chat_service_sid);

CREATE TABLE IF NOT EXISTS main.service_webhooks(
    path TEXT NOT NULL PRIMARY KEY,
    "chat_service_sid" TEXT,
    "pre_webhook_url" TEXT,
    "post_webhook_url" TEXT,
    "filters" TEXT,
    "method" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.service_webhooks_list ON service_webhooks(chat_service_sid);

CREATE TABLE IF NOT EXISTS main.conversation_roles(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "friendly_name" TEXT,
    "type" TEXT,
    "permissions" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_roles_list ON conversation_roles(chat_service_sid);
CREATE INDEX IF NOT EXISTS main.conversation_roles_sid ON conversation_roles(sid);

CREATE TABLE IF NOT EXISTS main.conversations(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "unique_name" TEXT,
    "friendly_name" TEXT,
    "state" TEXT,
    "attributes" TEXT,
    "timers" TEXT,
    "bindings" TEXT,
    "messaging_service_sid" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversations_list ON conversations(chat_service_sid);
CREATE INDEX IF NOT EXISTS main.conversations_sid ON conversations(sid);
CREATE INDEX IF NOT EXISTS main.conversations_unique_name ON conversations(unique_name);
CREATE INDEX IF NOT EXISTS main.conversations_date_created ON conversations(date_created);

CREATE TABLE IF NOT EXISTS main.conversation_users(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "identity" TEXT,
    "friendly_name" TEXT,
    "role_sid" TEXT,
    "attributes" TEXT,
    "is_online" INTEGER,
    "is_notifiable" INTEGER,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_users_list ON conversation_users(chat_service_sid);
CREATE INDEX IF NOT EXISTS main.conversation_users_sid ON conversation_users(sid);
CREATE INDEX IF NOT EXISTS main.conversation_users_identity ON conversation_users(identity);

CREATE TABLE IF NOT EXISTS main.conversation_bindings(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "identity" TEXT,
    "binding_type" TEXT,
    "endpoint" TEXT,
    "credential_sid" TEXT,
    "message_types" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_bindings_list ON conversation_bindings(chat_service_sid);
CREATE INDEX IF NOT EXISTS main.conversation_bindings_sid ON conversation_bindings(sid);
CREATE INDEX IF NOT EXISTS main.conversation_bindings_identity ON conversation_bindings(identity);

CREATE TABLE IF NOT EXISTS main.participants(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "conversation_sid" TEXT,
    "identity" TEXT,
    "messaging_binding" TEXT,
    "role_sid" TEXT,
    "attributes" TEXT,
    "last_read_message_index" INTEGER,
    "last_read_timestamp" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.participants_list ON participants(conversation_sid);
CREATE INDEX IF NOT EXISTS main.participants_sid ON participants(sid);
CREATE INDEX IF NOT EXISTS main.participants_identity ON participants(identity);

CREATE TABLE IF NOT EXISTS main.conversation_webhooks(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "conversation_sid" TEXT,
    "target" TEXT,
    "configuration" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_webhooks_list ON conversation_webhooks(conversation_sid);
CREATE INDEX IF NOT EXISTS main.conversation_webhooks_sid ON conversation_webhooks(sid);

CREATE TABLE IF NOT EXISTS main.conversation_messages(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "conversation_sid" TEXT,
    "index" INTEGER,
    "author" TEXT,
    "body" TEXT,
    "media" TEXT,
    "attributes" TEXT,
    "participant_sid" TEXT,
    "delivery" TEXT,
    "content_sid" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.conversation_messages_order ON conversation_messages(conversation_sid, "index", gone_at);

CREATE TABLE IF NOT EXISTS main.user_conversations(
    path TEXT NOT NULL PRIMARY KEY,
    "conversation_sid" TEXT,
    "chat_service_sid" TEXT,
    "user_sid" TEXT,
    "participant_sid" TEXT,
    "unique_name" TEXT,
    "friendly_name" TEXT,
    "conversation_state" TEXT,
    "notification_level" TEXT,
    "last_read_message_index" INTEGER,
    "unread_messages_count" INTEGER,
    "attributes" TEXT,
    "timers" TEXT,
    "created_by" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.user_conversations_list ON user_conversations(user_sid);
CREATE INDEX IF NOT EXISTS main.user_conversations_conversation_sid ON user_conversations(conversation_sid);

CREATE TABLE IF NOT EXISTS main.delivery_receipts(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "chat_service_sid" TEXT,
    "conversation_sid" TEXT,
    "message_sid" TEXT,
    "participant_sid" TEXT,
    "channel_message_sid" TEXT,
    "status" TEXT,
    "error_code" INTEGER,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.delivery_receipts_list ON delivery_receipts(message_sid);
CREATE INDEX IF NOT EXISTS main.delivery_receipts_sid ON delivery_receipts(sid);

CREATE TABLE IF NOT EXISTS main.media(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "channel_sid" TEXT,
    "message_sid" TEXT,
    "content_type" TEXT,
    "filename" TEXT,
    "size" INTEGER,
    "category" TEXT,
    "author" TEXT,
    "date_created" TEXT,
    "date_upload_updated" TEXT,
    "date_updated" TEXT,
    "is_multipart_upstream" INTEGER,
    "url" TEXT,
    content BLOB,
    file TEXT,
    gone_at TEXT,
    CONSTRAINT content_has_its_size CHECK (content IS NULL OR length(content) = size)
);
CREATE INDEX IF NOT EXISTS main.media_sid ON media(sid);
CREATE INDEX IF NOT EXISTS main.media_message_sid ON media(message_sid);
