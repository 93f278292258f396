-- A person in a channel is a member there, and the channel is among the user's: one horizon under the names of two tables.
-- environment: TWILIO_CHAT_API_VERSION=v2
CREATE TEMP TABLE one AS SELECT path, service_sid AS service, channel_sid AS channel, member_sid AS member FROM user_channels WHERE status = 'joined' ORDER BY path LIMIT 1;
CREATE TEMP VIEW now AS SELECT last_consumed_message_index AS horizon FROM members WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
UPDATE members SET last_consumed_message_index = 3 WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
-- Back to what the service has: this was taken for no change, and 5 stayed.
BEGIN;
UPDATE members SET last_consumed_message_index = 5 WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
UPDATE user_channels SET last_consumed_message_index = 3 WHERE path = (SELECT path FROM one);
COMMIT;
SELECT * FROM now;
BEGIN;
UPDATE user_channels SET last_consumed_message_index = 5 WHERE path = (SELECT path FROM one);
UPDATE members SET last_consumed_message_index = last_consumed_message_index + 1 WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
ROLLBACK;
SELECT * FROM now;
-- What is new goes out, in order.
BEGIN;
UPDATE user_channels SET last_consumed_message_index = 5 WHERE path = (SELECT path FROM one);
UPDATE members SET last_consumed_message_index = 2 WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
COMMIT;
SELECT * FROM now;
-- Only the horizon is one: what else the one table sets, the other may read and set. That was refused.
CREATE TEMP TABLE role AS SELECT r.sid AS role FROM roles AS r WHERE r.service_sid = (SELECT service FROM one) AND r.type = 'channel' AND r.sid NOT IN (SELECT role_sid FROM members WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one)) LIMIT 1;
CREATE TEMP VIEW writes AS SELECT table_name, replace(body, role, 'RL...') AS body FROM chat_writes, (SELECT role FROM role);
BEGIN;
UPDATE members SET role_sid = (SELECT role FROM role) WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
UPDATE user_channels SET notification_level = notification_level WHERE path = (SELECT path FROM one);
UPDATE user_channels SET last_consumed_message_index = last_consumed_message_index + 1 WHERE path = (SELECT path FROM one);
UPDATE user_channels SET notification_level = notification_level FROM one WHERE user_channels.path = one.path;
SELECT * FROM writes;
COMMIT;
SELECT * FROM now;
BEGIN;
UPDATE members SET last_consumed_message_index = 4 WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
UPDATE user_channels SET notification_level = notification_level FROM one WHERE user_channels.path = one.path;
UPDATE user_channels SET last_consumed_message_index = last_consumed_message_index FROM one WHERE user_channels.path = one.path;
ROLLBACK;
-- The time of what was read goes with it, and is the horizon's.
BEGIN;
UPDATE members SET last_consumption_timestamp = '2018-01-02T03:04:05Z' WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
UPDATE user_channels SET last_consumed_message_index = last_consumed_message_index WHERE path = (SELECT path FROM one);
ROLLBACK;
-- Given twice by one statement, the second time as something of that.
CREATE TEMP TABLE twice AS SELECT 1 AS n, (SELECT last_consumed_message_index FROM user_channels WHERE path = (SELECT path FROM one)) AS horizon, 'muted' AS level UNION ALL SELECT 2, 9, 'muted';
BEGIN;
UPDATE user_channels SET last_consumed_message_index = twice.horizon, notification_level = twice.level FROM twice WHERE user_channels.path = (SELECT path FROM one);
SELECT * FROM writes;
UPDATE members SET last_consumed_message_index = last_consumed_message_index WHERE service_sid = (SELECT service FROM one) AND channel_sid = (SELECT channel FROM one) AND sid = (SELECT member FROM one);
ROLLBACK;
