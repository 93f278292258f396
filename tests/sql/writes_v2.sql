-- What v2 adds: more columns to set, user_channels, channel_webhooks, bindings.
-- environment: TWILIO_CHAT_API_VERSION=v2
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- channels: who made it and when.
INSERT INTO channels(service_sid, unique_name, friendly_name, type, attributes, created_by, date_created, date_updated)
VALUES (@service, 'restored', 'Restored', 'public', '{}', 'archivist', '2020-01-02T03:04:05Z', '2020-02-03 04:05:06');
SELECT * FROM writes;
SELECT unique_name, created_by, date_created, date_updated FROM channels WHERE sid = (SELECT sid FROM chat_writes);
UPDATE channels SET created_by = 'curator', date_updated = 'Tue, 03 Mar 2020 04:05:06 +0000'
 WHERE service_sid = @service AND unique_name = 'restored';
SELECT * FROM writes;
-- The server would set date_updated to now: the date that is given is sent, though it is the one the row has.
UPDATE channels SET created_by = 'keeper', date_updated = '2020-03-03T04:05:06Z'
 WHERE service_sid = @service AND unique_name = 'restored';
SELECT * FROM writes;
SELECT created_by, date_updated FROM channels WHERE service_sid = @service AND unique_name = 'restored';
-- With nothing else there is nothing to send.
DELETE FROM chat_requests;
UPDATE channels SET date_updated = '2020-03-03T04:05:06Z' WHERE service_sid = @service AND unique_name = 'restored';
SELECT count(*) FROM chat_requests WHERE method = 'POST';
UPDATE channels SET type = 'private' WHERE service_sid = @service AND unique_name = 'restored';
SELECT * FROM writes;

-- messages: the author can change; a medium needs no body.
INSERT INTO messages(service_sid, channel_sid, body, "from", last_updated_by, date_created, date_updated)
VALUES (@service, @channel, 'restored', 'somebody', 'archivist', '2020-01-02T03:04:05.678Z', NULL);
SELECT * FROM writes;
INSERT INTO messages(service_sid, channel_sid, media) VALUES (@service, @channel, '{"sid":"ME00000000000000000000000000000001"}');
SELECT * FROM writes;
INSERT INTO messages(service_sid, channel_sid) VALUES (@service, @channel);
SELECT * FROM writes;
UPDATE messages SET "from" = 'somebody else', last_updated_by = 'me' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT * FROM writes;
SELECT "from", last_updated_by FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;

-- members.
INSERT INTO members(service_sid, channel_sid, identity, attributes, last_consumed_message_index, last_consumption_timestamp,
                    date_created, date_updated)
VALUES (@service, @channel, 'restored', '{"a":1}', 3, '2020-01-02T03:04:05Z', '2020-01-02T03:04:05Z', '2020-01-02T03:04:05Z');
SELECT * FROM writes;
UPDATE members SET attributes = '{"a":2}', role_sid = @role, last_consumption_timestamp = NULL, last_consumed_message_index = NULL
 WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM chat_writes);
SELECT * FROM writes;

-- users, roles and services as on v1; services with leaves of their own.
UPDATE users SET attributes = '{"b":1}' WHERE service_sid = @service AND identity = @identity;
SELECT * FROM writes;
UPDATE services SET pre_webhook_retry_count = 1, media = json_set(media, '$.compatibility_message', 'Old app'),
       notifications = json_set(notifications, '$.log_enabled', json(CASE WHEN json_extract(notifications, '$.log_enabled') THEN 'false' ELSE 'true' END), '$.new_message.badge_count_enabled', json('true'),
       '$.new_message.sound', 'ping') WHERE sid = @service;
SELECT * FROM writes;
UPDATE services SET media = json_set(media, '$.size_limit_mb', 1) WHERE sid = @service;
UPDATE services SET webhooks = '{"on_message_send":{"url":"x"}}' WHERE sid = @service;

