-- environment: TWILIO_CHAT_API_VERSION=conversations
-- What Conversations does not take is refused before anything is sent, with what to do.
UPDATE chat_settings SET value = (SELECT max(sid) FROM services) WHERE name = 'service_sid';
CREATE TEMP TABLE one AS SELECT sid FROM channels ORDER BY date_created, sid LIMIT 1;
DELETE FROM chat_requests;
INSERT INTO channels(unique_name, type) VALUES ('x', 'public');
INSERT INTO channels(unique_name, created_by) VALUES ('x', 'alice');
INSERT INTO channels(unique_name, members_count) VALUES ('x', 3);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET created_by = 'alice' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET friendly_name = NULL WHERE sid = (SELECT sid FROM one);
UPDATE channels SET messaging_service_sid = NULL WHERE sid = (SELECT sid FROM one) AND messaging_service_sid IS NOT NULL;
INSERT INTO members(channel_sid, identity, last_consumed_message_index) VALUES ((SELECT sid FROM one), 'x', 3);
INSERT INTO members(channel_sid, identity, last_consumption_timestamp) VALUES ((SELECT sid FROM one), 'x', '2026-01-01T00:00:00Z');
INSERT INTO members(channel_sid) VALUES ((SELECT sid FROM one));
INSERT INTO messages(channel_sid, body, last_updated_by) VALUES ((SELECT sid FROM one), 'x', 'alice');
INSERT INTO messages(channel_sid, body, "to") VALUES ((SELECT sid FROM one), 'x', (SELECT sid FROM one));
INSERT INTO roles(friendly_name, type, permissions) VALUES ('x', 'conversation', '[]');
INSERT INTO channel_webhooks(channel_sid, type, configuration) VALUES ((SELECT sid FROM one), 'webhook', '{"url":"https://example.com","retry_count":3}');
INSERT INTO invites(channel_sid, identity) VALUES ((SELECT sid FROM one), 'x');
DELETE FROM user_bindings;
UPDATE services SET friendly_name = 'x';
UPDATE services SET limits = '{"channel_members":5}';
UPDATE services SET pre_webhook_retry_count = 2;
UPDATE services SET notifications = '{"invited_to_channel":{"enabled":true}}';
UPDATE services SET reachability_enabled = 1, webhook_method = 'PUT';
UPDATE user_channels SET status = 'invited' WHERE user_sid IN (SELECT sid FROM users);
SELECT method, count(*) FROM chat_requests WHERE method <> 'GET' GROUP BY 1;
SELECT count(*) FROM chat_writes;
-- In v2 the same settings keep their meaning.
CREATE VIRTUAL TABLE temp.old_services USING services(api_version = 'v2');
UPDATE temp.old_services SET pre_webhook_retry_count = 1 WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
SELECT state, path, body FROM chat_writes;
-- The first of three calls is refused: those after it are not sent.
UPDATE services SET default_channel_role_sid = 'RL00000000000000000000000000000000', webhook_method = 'POST', notifications = json_set(notifications, '$.log_enabled', json('true')) WHERE sid = (SELECT value FROM chat_settings WHERE name = 'service_sid');
SELECT state, path, status FROM chat_writes;
-- A closed conversation: the service's own word.
UPDATE conversations SET state = 'closed' WHERE sid = (SELECT sid FROM one);
INSERT INTO messages(channel_sid, body) VALUES ((SELECT sid FROM one), 'too late');
-- A name that is there.
INSERT OR IGNORE INTO channels(unique_name) SELECT unique_name FROM channels WHERE unique_name IS NOT NULL ORDER BY sid LIMIT 1;
SELECT state, status FROM chat_writes;
INSERT INTO users(identity, friendly_name) VALUES ('replaced', 'first');
SELECT state, method, path, body FROM chat_writes;
SELECT friendly_name FROM users WHERE identity = 'replaced';
UPDATE users SET friendly_name = NULL WHERE identity = 'replaced';
SELECT friendly_name FROM users WHERE identity = 'replaced';
-- What is there already as it is given stands in nobody's way.
INSERT INTO channels(unique_name, friendly_name) VALUES ('twice', 'first');
INSERT OR REPLACE INTO channels(unique_name, friendly_name, type) VALUES ('twice', 'second', 'private');
SELECT state, method, path, body FROM chat_writes;
-- Where a channel lives is found out.
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
DELETE FROM chat_requests;
INSERT INTO messages(channel_sid, body) SELECT sid, 'found' FROM channels WHERE unique_name = 'twice';
SELECT state, method, path FROM chat_writes;
INSERT INTO channels(unique_name) VALUES ('x');
