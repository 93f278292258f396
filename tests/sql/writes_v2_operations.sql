-- The writes of v2 that are as on v1: services, roles, invites and credentials, each made, changed, fetched and deleted.
-- environment: TWILIO_CHAT_API_VERSION=v2
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO services(friendly_name) VALUES ('A new service');
SELECT * FROM writes;
CREATE TEMP TABLE new_service AS SELECT sid FROM chat_writes;
SELECT friendly_name FROM services WHERE sid = (SELECT sid FROM new_service);
DELETE FROM services WHERE sid = (SELECT sid FROM new_service);
SELECT * FROM writes;

INSERT INTO roles(service_sid, friendly_name, type, permissions) VALUES (@service, 'reader', 'channel', '["leaveChannel"]');
SELECT * FROM writes;
CREATE TEMP TABLE new_role AS SELECT sid FROM chat_writes;
UPDATE roles SET permissions = '["sendMessage","leaveChannel"]' WHERE service_sid = @service AND sid = (SELECT sid FROM new_role);
SELECT * FROM writes;
SELECT friendly_name, type, permissions FROM roles WHERE service_sid = @service AND sid = (SELECT sid FROM new_role);
DELETE FROM roles WHERE service_sid = @service AND sid = (SELECT sid FROM new_role);
SELECT * FROM writes;

CREATE TEMP TABLE guest AS SELECT identity FROM users WHERE service_sid = @service
   AND identity NOT IN (SELECT identity FROM members WHERE service_sid = @service AND channel_sid = @channel)
   AND identity NOT IN (SELECT identity FROM invites WHERE service_sid = @service AND channel_sid = @channel)
 ORDER BY sid LIMIT 1;
INSERT INTO invites(service_sid, channel_sid, identity) SELECT @service, @channel, identity FROM guest;
SELECT state, what, call, sid, status FROM writes;
CREATE TEMP TABLE new_invite AS SELECT sid FROM chat_writes;
SELECT identity = (SELECT identity FROM guest) FROM invites
 WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM new_invite);
DELETE FROM invites WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM new_invite);
SELECT * FROM writes;

INSERT INTO credentials(type, friendly_name, api_key) VALUES ('gcm', 'Android', 'hidden');
SELECT * FROM writes;
CREATE TEMP TABLE new_credential AS SELECT sid FROM chat_writes;
UPDATE credentials SET friendly_name = 'Android 2' WHERE sid = (SELECT sid FROM new_credential);
SELECT * FROM writes;
SELECT type, friendly_name FROM credentials WHERE sid = (SELECT sid FROM new_credential);
DELETE FROM credentials WHERE sid = (SELECT sid FROM new_credential);
SELECT * FROM writes;

DELETE FROM channels WHERE service_sid = @service AND sid = @other;
SELECT * FROM writes;
DELETE FROM users WHERE service_sid = @service AND sid = @user;
SELECT * FROM writes;
