-- Made by ext/package/make-archive. The archive's tables of Chat, with the columns of the API and two more:
-- path, the address of the row, its primary key; and gone_at, when the archive found that the service has it no more.
-- Booleans are 0 or 1, times ISO 8601 text in UTC, JSON plain text.

CREATE TABLE IF NOT EXISTS main.services(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "friendly_name" TEXT,
    "default_service_role_sid" TEXT,
    "default_channel_role_sid" TEXT,
    "default_channel_creator_role_sid" TEXT,
    "read_status_enabled" INTEGER,
    "reachability_enabled" INTEGER,
    "typing_indicator_timeout" INTEGER,
    "consumption_report_interval" INTEGER,
    "limits" TEXT,
    "notifications" TEXT,
    "media" TEXT,
    "pre_webhook_url" TEXT,
    "post_webhook_url" TEXT,
    "webhook_method" TEXT,
    "webhook_filters" TEXT,
    "pre_webhook_retry_count" INTEGER,
    "post_webhook_retry_count" INTEGER,
    "webhooks" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.services_sid ON services(sid);

CREATE TABLE IF NOT EXISTS main.credentials(
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
CREATE INDEX IF NOT EXISTS main.credentials_sid ON credentials(sid);

CREATE TABLE IF NOT EXISTS main.roles(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "friendly_name" TEXT,
    "type" TEXT,
    "permissions" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.roles_list ON roles(service_sid);
CREATE INDEX IF NOT EXISTS main.roles_sid ON roles(sid);

CREATE TABLE IF NOT EXISTS main.channels(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "unique_name" TEXT,
    "friendly_name" TEXT,
    "type" TEXT,
    "attributes" TEXT,
    "created_by" TEXT,
    "members_count" INTEGER,
    "messages_count" INTEGER,
    "date_created" TEXT,
    "date_updated" TEXT,
    "messaging_service_sid" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.channels_list ON channels(service_sid);
CREATE INDEX IF NOT EXISTS main.channels_sid ON channels(sid);
CREATE INDEX IF NOT EXISTS main.channels_unique_name ON channels(unique_name);
CREATE INDEX IF NOT EXISTS main.channels_date_created ON channels(date_created);

CREATE TABLE IF NOT EXISTS main.users(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "identity" TEXT,
    "friendly_name" TEXT,
    "role_sid" TEXT,
    "attributes" TEXT,
    "is_online" INTEGER,
    "is_notifiable" INTEGER,
    "joined_channels_count" INTEGER,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.users_list ON users(service_sid);
CREATE INDEX IF NOT EXISTS main.users_sid ON users(sid);
CREATE INDEX IF NOT EXISTS main.users_identity ON users(identity);

CREATE TABLE IF NOT EXISTS main.bindings(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "identity" TEXT,
    "binding_type" TEXT,
    "endpoint" TEXT,
    "credential_sid" TEXT,
    "message_types" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.bindings_list ON bindings(service_sid);
CREATE INDEX IF NOT EXISTS main.bindings_sid ON bindings(sid);
CREATE INDEX IF NOT EXISTS main.bindings_identity ON bindings(identity);

CREATE TABLE IF NOT EXISTS main.members(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "channel_sid" TEXT,
    "identity" TEXT,
    "role_sid" TEXT,
    "attributes" TEXT,
    "last_consumed_message_index" INTEGER,
    "last_consumption_timestamp" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.members_list ON members(channel_sid);
CREATE INDEX IF NOT EXISTS main.members_sid ON members(sid);
CREATE INDEX IF NOT EXISTS main.members_identity ON members(identity);

CREATE TABLE IF NOT EXISTS main.invites(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "channel_sid" TEXT,
    "identity" TEXT,
    "role_sid" TEXT,
    "created_by" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.invites_list ON invites(channel_sid);
CREATE INDEX IF NOT EXISTS main.invites_sid ON invites(sid);
CREATE INDEX IF NOT EXISTS main.invites_identity ON invites(identity);

CREATE TABLE IF NOT EXISTS main.channel_webhooks(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "channel_sid" TEXT,
    "type" TEXT,
    "configuration" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.channel_webhooks_list ON channel_webhooks(channel_sid);
CREATE INDEX IF NOT EXISTS main.channel_webhooks_sid ON channel_webhooks(sid);

CREATE TABLE IF NOT EXISTS main.messages(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "channel_sid" TEXT,
    "index" INTEGER,
    "from" TEXT,
    "body" TEXT,
    "attributes" TEXT,
    "type" TEXT,
    "media" TEXT,
    "was_edited" INTEGER,
    "last_updated_by" TEXT,
    "date_created" TEXT,
    "date_updated" TEXT,
    "to" TEXT,
    "account_sid" TEXT,
    "url" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.messages_order ON messages(channel_sid, "index", gone_at);

CREATE TABLE IF NOT EXISTS main.user_channels(
    path TEXT NOT NULL PRIMARY KEY,
    "channel_sid" TEXT,
    "service_sid" TEXT,
    "user_sid" TEXT,
    "member_sid" TEXT,
    "status" TEXT,
    "notification_level" TEXT,
    "last_consumed_message_index" INTEGER,
    "unread_messages_count" INTEGER,
    "account_sid" TEXT,
    "url" TEXT,
    "links" TEXT,
    gone_at TEXT
);
CREATE INDEX IF NOT EXISTS main.user_channels_list ON user_channels(user_sid);
CREATE INDEX IF NOT EXISTS main.user_channels_channel_sid ON user_channels(channel_sid);

CREATE TABLE IF NOT EXISTS main.user_bindings(
    path TEXT NOT NULL PRIMARY KEY,
    "sid" TEXT,
    "service_sid" TEXT,
    "user_sid" TEXT,
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
CREATE INDEX IF NOT EXISTS main.user_bindings_list ON user_bindings(user_sid);
CREATE INDEX IF NOT EXISTS main.user_bindings_sid ON user_bindings(sid);

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
