-- emulator: --seed 3 --services 1 --channels 8 --private 100 --users 8 --members 20 --messages 40 --phones 6 --addresses 6 --webhooks 16 --write-limit 0
-- A key of a JSON column that an earlier statement of the transaction has added, and a later one leaves out: refused, as it is
-- where the earlier one has been sent.
CREATE TEMP VIEW pending AS SELECT path, body FROM chat_writes WHERE state = 'pending';
CREATE TEMP TABLE address AS SELECT sid, auto_creation FROM address_configurations WHERE json_extract(auto_creation, '$.type') = 'default' ORDER BY sid LIMIT 1;
BEGIN;
UPDATE address_configurations SET auto_creation = '{"enabled":true,"type":"webhook","webhook_url":"https://new.example"}' WHERE sid = (SELECT sid FROM address);
UPDATE address_configurations SET auto_creation = '{"enabled":false,"type":"default"}' WHERE sid = (SELECT sid FROM address);
SELECT body FROM pending;
COMMIT;
UPDATE address_configurations SET auto_creation = '{"enabled":false,"type":"default"}' WHERE sid = (SELECT sid FROM address);
-- ... an array, too; another value is sent.
BEGIN;
UPDATE address_configurations SET auto_creation = '{"enabled":true,"type":"webhook","webhook_url":"https://new.example","webhook_filters":["onMessageAdded"]}' WHERE sid = (SELECT sid FROM address);
UPDATE address_configurations SET auto_creation = '{"enabled":true,"type":"webhook","webhook_url":"https://new.example"}' WHERE sid = (SELECT sid FROM address);
UPDATE address_configurations SET auto_creation = '{"enabled":true,"type":"webhook","webhook_url":"https://new.example","webhook_filters":[]}' WHERE sid = (SELECT sid FROM address);
SELECT body FROM pending;
ROLLBACK;
CREATE TEMP TABLE one AS SELECT sid, chat_service_sid AS service FROM conversations WHERE bindings IS NULL AND state = 'active' ORDER BY sid LIMIT 1;
BEGIN;
UPDATE conversations SET bindings = '{"email":{"name":"n"}}' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET bindings = '{}' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET bindings = '{"email":{"name":"m","projected_address":"a@b.example"}}' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET bindings = '{"email":{"name":"n"}}' WHERE sid = (SELECT sid FROM one);
SELECT body FROM pending;
ROLLBACK;
-- What is taken away again, by null, may be left out.
CREATE TEMP TABLE somebody AS SELECT path FROM participants WHERE messaging_binding IS NULL ORDER BY sid LIMIT 1;
BEGIN;
UPDATE participants SET messaging_binding = '{"projected_address":"+15550001111"}' WHERE path = (SELECT path FROM somebody);
UPDATE participants SET messaging_binding = '{}' WHERE path = (SELECT path FROM somebody);
UPDATE participants SET messaging_binding = '{"projected_address":null}' WHERE path = (SELECT path FROM somebody);
UPDATE participants SET messaging_binding = '{}' WHERE path = (SELECT path FROM somebody);
SELECT body FROM pending;
ROLLBACK;
-- By another table's name.
CREATE VIRTUAL TABLE temp.channel_webhooks2 USING channel_webhooks(api_version='v2');
CREATE TEMP TABLE hook AS SELECT sid, configuration FROM conversation_webhooks WHERE target = 'studio' ORDER BY sid LIMIT 1;
BEGIN;
UPDATE channel_webhooks2 SET configuration = json_set(configuration, '$.url', 'https://new.example') WHERE sid = (SELECT sid FROM hook);
UPDATE conversation_webhooks SET configuration = (SELECT configuration FROM hook) WHERE sid = (SELECT sid FROM hook);
SELECT body FROM pending;
ROLLBACK;
CREATE VIRTUAL TABLE temp.services_c USING services(api_version='conversations');
CREATE TEMP TABLE service AS SELECT notifications FROM services_c;
BEGIN;
UPDATE service_notifications SET new_message = json_set(new_message, '$.sound', 'loud');
UPDATE services_c SET notifications = (SELECT json_remove(notifications, '$.new_message.sound') FROM service);
SELECT path, body FROM pending;
ROLLBACK;
-- Of a row that was changed by another table's name only what was changed there is not known: nothing else is sent, and nothing
-- else is said to have been changed.
UPDATE conversations SET friendly_name = 'A', attributes = '{}' WHERE sid = (SELECT sid FROM one);
BEGIN;
UPDATE channels SET friendly_name = 'B' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET unique_name = (SELECT unique_name FROM channels WHERE sid = (SELECT sid FROM one)), friendly_name = 'A' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET attributes = json_set(attributes, '$.n', 1) WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET friendly_name = friendly_name || '+' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM pending;
ROLLBACK;
-- What this table has no column for changes nothing of what it has.
BEGIN;
UPDATE conversations SET inactive_timer = 'P2D' WHERE sid = (SELECT sid FROM one);
UPDATE channels SET friendly_name = 'A' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM pending;
ROLLBACK;
-- A name that the row has got by another table counts for OR REPLACE.
BEGIN;
UPDATE channels SET unique_name = 'called' WHERE sid = (SELECT sid FROM one);
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name, bindings) SELECT service, 'called', 'replaced', '{"email":{"name":"n"}}' FROM one;
UPDATE conversations SET friendly_name = 'A', attributes = '{}' WHERE sid = (SELECT sid FROM one);
UPDATE conversations SET bindings = '{}' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM pending;
ROLLBACK;
