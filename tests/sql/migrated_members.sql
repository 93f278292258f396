-- environment: TWILIO_CHAT_API_VERSION=conversations
-- Members of a service's notifications are changed, not taken away: with '{}' nothing would be sent, without a word.
UPDATE chat_settings SET value = (SELECT max(sid) FROM services) WHERE name = 'service_sid';
CREATE TEMP TABLE one AS SELECT value AS sid FROM chat_settings WHERE name = 'service_sid';
UPDATE services SET notifications = '{}' WHERE sid = (SELECT sid FROM one);
UPDATE services SET notifications = '{}', reachability_enabled = 1 - reachability_enabled WHERE sid = (SELECT sid FROM one);
UPDATE services SET notifications = '{"log_enabled":true}' WHERE sid = (SELECT sid FROM one);
UPDATE services SET notifications = json_remove(notifications, '$.new_message.sound') WHERE sid = (SELECT sid FROM one);
SELECT count(*) FROM chat_writes;
-- What it is like already is asked for once and not sent.
CREATE TEMP TABLE kept AS SELECT notifications FROM services WHERE sid = (SELECT sid FROM one);
DELETE FROM chat_requests;
UPDATE services SET notifications = (SELECT notifications FROM kept) WHERE sid = (SELECT sid FROM one);
SELECT * FROM calls;
-- Other columns of it cost no request.
DELETE FROM chat_requests;
UPDATE services SET reachability_enabled = 1 - reachability_enabled WHERE sid = (SELECT sid FROM one);
SELECT * FROM calls;
-- Keywords of a trigger are read as its filters, and changed and copied as such. They are no events, whatever they are like.
INSERT INTO channels(unique_name) VALUES ('desk'), ('copy');
CREATE TEMP VIEW hooks AS SELECT w.* FROM channel_webhooks w, channels c ON c.sid = w.channel_sid WHERE c.unique_name IN ('desk', 'copy');
INSERT INTO channel_webhooks(channel_sid, type, configuration) SELECT sid, 'trigger', '{"url":"https://h.example","method":"POST","triggers":["help","onMessageSent"]}' FROM channels WHERE unique_name = 'desk';
SELECT body FROM chat_writes;
SELECT type, configuration FROM hooks;
UPDATE channel_webhooks SET configuration = json_set(configuration, '$.filters[0]', 'stop') WHERE sid IN (SELECT sid FROM hooks);
SELECT body FROM chat_writes;
UPDATE channel_webhooks SET configuration = '{"url":"https://h.example","method":"POST","triggers":["x"]}' WHERE sid IN (SELECT sid FROM hooks);
UPDATE channel_webhooks SET configuration = json_set(configuration, '$.triggers', json('["x"]')) WHERE sid IN (SELECT sid FROM hooks);
INSERT INTO channel_webhooks(channel_sid, type, configuration) SELECT (SELECT sid FROM channels WHERE unique_name = 'copy'), type, configuration FROM hooks;
SELECT body FROM chat_writes;
INSERT INTO channel_webhooks(channel_sid, type, configuration) SELECT sid, 'webhook', '{"url":"https://w.example","method":"POST","filters":["onMessageSent"]}' FROM channels WHERE unique_name = 'desk';
SELECT body FROM chat_writes;
SELECT type, configuration FROM hooks ORDER BY 1, 2;
-- Two of Chat's permissions that are one there: with the second nothing has changed.
INSERT INTO roles(friendly_name, type, permissions) VALUES ('inviter', 'channel', '["addMember"]');
UPDATE roles SET permissions = '["addMember","inviteMember"]' WHERE friendly_name = 'inviter';
SELECT operation, body FROM chat_writes;
UPDATE roles SET permissions = '["inviteMember","leaveChannel"]' WHERE friendly_name = 'inviter';
SELECT operation, body FROM chat_writes;
-- What a service's settings are answered with must be they.
.shell tests/sql/control EMULATOR_URL fault action=body body='{"code":1,"message":"x"}' path='*/Configuration' method=GET times=1
SELECT reachability_enabled FROM services WHERE sid = (SELECT sid FROM one);
.shell tests/sql/control EMULATOR_URL fault action=body body='{"reachability_enabled":true,"chat_service_sid":"IS00000000000000000000000000000009","url":"https://x.example"}' path='*/Configuration' method=GET times=1
SELECT reachability_enabled FROM services WHERE sid = (SELECT sid FROM one);
-- What Conversations shows there beyond Chat's members is set like them; what is written for Chat is without it, which changes nothing.
UPDATE services SET notifications = json_set(notifications, '$.new_message.with_media.enabled', json('true'), '$.new_message.with_media.template', 'a picture') WHERE sid = (SELECT sid FROM one);
SELECT state, substr(path, -13), body FROM chat_writes;
UPDATE services SET notifications = json_set(json_remove(notifications, '$.new_message.with_media'), '$.new_message.sound', 'ding') WHERE sid = (SELECT sid FROM one);
SELECT state, body FROM chat_writes;
SELECT json_extract(notifications, '$.new_message.with_media') AS with_media FROM services WHERE sid = (SELECT sid FROM one);
-- A part of it is not taken away silently, where the whole may be missing.
UPDATE services SET notifications = json_remove(notifications, '$.new_message.with_media.enabled') WHERE sid = (SELECT sid FROM one);
SELECT json_extract(new_message, '$.with_media') AS with_media, log_enabled FROM service_notifications WHERE chat_service_sid = (SELECT sid FROM one);
