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
