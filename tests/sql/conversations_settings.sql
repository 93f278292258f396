-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --private 60 --addresses 7 --credentials 4 --bindings 12 --write-limit 0
-- What services and the account have one of, and what else is written beside conversations.
CREATE TEMP VIEW sent AS SELECT state, operation || ' ' || table_name AS what, path, body, status, error FROM chat_writes;
UPDATE chat_settings SET value = (SELECT chat_service_sid FROM conversation_users GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) WHERE name = 'service_sid';
-- One row each: it is updated, and neither made nor deleted.
UPDATE service_configurations SET reachability_enabled = 1;
SELECT * FROM sent;
UPDATE service_notifications SET new_message = json_set(new_message, '$.with_media.enabled', json('true'), '$.sound', 'ding'), log_enabled = 1;
SELECT * FROM sent;
UPDATE service_webhooks SET filters = '["onMessageAdded","onUserAdded"]', method = 'POST', post_webhook_url = 'https://example.com/p';
SELECT * FROM sent;
UPDATE account_configuration SET default_inactive_timer = 'PT2M', default_closed_timer = 'PT0S';
SELECT * FROM sent;
UPDATE account_webhooks SET filters = '["onUserAdded"]', target = 'FLEX';
SELECT * FROM sent;
SELECT reachability_enabled FROM service_configurations;
SELECT new_message, log_enabled FROM service_notifications;
SELECT filters, method, post_webhook_url FROM service_webhooks;
SELECT default_inactive_timer, default_closed_timer FROM account_configuration;
SELECT filters, target FROM account_webhooks;
UPDATE service_configurations SET reachability_enabled = 1;
SELECT count(*) FROM sent WHERE what LIKE '%service_configurations';
UPDATE account_configuration SET default_inactive_timer = 'PT30S';
UPDATE account_configuration SET default_inactive_timer = NULL;
UPDATE service_configurations SET chat_service_sid = 'IS00000000000000000000000000000001';
INSERT INTO service_configurations(chat_service_sid, reachability_enabled) VALUES ('IS00000000000000000000000000000001', 1);
INSERT INTO account_webhooks(target) VALUES ('flex');
DELETE FROM service_webhooks;
DELETE FROM service_notifications WHERE path = '/x';
DELETE FROM account_configuration;
-- With reachability on, who is online is asked of each user that a list hides it of; the configuration once.
DELETE FROM chat_requests;
SELECT count(*) FROM conversation_users WHERE is_online IS NOT NULL;
SELECT sum(path LIKE '%/Configuration'), sum(path LIKE '%/Users?%'), sum(path LIKE '%/Users/%') = (SELECT count(*) FROM conversation_users) FROM chat_requests;
UPDATE service_configurations SET reachability_enabled = 0;
DELETE FROM chat_requests;
SELECT count(*) FROM conversation_users WHERE is_online IS NOT NULL;
SELECT sum(path LIKE '%/Configuration'), count(*) FROM chat_requests WHERE method = 'GET';
-- Services have a name at the beginning only.
UPDATE conversation_services SET friendly_name = 'other';
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
INSERT INTO conversation_services(friendly_name) VALUES ('new one');
SELECT friendly_name, account_sid FROM conversation_services WHERE friendly_name = 'new one';
DELETE FROM conversation_services WHERE friendly_name = 'new one';
SELECT * FROM sent;
UPDATE chat_settings SET value = (SELECT chat_service_sid FROM conversation_users GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) WHERE name = 'service_sid';
-- Users: an empty value clears the name.
INSERT INTO conversation_users(identity, friendly_name, attributes) VALUES ('zoe', 'Zoe', '{"a":1}');
UPDATE conversation_users SET friendly_name = NULL WHERE identity = 'zoe';
SELECT * FROM sent;
SELECT friendly_name, attributes FROM conversation_users WHERE identity = 'zoe';
INSERT INTO conversation_users(identity) VALUES ('zoe');
INSERT OR IGNORE INTO conversation_users(identity) VALUES ('zoe');
INSERT INTO conversation_users(identity) VALUES ('system');
UPDATE conversation_users SET identity = 'y' WHERE identity = 'zoe';
DELETE FROM conversation_users WHERE identity = 'zoe';
-- What each has in a conversation.
INSERT INTO conversations(unique_name, participants) VALUES ('team', '[{"identity":"ann"}]');
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'x' FROM conversations WHERE unique_name = 'team';
UPDATE user_conversations SET notification_level = 'Muted', last_read_message_index = 0, last_read_timestamp = '2026-01-02T03:04:05Z' WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann');
SELECT * FROM sent;
SELECT notification_level, last_read_message_index, unread_messages_count, unique_name FROM user_conversations WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann');
UPDATE user_conversations SET last_read_message_index = NULL WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann');
SELECT * FROM sent;
UPDATE user_conversations SET notification_level = 'loud' WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann');
INSERT INTO user_conversations(conversation_sid) VALUES ('CH00000000000000000000000000000001');
DELETE FROM user_conversations WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann');
SELECT count(*) FROM participants WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team');
INSERT INTO participant_conversations(participant_identity) VALUES ('ann');
-- Roles.
INSERT INTO conversation_roles(friendly_name, type, permissions) VALUES ('guest', 'conversation', '["sendMessage"]');
SELECT * FROM sent;
UPDATE conversation_roles SET permissions = '["sendMessage","leaveConversation"]' WHERE friendly_name = 'guest';
SELECT * FROM sent;
INSERT INTO conversation_roles(friendly_name, type, permissions) VALUES ('guest', 'channel', '["sendMessage"]');
UPDATE conversation_roles SET friendly_name = 'x' WHERE friendly_name = 'guest';
-- Addresses, whose type may be written in any case and is read as it was written; secrets that are not shown.
INSERT INTO address_configurations(type, address, friendly_name, auto_creation) VALUES ('whatsApp', 'whatsapp:+15559990000', 'w', '{"enabled":true,"type":"webhook","webhook_method":"POST","webhook_filters":["onMessageAdded"]}');
SELECT * FROM sent;
SELECT type, auto_creation FROM address_configurations WHERE address = 'whatsapp:+15559990000';
SELECT count(*) FROM address_configurations WHERE type = 'whatsApp';
UPDATE address_configurations SET auto_creation = json_set(auto_creation, '$.enabled', json('false')), friendly_name = NULL WHERE address = 'whatsapp:+15559990000';
SELECT * FROM sent;
UPDATE address_configurations SET type = 'sms' WHERE address = 'whatsapp:+15559990000';
UPDATE address_configurations SET auto_creation = json_set(auto_creation, '$.binding_name', 'x') WHERE address = 'whatsapp:+15559990000';
INSERT INTO address_configurations(type, address) VALUES ('fax', '+1');
INSERT INTO address_configurations(type) VALUES ('sms');
DELETE FROM address_configurations WHERE address = 'whatsapp:+15559990000';
SELECT * FROM sent;
INSERT INTO conversation_credentials(type, friendly_name, secret) VALUES ('fcm', 'f', 's3cret');
SELECT * FROM sent;
UPDATE conversation_credentials SET type = 'GCM', api_key = 'k3y' WHERE friendly_name = 'f';
SELECT * FROM sent;
SELECT type, secret, api_key FROM conversation_credentials WHERE friendly_name = 'f';
DELETE FROM conversation_bindings WHERE sid = (SELECT min(sid) FROM conversation_bindings);
UPDATE conversation_bindings SET endpoint = 'x' WHERE sid = (SELECT min(sid) FROM conversation_bindings);
-- A default timer that is NULL is what it was: a row that is given back whole changes nothing there.
UPDATE account_configuration SET default_inactive_timer = 'PT0S', default_closed_timer = 'PT0S';
SELECT default_inactive_timer, default_closed_timer FROM account_configuration;
UPDATE account_configuration SET default_inactive_timer = default_inactive_timer, default_messaging_service_sid = 'MG00000000000000000000000000000009';
SELECT body FROM chat_writes;
