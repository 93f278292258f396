-- emulator: --seed 1 --services 1 --channels 6 --private 0 --users 6 --members 12 --messages 20 --roles 4 --webhooks 16 --write-limit 0
-- environment: TWILIO_CONFIG_DIR=SCRATCH
-- Several UPDATEs of one row in one transaction: what cannot be made of the row as it will be is refused, as it is where
-- the earlier ones have been sent; it would be passed over without a word, or fail at COMMIT.
CREATE TEMP TABLE public AS SELECT row_number() OVER (ORDER BY sid) AS n, sid FROM channels WHERE type = 'public';
CREATE TEMP VIEW pending AS SELECT path, body FROM chat_writes WHERE state = 'pending';
CREATE VIRTUAL TABLE temp.channels2 USING channels(api_version='v2');
CREATE VIRTUAL TABLE temp.services2 USING services(api_version='v2');

-- A channel that is moved to private, and back.
UPDATE channels SET type = 'private' WHERE sid = (SELECT sid FROM public WHERE n = 1);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 1);
BEGIN;
UPDATE channels SET type = 'private' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels2 SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels2 SET type = 'public', friendly_name = 'not queued' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels SET type = type WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels SET type = 'private', friendly_name = 'queued' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels2 SET friendly_name = 'last' WHERE sid = (SELECT sid FROM public WHERE n = 2);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 3);
SELECT * FROM pending;
COMMIT;
SELECT type, friendly_name FROM channels WHERE sid = (SELECT sid FROM public WHERE n = 2);
-- ... whatever OR IGNORE may leave out of it.
BEGIN;
UPDATE OR IGNORE channels SET type = 'private' WHERE sid = (SELECT sid FROM public WHERE n = 3);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 3);
ROLLBACK;
-- What is rolled back does not count.
BEGIN;
SAVEPOINT here;
UPDATE channels SET type = 'private' WHERE sid = (SELECT sid FROM public WHERE n = 3);
ROLLBACK TO here;
UPDATE channels SET type = 'public', friendly_name = 'still' WHERE sid = (SELECT sid FROM public WHERE n = 3);
SELECT * FROM pending;
ROLLBACK;

-- A key that an earlier statement has added, and a later one leaves out.
CREATE TEMP TABLE service AS SELECT notifications FROM services;
BEGIN;
UPDATE services SET notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":true}')) FROM service);
UPDATE services SET notifications = (SELECT notifications FROM service);
UPDATE services2 SET friendly_name = 'not queued', notifications = (SELECT notifications FROM service);
UPDATE services SET notifications = json_set(notifications, '$.added_to_channel.enabled', json('true'));
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":true}')) FROM service);
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":false}')) FROM service);
SELECT * FROM pending;
ROLLBACK;
BEGIN;
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.invited_to_channel', json('{"sound":"s"}')) FROM service);
UPDATE services2 SET notifications = (SELECT notifications FROM service);
-- Version 1 has no parameter for it: as it will be it may stand there.
UPDATE services SET notifications = (SELECT json_set(notifications, '$.invited_to_channel', json('{"sound":"t"}')) FROM service);
UPDATE services SET notifications = (SELECT json_set(notifications, '$.invited_to_channel', json('{"sound":"s"}')) FROM service);
ROLLBACK;
-- ... and what it has no parameter for, and another version's call has changed, cannot be set back.
BEGIN;
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.log_enabled', json('false')) FROM service);
UPDATE services SET notifications = (SELECT notifications FROM service);
UPDATE services SET notifications = (SELECT json_set(notifications, '$.log_enabled', json('false')) FROM service);
UPDATE services2 SET notifications = (SELECT notifications FROM service);
SELECT * FROM pending;
ROLLBACK;
BEGIN;
SAVEPOINT here;
UPDATE services SET notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":true}')) FROM service);
ROLLBACK TO here;
UPDATE services SET notifications = (SELECT notifications FROM service);
SELECT count(*) AS calls FROM pending;
ROLLBACK;
BEGIN;
UPDATE services SET webhooks = json_set(webhooks, '$.on_member_add', json('{"url":"https://new.example"}'));
UPDATE services SET webhooks = '{}';
UPDATE OR IGNORE services SET webhooks = '{}', friendly_name = 'left out';
SELECT * FROM pending;
ROLLBACK;
CREATE VIRTUAL TABLE temp.webhooks2 USING channel_webhooks(api_version='v2');
CREATE TEMP TABLE studio AS SELECT path, configuration FROM webhooks2 WHERE type = 'studio' AND configuration NOT LIKE '%retry%' ORDER BY sid LIMIT 1;
BEGIN;
UPDATE webhooks2 SET configuration = (SELECT json_set(configuration, '$.retry_count', 2) FROM studio) WHERE path = (SELECT path FROM studio);
UPDATE webhooks2 SET configuration = (SELECT configuration FROM studio) WHERE path = (SELECT path FROM studio);
UPDATE OR IGNORE webhooks2 SET configuration = (SELECT json_set(configuration, '$.retry_count', 3) FROM studio) WHERE path = (SELECT path FROM studio);
UPDATE webhooks2 SET configuration = (SELECT configuration FROM studio) WHERE path = (SELECT path FROM studio);
SELECT body FROM pending;
ROLLBACK;

