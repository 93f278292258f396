-- Made by ext/package/make-archive. For this connection: the service's tables of Chat under other
-- names than the archive's, and for each a table for what a batch has read.

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_services USING services;
CREATE TEMP TABLE IF NOT EXISTS fresh_services AS
SELECT * FROM main.services WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_services_path
    ON fresh_services(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_credentials USING credentials;
CREATE TEMP TABLE IF NOT EXISTS fresh_credentials AS
SELECT * FROM main.credentials WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_credentials_path
    ON fresh_credentials(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_roles USING roles;
CREATE TEMP TABLE IF NOT EXISTS fresh_roles AS
SELECT * FROM main.roles WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_roles_path
    ON fresh_roles(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_channels USING channels;
CREATE TEMP TABLE IF NOT EXISTS fresh_channels AS
SELECT * FROM main.channels WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_channels_path
    ON fresh_channels(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_users USING users;
CREATE TEMP TABLE IF NOT EXISTS fresh_users AS
SELECT * FROM main.users WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_users_path
    ON fresh_users(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_bindings USING bindings;
CREATE TEMP TABLE IF NOT EXISTS fresh_bindings AS
SELECT * FROM main.bindings WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_bindings_path
    ON fresh_bindings(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_members USING members;
CREATE TEMP TABLE IF NOT EXISTS fresh_members AS
SELECT * FROM main.members WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_members_path
    ON fresh_members(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_invites USING invites;
CREATE TEMP TABLE IF NOT EXISTS fresh_invites AS
SELECT * FROM main.invites WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_invites_path
    ON fresh_invites(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_channel_webhooks USING channel_webhooks;
CREATE TEMP TABLE IF NOT EXISTS fresh_channel_webhooks AS
SELECT * FROM main.channel_webhooks WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_channel_webhooks_path
    ON fresh_channel_webhooks(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_messages USING messages;
CREATE TEMP TABLE IF NOT EXISTS fresh_messages AS
SELECT * FROM main.messages WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_messages_path
    ON fresh_messages(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_user_channels USING user_channels;
CREATE TEMP TABLE IF NOT EXISTS fresh_user_channels AS
SELECT * FROM main.user_channels WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_user_channels_path
    ON fresh_user_channels(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_user_bindings USING user_bindings;
CREATE TEMP TABLE IF NOT EXISTS fresh_user_bindings AS
SELECT * FROM main.user_bindings WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_user_bindings_path
    ON fresh_user_bindings(path);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_media USING media;
CREATE TEMP TABLE IF NOT EXISTS fresh_media AS
SELECT * FROM main.media WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS temp.fresh_media_path
    ON fresh_media(path);
