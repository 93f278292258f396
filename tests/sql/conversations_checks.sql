-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --private 60 --write-limit 0
-- Answers that are none, and values that the service would refuse.
UPDATE chat_settings SET value = (SELECT min(sid) FROM conversation_services) WHERE name = 'service_sid';
-- There is one of each of these, without a SID: an error or a list in its place is no row of NULLs.
.shell tests/sql/control EMULATOR_URL fault action=body body='{"code":1,"message":"x"}' path='*/Configuration*' method=GET times=4
SELECT chat_service_sid, url FROM service_configurations;
SELECT chat_service_sid, url FROM service_webhooks;
SELECT chat_service_sid, url FROM service_notifications;
SELECT url FROM account_configuration;
.shell tests/sql/control EMULATOR_URL fault action=body body='{"meta":{"next_page_url":null},"services":[]}' path='*/Configuration*' method=GET times=2
SELECT chat_service_sid, url FROM service_configurations;
SELECT url FROM account_webhooks;
-- A row that was made elsewhere, or none, leaves it unknown what has been done.
.shell tests/sql/control EMULATOR_URL fault action=body status=201 body='{"sid":"CH00000000000000000000000000000001","chat_service_sid":"IS00000000000000000000000000000009"}' path='*/Conversations' method=POST times=1
INSERT INTO conversations(friendly_name) VALUES ('x');
SELECT state, sid, status FROM chat_writes;
INSERT INTO conversations(unique_name) VALUES ('desk');
.shell tests/sql/control EMULATOR_URL fault action=body status=200 body='{}' path='*/Conversations/*' method=POST times=1
UPDATE conversations SET attributes = '{"lost":1}' WHERE unique_name = 'desk';
SELECT state, status FROM chat_writes;
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'x' FROM conversations WHERE unique_name = 'desk';
INSERT INTO participants(conversation_sid, identity) SELECT sid, 'ann' FROM conversations WHERE unique_name = 'desk';
-- Checked before anything is sent.
DELETE FROM chat_requests;
UPDATE service_webhooks SET method = 'PUT';
UPDATE account_webhooks SET method = 'PUT';
UPDATE service_webhooks SET filters = '[1,null]';
UPDATE account_webhooks SET filters = '["onMessageAdded",["a"]]';
UPDATE conversations SET date_created = NULL WHERE unique_name = 'desk';
UPDATE conversations SET date_updated = NULL WHERE unique_name = 'desk';
UPDATE conversation_messages SET date_created = NULL WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'desk');
UPDATE participants SET date_updated = NULL WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'desk');
INSERT INTO conversation_messages(conversation_sid, content_sid, content_variables) SELECT sid, 'HX00000000000000000000000000000001', '[1]' FROM conversations WHERE unique_name = 'desk';
INSERT INTO conversation_messages(conversation_sid, content_sid, content_variables) SELECT sid, 'HX00000000000000000000000000000001', '"{}"' FROM conversations WHERE unique_name = 'desk';
INSERT INTO conversation_webhooks(conversation_sid, target, configuration) SELECT sid, 'webhook', '{"url":"https://h.example","method":"get","filters":[1,null,["a"]]}' FROM conversations WHERE unique_name = 'desk';
SELECT count(*) FROM chat_requests WHERE method <> 'GET';
-- Words that are read in any case are the same in any case.
UPDATE conversations SET state = upper(state) WHERE unique_name = 'desk';
UPDATE service_webhooks SET method = 'POST';
UPDATE service_webhooks SET method = 'post';
SELECT count(*) FROM chat_requests WHERE method <> 'GET' AND path NOT LIKE '%Webhooks';
UPDATE service_webhooks SET method = 'get';
SELECT body FROM chat_writes;
-- An address that null takes away.
INSERT INTO participants(conversation_sid, messaging_binding) SELECT sid, '{"address":"+15551230001","proxy_address":"+15005550000"}' FROM conversations WHERE unique_name = 'desk';
UPDATE participants SET messaging_binding = json_remove(messaging_binding, '$.proxy_address') WHERE conversation_sid = (SELECT sid FROM conversations WHERE unique_name = 'desk');
