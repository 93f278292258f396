-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --roles 8 --credentials 4 --bindings 12 --webhooks 40 --private 60 --states mixed --phones 20 --addresses 7 --write-limit 0
-- Conversations' own tables: they speak it whatever api_version says.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT m.name, group_concat(i.name || CASE WHEN i.hidden THEN '*' ELSE '' END, ' ') FROM (SELECT 'conversation_services' AS name UNION ALL VALUES ('conversations'), ('conversation_messages'), ('delivery_receipts'), ('participants'), ('conversation_webhooks'), ('conversation_users'), ('user_conversations'), ('participant_conversations'), ('conversation_roles'), ('conversation_bindings'), ('conversation_credentials'), ('address_configurations'), ('service_configurations'), ('service_notifications'), ('service_webhooks'), ('account_configuration'), ('account_webhooks')) m, pragma_table_xinfo(m.name) i WHERE i.name NOT IN ('rowid', '_rowid_', 'oid', '_shown') GROUP BY 1;
SELECT (SELECT count(*) FROM conversation_services), (SELECT count(*) FROM conversations), (SELECT count(*) FROM conversation_messages), (SELECT count(*) FROM delivery_receipts), (SELECT count(*) FROM participants), (SELECT count(*) FROM conversation_webhooks);
SELECT (SELECT count(*) FROM conversation_users), (SELECT count(*) FROM user_conversations), (SELECT count(*) FROM conversation_roles), (SELECT count(*) FROM conversation_bindings), (SELECT count(*) FROM conversation_credentials), (SELECT count(*) FROM address_configurations);
SELECT (SELECT count(*) FROM service_configurations), (SELECT count(*) FROM service_notifications), (SELECT count(*) FROM service_webhooks), (SELECT count(*) FROM account_configuration), (SELECT count(*) FROM account_webhooks);
-- All of it was asked of Conversations.
SELECT origin = (SELECT value FROM chat_settings WHERE name = 'conversations_url'), count(*) > 20, min(path LIKE '/v1/%') FROM chat_requests GROUP BY 1;
DELETE FROM chat_requests;
-- No public channel is among them, every private one is one, with the same SIDs.
SELECT type, count(*), count(v.sid) FROM channels c LEFT JOIN conversations v ON v.sid = c.sid AND v.chat_service_sid = c.service_sid GROUP BY 1;
-- Times, objects, hidden columns.
SELECT sid, state, timers, json_type(links), date_created, path, inactive_timer, closed_timer, participants FROM conversations WHERE timers <> '{}' ORDER BY sid LIMIT 2;
SELECT r.status, r.error_code, m."index", r.path FROM conversation_messages m JOIN delivery_receipts r ON r.message_sid = m.sid AND r.conversation_sid = m.conversation_sid ORDER BY r.path LIMIT 3;
SELECT json_extract(p.messaging_binding, '$.address'), p.identity, p.path FROM participants p WHERE messaging_binding IS NOT NULL ORDER BY 1 LIMIT 3;
SELECT chat_service_sid, reachability_enabled, path FROM service_configurations;
SELECT path FROM service_notifications UNION ALL SELECT path FROM service_webhooks;
SELECT path FROM account_configuration UNION ALL SELECT path FROM account_webhooks;
SELECT type, address, json_extract(auto_creation, '$.type'), path FROM address_configurations ORDER BY address;
-- One service by argument and by setting; what belongs to the account takes no service, and nothing takes a version.
DELETE FROM chat_requests;
CREATE TABLE service AS SELECT chat_service_sid AS sid FROM conversations GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
UPDATE chat_settings SET value = (SELECT sid FROM service) WHERE name = 'service_sid';
SELECT count(DISTINCT chat_service_sid), count(*) FROM conversations;
SELECT count(*) FROM conversation_services;
SELECT count(*) FROM service_webhooks;
SELECT count(*) FROM account_webhooks;
SELECT count(*) FROM address_configurations;
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
CREATE VIRTUAL TABLE a USING conversations(api_version='v2');
CREATE VIRTUAL TABLE a USING account_configuration(service_sid='IS00000000000000000000000000000001');
CREATE VIRTUAL TABLE a USING conversation_roles(service_sid='IS00000000000000000000000000000001');
SELECT * FROM a;
DELETE FROM chat_requests;
-- The lists of participant_conversations take one value only.
SELECT * FROM participant_conversations;
SELECT * FROM participant_conversations WHERE conversation_state = 'active';
SELECT * FROM participant_conversations WHERE path LIKE '/%';
SELECT * FROM participant_conversations WHERE path = '/Services/IS00000000000000000000000000000001/ParticipantConversations/MB00000000000000000000000000000001';
SELECT count(*) FROM chat_requests;