-- What two versions call otherwise is one thing.
CREATE VIRTUAL TABLE temp.members2 USING members(api_version='v2');
CREATE VIRTUAL TABLE temp.members_c USING members(api_version='conversations');
CREATE VIRTUAL TABLE temp.services_c USING services(api_version='conversations');
CREATE TEMP TABLE me AS SELECT path FROM members2 ORDER BY sid LIMIT 1;
UPDATE members2 SET last_consumed_message_index = 5 WHERE path = (SELECT path FROM me);
BEGIN;
UPDATE members2 SET last_consumed_message_index = 6 WHERE path = (SELECT path FROM me);
UPDATE members_c SET last_consumed_message_index = 7 WHERE path = (SELECT path FROM me);
UPDATE members2 SET last_consumed_message_index = 6 WHERE path = (SELECT path FROM me);
SELECT body FROM pending;
COMMIT;
SELECT last_consumed_message_index FROM members2 WHERE path = (SELECT path FROM me);
-- What one version cannot set, and another has set.
CREATE TEMP TABLE made AS SELECT sid, created_by, date_updated FROM channels WHERE sid = (SELECT sid FROM public WHERE n = 4);
UPDATE channels SET created_by = (SELECT created_by FROM made), date_updated = date_updated WHERE sid = (SELECT sid FROM made);
BEGIN;
UPDATE channels2 SET created_by = 'other' WHERE sid = (SELECT sid FROM made);
UPDATE channels SET created_by = (SELECT created_by FROM made) WHERE sid = (SELECT sid FROM made);
UPDATE channels SET created_by = 'other', friendly_name = 'as it will be' WHERE sid = (SELECT sid FROM made);
UPDATE channels SET date_updated = (SELECT date_updated FROM made) WHERE sid = (SELECT sid FROM made);
SELECT path, body FROM pending;
ROLLBACK;
CREATE TEMP TABLE as_conversations AS SELECT notifications FROM services_c;
BEGIN;
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.new_message.template', 'other') FROM service);
UPDATE services_c SET notifications = (SELECT notifications FROM as_conversations);
SELECT path, body FROM pending;
ROLLBACK;
-- ... but what Conversations does not know it does not miss.
BEGIN;
UPDATE services2 SET notifications = (SELECT json_set(notifications, '$.invited_to_channel', json('{"sound":"s"}'), '$.removed_from_channel', json('{"sound":"t"}')) FROM service);
UPDATE services_c SET notifications = (SELECT json_set(notifications, '$.removed_from_channel.sound', 'u') FROM as_conversations);
SELECT path, body FROM pending;
ROLLBACK;

-- Another profile may be of the same account: what it gives, and nothing else, may be there.
.shell tests/sql/profiles SCRATCH
CREATE VIRTUAL TABLE temp.sales_channels USING channels(profile = 'dev');
CREATE VIRTUAL TABLE temp.sales_services USING services(profile = 'dev');
BEGIN;
UPDATE sales_channels SET type = 'private' WHERE sid = (SELECT sid FROM public WHERE n = 3);
UPDATE channels SET friendly_name = 'x', attributes = '{}' WHERE sid = (SELECT sid FROM public WHERE n = 3);
UPDATE channels SET type = 'public' WHERE sid = (SELECT sid FROM public WHERE n = 3);
UPDATE sales_channels SET friendly_name = 'y' WHERE sid = (SELECT sid FROM public WHERE n = 4);
UPDATE channels SET type = 'public', friendly_name = 'z' WHERE sid = (SELECT sid FROM public WHERE n = 4);
UPDATE sales_services SET notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":true}')) FROM service);
UPDATE services SET friendly_name = 'between';
UPDATE services SET notifications = (SELECT notifications FROM service);
UPDATE services SET read_status_enabled = (SELECT read_status_enabled FROM services), notifications = (SELECT json_set(notifications, '$.removed_from_channel', json('{"enabled":true}')) FROM service);
SELECT path, body FROM pending;
ROLLBACK;
