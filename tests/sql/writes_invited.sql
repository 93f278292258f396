-- Who is invited is no member: the user's row of an invite is nobody's by any other name, and what the transaction makes of it is not known.
-- emulator: --seed 3 --services 1 --channels 4 --private 100 --users 12 --members 8 --invites 6 --messages 10 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
CREATE TEMP TABLE asked AS SELECT i.path, i.service_sid, i.channel_sid, i.identity, u.path AS upath, u.notification_level AS level
  FROM invites AS i JOIN users AS n ON n.service_sid = i.service_sid AND n.identity = i.identity
  JOIN user_channels AS u ON u.service_sid = i.service_sid AND u.user_sid = n.sid AND u.channel_sid = i.channel_sid
 WHERE EXISTS (SELECT 1 FROM members AS m WHERE m.service_sid = i.service_sid AND m.channel_sid = i.channel_sid) ORDER BY i.sid LIMIT 1;
CREATE TEMP TABLE member AS SELECT m.path, m.role_sid, m.attributes, m.last_consumed_message_index AS n FROM members AS m
 WHERE m.channel_sid = (SELECT channel_sid FROM asked) ORDER BY m.sid LIMIT 1;
UPDATE members SET last_consumed_message_index = 1 WHERE path = (SELECT path FROM member);
CREATE TEMP VIEW sent AS SELECT state, method, CASE path WHEN '/v2' || (SELECT upath FROM asked) THEN 'the user''s' WHEN '/v2' || (SELECT path FROM member) THEN 'the member''s' WHEN '/v2' || (SELECT path FROM asked) THEN 'the invite' ELSE replace(path, rtrim(path, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'), '') END AS what, body FROM chat_writes;
.echo on

-- The invite taken back, and the person let in or asked anew: another row may be at that address.
BEGIN;
DELETE FROM invites WHERE path = (SELECT path FROM asked);
UPDATE user_channels SET notification_level = (SELECT level FROM asked) WHERE path = (SELECT upath FROM asked);
INSERT INTO members(service_sid, channel_sid, identity) SELECT service_sid, channel_sid, identity FROM asked;
UPDATE user_channels SET notification_level = (SELECT level FROM asked) WHERE path = (SELECT upath FROM asked);
ROLLBACK;
BEGIN;
INSERT INTO members(service_sid, channel_sid, identity) SELECT service_sid, channel_sid, identity FROM asked;
UPDATE user_channels SET notification_level = (SELECT level FROM asked) WHERE path = (SELECT upath FROM asked);
SELECT what FROM sent;
ROLLBACK;
-- A member deleted, and the person asked to come back.
BEGIN;
DELETE FROM members WHERE path = (SELECT path FROM member);
INSERT INTO invites(service_sid, channel_sid, identity) SELECT service_sid, channel_sid, m.identity FROM members AS m WHERE m.path = (SELECT path FROM member);
UPDATE user_channels SET last_consumed_message_index = 1 WHERE service_sid = (SELECT service_sid FROM asked) AND channel_sid = (SELECT channel_sid FROM asked) AND member_sid = (SELECT sid FROM members WHERE path = (SELECT path FROM member));
ROLLBACK;

-- A write of the invited one's row says nothing of any member's: what is the same there is not sent.
BEGIN;
UPDATE user_channels SET notification_level = CASE notification_level WHEN 'muted' THEN 'default' ELSE 'muted' END WHERE path = (SELECT upath FROM asked);
UPDATE members SET last_consumed_message_index = 1, role_sid = (SELECT role_sid FROM member) WHERE path = (SELECT path FROM member);
SELECT method, what, substr(body, 1, 18) FROM sent;
ROLLBACK;
