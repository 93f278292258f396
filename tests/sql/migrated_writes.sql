-- environment: TWILIO_CHAT_API_VERSION=conversations
-- environment: TWILIO_CHAT_WEBHOOKS=on
-- What Chat's INSERT, UPDATE and DELETE send to Conversations.
UPDATE chat_settings SET value = (SELECT max(sid) FROM services) WHERE name = 'service_sid';
DELETE FROM chat_requests;
BEGIN;
INSERT INTO channels(unique_name, friendly_name, type, attributes, messaging_service_sid) VALUES ('moved', 'Moved', 'private', '{"a":1}', 'MG0123456789abcdef0123456789abcdef');
INSERT INTO members(channel_sid, identity, attributes) VALUES ('moved', 'newcomer', '{"b":2}');
INSERT INTO messages(channel_sid, "from", body) VALUES ('moved', 'newcomer', 'hello');
INSERT INTO roles(friendly_name, type, permissions) VALUES ('greeter', 'channel', '["sendMessage","addMember","inviteMember","leaveChannel"]');
INSERT INTO channel_webhooks(channel_sid, type, configuration) VALUES ('moved', 'webhook', '{"url":"https://example.com/w","method":"POST","filters":["onMessageSent","onMemberAdded"]}');
SELECT seq, state, table_name, method, path, body FROM chat_writes;
COMMIT;
SELECT seq, state, table_name, method, path, status FROM chat_writes;
SELECT type, unique_name, friendly_name, attributes, messaging_service_sid FROM channels WHERE unique_name = 'moved';
SELECT identity, attributes, last_consumed_message_index FROM members WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
SELECT "index", "from", body FROM messages WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
SELECT type, permissions FROM roles WHERE friendly_name = 'greeter';
SELECT type, configuration FROM channel_webhooks WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
-- Updates.
BEGIN;
UPDATE members SET last_consumed_message_index = 0 WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
UPDATE messages SET body = 'hello again', "from" = 'system' WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
UPDATE channels SET friendly_name = 'Moved on' WHERE unique_name = 'moved';
UPDATE channels SET type = 'private' WHERE unique_name = 'moved';
UPDATE roles SET permissions = '["sendMessage","editChannelName"]' WHERE friendly_name = 'greeter';
UPDATE user_channels SET last_consumed_message_index = 0, notification_level = 'muted' WHERE user_sid = (SELECT sid FROM users WHERE identity = 'newcomer');
SELECT seq, table_name, method, path, body FROM chat_writes;
COMMIT;
SELECT state, count(*) FROM chat_writes GROUP BY 1;
SELECT identity, last_consumed_message_index FROM members WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
SELECT last_consumed_message_index, notification_level FROM user_channels WHERE user_sid = (SELECT sid FROM users WHERE identity = 'newcomer');
SELECT permissions FROM roles WHERE friendly_name = 'greeter';
-- The same values once more: nothing to send.
UPDATE channels SET friendly_name = 'Moved on', type = 'private' WHERE unique_name = 'moved';
UPDATE roles SET permissions = '["sendMessage","editChannelName"]' WHERE friendly_name = 'greeter';
SELECT seq, path FROM chat_writes;
-- A service: one UPDATE, up to three calls, each only where something of it has changed.
UPDATE services SET reachability_enabled = 1 WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
SELECT state, path, body, status FROM chat_writes;
UPDATE services SET reachability_enabled = 0, webhook_filters = '["onMessageSent","onChannelAdded"]', webhook_method = 'GET', post_webhook_url = 'https://example.com/p', notifications = json_set(notifications, '$.added_to_channel.enabled', json('true')), default_channel_role_sid = (SELECT sid FROM roles WHERE friendly_name = 'greeter') WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
SELECT state, path, body, status FROM chat_writes;
SELECT reachability_enabled, webhook_filters, webhook_method, post_webhook_url, notifications -> 'added_to_channel' ->> 'enabled', default_channel_role_sid = (SELECT sid FROM roles WHERE friendly_name = 'greeter') FROM services WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
DELETE FROM chat_requests;
UPDATE services SET reachability_enabled = 1 - reachability_enabled, webhook_method = 'GET' WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
SELECT * FROM calls; DELETE FROM chat_requests;
INSERT INTO services(friendly_name) VALUES ('another');
SELECT state, path, body, status FROM chat_writes;
-- Deleting.
DELETE FROM messages WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved');
DELETE FROM members WHERE channel_sid = (SELECT sid FROM channels WHERE unique_name = 'moved') AND identity = 'newcomer';
SELECT state, method, path, status FROM chat_writes;
DELETE FROM channels WHERE unique_name = 'moved';
DELETE FROM roles WHERE friendly_name = 'greeter';
SELECT state, method, path, status FROM chat_writes;
