-- users, members and invites on v1.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO users(service_sid, identity, friendly_name, role_sid, attributes)
VALUES (@service, 'new.person@example.com', 'New Person', @deployment, '{"vip":true}');
SELECT * FROM writes;
SELECT identity, friendly_name, attributes, role_sid = @deployment AS has_role FROM users WHERE sid = (SELECT sid FROM chat_writes);
UPDATE users SET friendly_name = 'Newer', attributes = '{}' WHERE service_sid = @service AND sid = @user;
SELECT * FROM writes;
UPDATE users SET friendly_name = NULL WHERE service_sid = @service AND sid = @user;
SELECT * FROM writes;

-- A member; an unknown identity makes a user.
INSERT INTO members(service_sid, channel_sid, identity, role_sid) VALUES (@service, @channel, 'guest', @role);
SELECT * FROM writes;
SELECT count(*) FROM users WHERE service_sid = @service AND identity = 'guest';
UPDATE members SET last_consumed_message_index = 7 WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
SELECT * FROM writes;
SELECT last_consumed_message_index FROM members WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
UPDATE members SET last_consumed_message_index = NULL WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
SELECT * FROM writes;
SELECT last_consumed_message_index FROM members WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
DELETE FROM members WHERE service_sid = @service AND channel_sid = @other AND sid = @member;
SELECT * FROM writes;

-- An invite needs a user that is there; it cannot be changed.
INSERT INTO users(service_sid, identity) VALUES (@service, 'invited');
INSERT INTO invites(service_sid, channel_sid, identity, role_sid) VALUES (@service, @channel, 'invited', @role);
SELECT * FROM writes;
UPDATE invites SET role_sid = NULL WHERE service_sid = @service AND channel_sid = @channel;
INSERT INTO invites(service_sid, channel_sid, identity) VALUES (@service, @channel, 'nobody-at-all');
DELETE FROM invites WHERE service_sid = @service AND channel_sid = @channel AND identity = 'invited';
SELECT * FROM writes;

-- A user made and made a member in one transaction: the user comes first.
BEGIN;
INSERT INTO users(service_sid, identity, friendly_name) VALUES (@service, 'together', 'Together');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, 'together');
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @other, 'together');
COMMIT;
SELECT state, call, body, status FROM writes;
DELETE FROM users WHERE service_sid = @service AND sid = @user;
SELECT * FROM writes;

-- v1's user_channels are a list and no more.
DELETE FROM user_channels WHERE service_sid = @service AND user_sid = @user;
UPDATE user_channels SET last_consumed_message_index = 1 WHERE service_sid = @service;
INSERT INTO user_channels(user_sid) VALUES (@user);
-- v2's tables are not there.
DELETE FROM bindings;