-- user_channels.
CREATE TEMP TABLE joined AS SELECT channel_sid FROM user_channels WHERE service_sid = @service AND user_sid = @user ORDER BY channel_sid LIMIT 1;
UPDATE user_channels SET notification_level = 'muted', last_consumed_message_index = 2, last_consumption_timestamp = '2020-01-02T03:04:05Z'
 WHERE service_sid = @service AND user_sid = @user AND channel_sid = (SELECT channel_sid FROM joined);
SELECT * FROM writes;
SELECT notification_level, last_consumed_message_index FROM user_channels
 WHERE service_sid = @service AND user_sid = @user AND channel_sid = (SELECT channel_sid FROM joined);
UPDATE user_channels SET notification_level = 'loud' WHERE service_sid = @service AND user_sid = @user;
UPDATE user_channels SET status = 'gone' WHERE service_sid = @service AND user_sid = @user;
DELETE FROM user_channels WHERE service_sid = @service AND user_sid = @user AND channel_sid = (SELECT channel_sid FROM joined);
SELECT * FROM writes;
INSERT INTO user_channels(service_sid, user_sid, channel_sid) VALUES (@service, @user, @channel);

-- channel_webhooks: each type has settings of its own; leaves of `configuration` are parameters.
DELETE FROM channel_webhooks WHERE service_sid = @service AND channel_sid = @channel;
INSERT INTO channel_webhooks(service_sid, channel_sid, type, configuration)
VALUES (@service, @channel, 'webhook', '{"url":"https://example.com/hook","method":"POST","filters":["onMessageSent","onMemberAdded"],"retry_count":2}');
SELECT * FROM writes;
CREATE TEMP TABLE new AS SELECT sid FROM chat_writes;
.parameter set @new "(SELECT sid FROM new)"
UPDATE channel_webhooks SET configuration = json_set(configuration, '$.retry_count', 3)
 WHERE service_sid = @service AND channel_sid = @channel AND sid = @new;
SELECT * FROM writes;
UPDATE channel_webhooks SET configuration = json_set(configuration, '$.filters', json('["onMessageSent"]'))
 WHERE service_sid = @service AND channel_sid = @channel AND sid = @new;
SELECT * FROM writes;
SELECT type, configuration FROM channel_webhooks WHERE service_sid = @service AND channel_sid = @channel;
INSERT INTO channel_webhooks(service_sid, channel_sid, type, configuration)
VALUES (@service, @channel, 'studio', '{"flow_sid":"FW00000000000000000000000000000001"}'),
       (@service, @channel, 'trigger', '{"url":"https://example.com/","triggers":["help","stop it"]}');
SELECT * FROM writes;
INSERT INTO channel_webhooks(service_sid, channel_sid, type, configuration) VALUES (@service, @channel, 'webhook', '{"colour":"x"}');
INSERT INTO channel_webhooks(service_sid, channel_sid, type, configuration) VALUES (@service, @channel, 'webhook', NULL);
UPDATE channel_webhooks SET type = 'studio' WHERE service_sid = @service AND channel_sid = @channel AND sid = @new;
DELETE FROM channel_webhooks WHERE service_sid = @service AND channel_sid = @channel AND sid = @new;
SELECT * FROM writes;

-- bindings and user_bindings can be deleted and nothing else.
CREATE TEMP TABLE device AS SELECT service_sid, sid, identity FROM bindings ORDER BY sid LIMIT 1;
DELETE FROM bindings WHERE service_sid = (SELECT service_sid FROM device) AND sid = (SELECT sid FROM device);
SELECT * FROM writes;
CREATE TEMP TABLE own AS SELECT service_sid, user_sid, sid FROM user_bindings ORDER BY sid LIMIT 1;
DELETE FROM user_bindings WHERE (service_sid, user_sid, sid) IN (SELECT * FROM own);
SELECT * FROM writes;
UPDATE bindings SET endpoint = 'x';
INSERT INTO bindings(service_sid, identity) VALUES (@service, 'x');
INSERT INTO user_bindings(service_sid, user_sid) VALUES (@service, @user);
