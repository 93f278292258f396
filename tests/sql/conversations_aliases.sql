-- emulator: --seed 3 --services 2 --channels 12 --private 60 --users 20 --members 60 --messages 300 --phones 8 --states mixed --addresses 5 --webhooks 12 --write-limit 0
-- environment: TWILIO_CHAT_API_VERSION=conversations
-- One thing changed under two tables' names in one transaction: nothing is lost, and what is made of what was before is refused.
CREATE TEMP TABLE one AS SELECT sid, chat_service_sid AS service FROM conversations WHERE unique_name = 'General' AND state = 'active' ORDER BY sid LIMIT 1;
CREATE TEMP VIEW now AS SELECT unique_name, friendly_name, attributes FROM conversations WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET friendly_name = 'A', attributes = '{}' WHERE sid = (SELECT sid FROM one);
-- Back to what the service still has.
BEGIN;
UPDATE channels SET unique_name = 'other' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET unique_name = 'General' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM chat_writes;
COMMIT;
SELECT unique_name FROM now;
UPDATE conversations SET unique_name = 'General' WHERE sid = (SELECT sid FROM one);
-- Made of what the service still has.
BEGIN;
UPDATE conversations SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET friendly_name = friendly_name || '+' WHERE sid = (SELECT sid FROM one);
-- OR IGNORE does not pass over it.
UPDATE OR IGNORE channels SET friendly_name = friendly_name || '+' WHERE sid = (SELECT sid FROM one);
ROLLBACK;
-- What is given is sent, in turn; the same as before only where the other name has come between.
BEGIN;
UPDATE conversations SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET attributes = '{"n":1}' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET attributes = '{"n":1}' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET attributes = '{"n":2}', friendly_name = 'A' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET friendly_name = 'B', unique_name = 'General' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM chat_writes;
COMMIT;
SELECT friendly_name, attributes FROM now;
-- Another conversation, or a call that was rolled back, is nothing to it.
BEGIN;
SAVEPOINT here;
UPDATE channels SET friendly_name = 'C' WHERE sid = (SELECT sid FROM one);
ROLLBACK TO here;
UPDATE channels SET friendly_name = 'C' WHERE sid = (SELECT min(sid) FROM conversations WHERE sid <> (SELECT sid FROM one) AND chat_service_sid = (SELECT service FROM one) AND state = 'active');
UPDATE conversations SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
UPDATE user_channels SET notification_level = 'muted' WHERE user_sid = (SELECT min(user_sid) FROM user_conversations WHERE conversation_sid = (SELECT sid FROM one)) AND channel_sid = (SELECT sid FROM one);
UPDATE conversations SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
ROLLBACK;
-- Participants, and a user's conversations.
CREATE TEMP TABLE somebody AS SELECT sid FROM participants WHERE conversation_sid = (SELECT sid FROM one) AND identity IS NOT NULL ORDER BY sid LIMIT 1;
UPDATE participants SET attributes = '{}' WHERE conversation_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
BEGIN;
UPDATE participants SET attributes = '{"a":1}' WHERE conversation_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
UPDATE members SET attributes = '{}' WHERE channel_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
-- Nobody else there has been changed.
UPDATE members SET attributes = json_set(attributes, '$.else', 1) WHERE channel_sid = (SELECT sid FROM one) AND sid = (SELECT max(sid) FROM participants WHERE conversation_sid = (SELECT sid FROM one) AND identity IS NOT NULL AND sid <> (SELECT sid FROM somebody));
UPDATE members SET attributes = json_set(attributes, '$.same', 1) WHERE channel_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
SELECT state, operation, table_name, sid = (SELECT sid FROM somebody) AS same FROM chat_writes;
ROLLBACK;
BEGIN;
UPDATE participants SET last_read_message_index = 1 WHERE conversation_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
UPDATE members SET last_consumed_message_index = ifnull(last_consumed_message_index, 0) + 1 WHERE channel_sid = (SELECT sid FROM one) AND sid = (SELECT max(sid) FROM participants WHERE conversation_sid = (SELECT sid FROM one) AND identity IS NOT NULL AND sid <> (SELECT sid FROM somebody));
UPDATE members SET last_consumed_message_index = ifnull(last_consumed_message_index, 0) + 1 WHERE channel_sid = (SELECT sid FROM one) AND sid = (SELECT sid FROM somebody);
SELECT state, operation, table_name, sid = (SELECT sid FROM somebody) AS same FROM chat_writes;
ROLLBACK;
-- A service and what it has one of each; those do not trouble each other.
UPDATE service_webhooks SET method = 'POST', pre_webhook_url = 'https://old.example' WHERE chat_service_sid = (SELECT service FROM one);
UPDATE service_configurations SET reachability_enabled = 1 WHERE chat_service_sid = (SELECT service FROM one);
BEGIN;
UPDATE services SET pre_webhook_url = 'https://new.example' WHERE sid = (SELECT service FROM one);
UPDATE service_webhooks SET pre_webhook_url = 'https://old.example' WHERE chat_service_sid = (SELECT service FROM one);
ROLLBACK;
BEGIN;
UPDATE service_webhooks SET pre_webhook_url = 'https://new.example' WHERE chat_service_sid = (SELECT service FROM one);
UPDATE service_configurations SET reachability_enabled = 1 WHERE chat_service_sid = (SELECT service FROM one);
UPDATE services SET pre_webhook_url = 'https://old.example' WHERE sid = (SELECT service FROM one);
SELECT path, body FROM chat_writes;
ROLLBACK;
-- The Chat API's tables, beside those of Conversations.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
BEGIN;
UPDATE channels SET unique_name = 'other' WHERE service_sid = (SELECT service FROM one) AND sid = (SELECT sid FROM one);
UPDATE conversations SET unique_name = 'General' WHERE sid = (SELECT sid FROM one);
COMMIT;
SELECT unique_name FROM now;
-- What is private is so for good, whatever else has changed.
BEGIN;
UPDATE conversations SET friendly_name = 'C', inactive_timer = 'P2D' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET type = 'private' WHERE service_sid = (SELECT service FROM one) AND sid = (SELECT sid FROM one);
UPDATE channels SET type = type, friendly_name = 'D' WHERE service_sid = (SELECT service FROM one) AND sid = (SELECT sid FROM one);
SELECT path, body FROM chat_writes;
ROLLBACK;
