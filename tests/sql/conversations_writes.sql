-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --private 60 --states mixed --phones 20 --webhooks 40 --write-limit 0
-- Conversations, their participants, messages and webhooks are written.
CREATE TEMP VIEW sent AS SELECT state, operation || ' ' || table_name AS what, path, body, status, error FROM chat_writes;
UPDATE chat_settings SET value = (SELECT min(sid) FROM conversation_services) WHERE name = 'service_sid';
-- Durations go in, dates come out; an empty value clears the unique name.
INSERT INTO conversations(friendly_name, unique_name, attributes, inactive_timer, closed_timer) VALUES ('Desk', 'desk', '{"a":1}', 'PT90S', 'P2DT3H');
SELECT * FROM sent;
SELECT state, attributes, friendly_name, json_type(timers, '$.date_inactive'), json_type(timers, '$.date_closed') FROM conversations WHERE unique_name = 'desk';
UPDATE conversations SET inactive_timer = 'PT0S', closed_timer = 'P1D', date_updated = '2026-01-02T03:04:05Z' WHERE unique_name = 'desk';
SELECT * FROM sent;
UPDATE conversations SET bindings = '{"email":{"projected_address":"desk@mail.example","name":"Desk"}}' WHERE unique_name = 'desk';
SELECT * FROM sent;
SELECT bindings FROM conversations WHERE unique_name = 'desk';
-- What the service would refuse, or keep without a word, is refused here.
INSERT INTO conversations(unique_name, inactive_timer) VALUES ('x', 'PT59S');
INSERT INTO conversations(unique_name, closed_timer) VALUES ('x', 'PT9M59S');
INSERT INTO conversations(unique_name, closed_timer) VALUES ('x', 'P6M');
INSERT INTO conversations(unique_name, closed_timer) VALUES ('x', 'P1W');
INSERT INTO conversations(unique_name, closed_timer) VALUES ('x', '1 day');
INSERT INTO conversations(unique_name, closed_timer) VALUES ('x', 3600);
INSERT INTO conversations(unique_name, state) VALUES ('x', 'open');
UPDATE conversations SET inactive_timer = NULL WHERE unique_name = 'desk';
UPDATE conversations SET friendly_name = NULL WHERE unique_name = 'desk';
UPDATE conversations SET friendly_name = '' WHERE unique_name = 'desk';
UPDATE conversations SET messaging_service_sid = NULL WHERE unique_name = 'desk';
UPDATE conversations SET timers = '{}' WHERE unique_name = 'desk';
UPDATE conversations SET participants = '[]' WHERE unique_name = 'desk';
-- Nothing of that was sent; what changes nothing is not sent either.
UPDATE conversations SET friendly_name = friendly_name, state = state WHERE unique_name = 'desk';
SELECT count(*) FROM sent;
-- A conversation together with its participants, and what hangs under it in the same transaction. 202 is a success.
BEGIN;
INSERT INTO conversations(unique_name, participants) VALUES ('team', '[{"identity":"ann"},{"identity":"bob"},{"messaging_binding":{"address":"+15551230001","proxy_address":"+15005550000"}}]');
INSERT INTO conversation_messages(conversation_sid, author, body, subject) VALUES ('team', 'ann', 'hello', 'Re: 1');
SELECT * FROM sent;
COMMIT;
SELECT state, path, status FROM sent;
SELECT identity, messaging_binding FROM participants WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') ORDER BY 1;
INSERT INTO conversations(participants) VALUES ('[]');
INSERT INTO conversations(participants) VALUES ('["ann"]');
INSERT INTO conversations(participants) VALUES ('{"identity":"ann"}');
INSERT INTO conversations(participants) VALUES ('[{},{},{},{},{},{},{},{},{},{},{}]');
INSERT OR REPLACE INTO conversations(unique_name, friendly_name, participants) VALUES ('team', 'Team', '[{"identity":"ann"}]');
INSERT OR REPLACE INTO conversations(unique_name, friendly_name) VALUES ('team', 'Team');
SELECT * FROM sent;
SELECT friendly_name FROM conversations WHERE unique_name = 'team';
-- The text of a conflict is the service's: it tells where the pair of addresses is.
INSERT INTO participants(conversation_sid, messaging_binding) SELECT sid, '{"address":"+15551230001","proxy_address":"+15005550000"}' FROM conversations WHERE unique_name = 'desk';
INSERT OR IGNORE INTO participants(conversation_sid, identity) SELECT sid, 'ann' FROM conversations WHERE unique_name = 'team';
INSERT OR REPLACE INTO participants(conversation_sid, identity, attributes) SELECT sid, 'ann', '{}' FROM conversations WHERE unique_name = 'team';
UPDATE participants SET messaging_binding = json_set(messaging_binding, '$.proxy_address', NULL) WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND messaging_binding IS NOT NULL;
SELECT * FROM sent;
UPDATE participants SET messaging_binding = json_remove(messaging_binding, '$.address') WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND messaging_binding IS NOT NULL;
UPDATE participants SET last_read_message_index = 0, last_read_timestamp = '2026-01-02 03:04:05', attributes = '{"b":2}' WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND identity = 'ann';
SELECT * FROM sent;
SELECT last_read_message_index, last_read_timestamp, attributes FROM participants WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND identity = 'ann';
-- Messages: a medium by its SID, a template, what cannot be changed.
INSERT INTO conversation_messages(conversation_sid, author, media) SELECT sid, 'bob', '[{"sid":"ME00000000000000000000000000000001"}]' FROM conversations WHERE unique_name = 'team';
SELECT body FROM sent;
INSERT INTO conversation_messages(conversation_sid, content_sid, content_variables) SELECT sid, 'HX00000000000000000000000000000001', '{"1":"x"}' FROM conversations WHERE unique_name = 'team';
SELECT body FROM sent;
INSERT INTO conversation_messages(conversation_sid, content_variables) SELECT sid, '{1}' FROM conversations WHERE unique_name = 'team';
INSERT INTO conversation_messages(conversation_sid, media) SELECT sid, '{"sid":"ME00000000000000000000000000000001"}' FROM conversations WHERE unique_name = 'team';
INSERT INTO conversation_messages(conversation_sid, media) SELECT sid, '[{"sid":"ME00000000000000000000000000000001","size":3}]' FROM conversations WHERE unique_name = 'team';
INSERT INTO conversation_messages(conversation_sid, media) SELECT sid, '[{"sid":"ME00000000000000000000000000000001"},{"sid":"ME00000000000000000000000000000002"}]' FROM conversations WHERE unique_name = 'team';
UPDATE conversation_messages SET media = '[]' WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team');
UPDATE conversation_messages SET author = 'carol', body = 'edited' WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND "index" = 0;
SELECT body FROM sent;
INSERT INTO conversation_messages(conversation_sid, body) VALUES ('nowhere', 'x');
UPDATE delivery_receipts SET status = 'read' WHERE conversation_sid IN (SELECT conversation_sid FROM delivery_receipts LIMIT 1);
DELETE FROM conversation_messages WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND "index" > 0;
SELECT what, status FROM sent;
-- Keywords of a trigger are sent as what they are, and read as filters.
INSERT INTO conversation_webhooks(conversation_sid, target, configuration, replay_after) SELECT sid, 'Trigger', '{"url":"https://example.com/x","method":"POST","filters":["help","stop"]}', 0 FROM conversations WHERE unique_name = 'team';
SELECT body FROM sent;
UPDATE conversation_webhooks SET configuration = json_set(configuration, '$.filters', json('["go"]')) WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team');
SELECT body FROM sent;
UPDATE conversation_webhooks SET configuration = json_set(configuration, '$.filters', json('["now"]')) FROM (SELECT sid AS s FROM conversations WHERE unique_name = 'team') WHERE conversation_sid = s;
SELECT body FROM sent;
INSERT INTO conversation_webhooks(conversation_sid, target, configuration) SELECT sid, 'webhook', '{"url":"https://example.com/y","filters":["onMessageAdded"]}' FROM conversations WHERE unique_name = 'team';
SELECT body FROM sent;
UPDATE conversation_webhooks SET configuration = json_set(configuration, '$.filters', json('["onMessageRemoved"]')) WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') AND target = 'webhook';
SELECT body FROM sent;
SELECT target, configuration FROM conversation_webhooks WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team') ORDER BY 1;
UPDATE conversation_webhooks SET configuration = json_set(configuration, '$.triggers', json('["x"]')) WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team');
UPDATE conversation_webhooks SET target = 'studio' WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'team');
-- Closed is for ever.
UPDATE conversations SET state = 'closed' WHERE unique_name = 'desk';
UPDATE conversations SET attributes = '{}' WHERE unique_name = 'desk';
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'late' FROM conversations WHERE unique_name = 'desk';
SELECT state FROM conversations WHERE unique_name = 'desk';
UPDATE conversations SET unique_name = NULL WHERE unique_name = 'team';
SELECT body FROM sent;
DELETE FROM conversations WHERE unique_name = 'desk';
SELECT count(*) FROM conversations WHERE unique_name IN ('desk', 'team');
-- The header is sent where there is one to send: not with webhooks, roles and what users have.
UPDATE chat_settings SET value = 'on' WHERE name = 'webhooks';
.shell tests/sql/control EMULATOR_URL reset
INSERT INTO conversations(unique_name, participants) VALUES ('head', '[{"identity":"ann"}]');
INSERT INTO conversation_webhooks(conversation_sid, target, configuration) SELECT sid, 'webhook', '{"url":"https://example.com/y","filters":["onMessageAdded"]}' FROM conversations WHERE unique_name = 'head';
INSERT INTO conversation_roles(friendly_name, type, permissions) VALUES ('r', 'conversation', '["sendMessage"]');
UPDATE user_conversations SET notification_level = 'muted' WHERE user_sid = (SELECT sid FROM conversation_users WHERE identity = 'ann') AND conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'head');
DELETE FROM conversation_users WHERE identity = 'ann';
DELETE FROM conversations WHERE unique_name = 'head';
.shell tests/sql/control EMULATOR_URL webhooks
