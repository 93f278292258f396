-- emulator: --seed 3 --services 2 --channels 12 --private 60 --users 20 --members 60 --messages 300 --phones 8 --states mixed --addresses 5 --webhooks 12 --write-limit 0
-- Several calls of one transaction about the same row, or list, of what stands below Configuration.
CREATE TEMP TABLE one AS SELECT min(sid) AS sid FROM address_configurations;
UPDATE address_configurations SET friendly_name = 'old' WHERE sid = (SELECT sid FROM one);
-- Back to what it was: two calls, in order. Twice the same: one.
BEGIN;
UPDATE address_configurations SET friendly_name = 'new' WHERE sid = (SELECT sid FROM one);
UPDATE address_configurations SET friendly_name = 'old' WHERE sid = (SELECT sid FROM one);
UPDATE address_configurations SET friendly_name = 'old' WHERE sid = (SELECT sid FROM one);
SELECT path, body FROM chat_writes;
COMMIT;
SELECT friendly_name FROM address_configurations WHERE sid = (SELECT sid FROM one);
BEGIN;
UPDATE address_configurations SET friendly_name = 'new' WHERE sid = (SELECT sid FROM one);
UPDATE address_configurations SET friendly_name = friendly_name || '+' WHERE sid = (SELECT sid FROM one);
ROLLBACK;
-- A deleted address is free for the row that is made after: that waits for a DELETE that takes long.
CREATE TEMP TABLE copy AS SELECT type, address FROM address_configurations WHERE sid = (SELECT sid FROM one);
.shell tests/sql/control EMULATOR_URL fault action=delay ms=300 path=*Addresses* method=DELETE times=1
BEGIN;
DELETE FROM address_configurations WHERE sid = (SELECT sid FROM one);
INSERT INTO address_configurations(type, address) SELECT * FROM copy;
COMMIT;
SELECT state, operation, status FROM chat_writes;
-- The others whose segment has a slash: of a service, and of the account.
CREATE TEMP TABLE service AS SELECT min(sid) AS sid FROM conversation_services;
UPDATE service_configurations SET reachability_enabled = 0 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_notifications SET log_enabled = 0 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_webhooks SET pre_webhook_url = 'https://a.example' WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE account_webhooks SET pre_webhook_url = 'https://a.example';
BEGIN;
UPDATE service_configurations SET reachability_enabled = 1 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_configurations SET reachability_enabled = 0 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_notifications SET log_enabled = 1 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_notifications SET log_enabled = 0 WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_webhooks SET pre_webhook_url = 'https://b.example' WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE service_webhooks SET pre_webhook_url = 'https://a.example' WHERE chat_service_sid = (SELECT sid FROM service);
UPDATE account_webhooks SET pre_webhook_url = 'https://b.example';
UPDATE account_webhooks SET pre_webhook_url = 'https://a.example';
SELECT path, body FROM chat_writes;
COMMIT;
SELECT reachability_enabled FROM service_configurations WHERE chat_service_sid = (SELECT sid FROM service);
SELECT log_enabled FROM service_notifications WHERE chat_service_sid = (SELECT sid FROM service);
SELECT pre_webhook_url FROM service_webhooks WHERE chat_service_sid = (SELECT sid FROM service);
SELECT pre_webhook_url FROM account_webhooks;
-- A row that is copied from its own table has nulls inside: they are not sent, nor in what OR REPLACE makes of it.
CREATE TEMP TABLE kinds AS SELECT type, address, auto_creation FROM address_configurations WHERE json_extract(auto_creation, '$.type') = 'webhook' LIMIT 1;
SELECT json_type(auto_creation, '$.conversation_service_sid') FROM kinds;
INSERT INTO address_configurations(type, address, auto_creation) SELECT 'sms', '+15557770001', auto_creation FROM kinds;
SELECT state, status, instr(body, 'ConversationServiceSid') FROM chat_writes;
INSERT INTO conversations(chat_service_sid, unique_name) SELECT sid, 'named' FROM service;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, bindings) SELECT sid, 'named', '{"email":{"projected_address":"a@mail.example","name":null}}' FROM service;
SELECT state, status, path, body FROM chat_writes;
DELETE FROM chat_requests;
INSERT OR REPLACE INTO conversations(chat_service_sid, unique_name, friendly_name, bindings) SELECT sid, 'named', 'Named', '{"email":{"name":null}}' FROM service;
SELECT call, status FROM calls;
