-- The resources of which each service has one, under an outer table of services: asked for ahead, each once.
-- emulator: --seed 3 --services 6 --channels 12 --users 20 --members 60 --write-limit 0
CREATE TEMP VIEW asked AS SELECT count(*) AS requests, count(*) - count(DISTINCT path) AS twice, sum(error IS NOT NULL) AS vain FROM chat_requests;
SELECT count(*), count(w.url) FROM conversation_services AS s JOIN service_webhooks AS w ON w.chat_service_sid = s.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM conversation_services AS s WHERE EXISTS (SELECT 1 FROM service_notifications AS n WHERE n.chat_service_sid = s.sid);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM conversation_services AS s LEFT JOIN service_configurations AS c ON c.chat_service_sid = s.sid LEFT JOIN service_webhooks AS w ON w.chat_service_sid = c.chat_service_sid LEFT JOIN service_notifications AS n ON n.chat_service_sid = w.chat_service_sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- The same without asking ahead.
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
SELECT count(*), count(w.url) FROM conversation_services AS s JOIN service_webhooks AS w ON w.chat_service_sid = s.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
