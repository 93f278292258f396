-- What a list can filter by itself is sent to it.
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
CREATE TEMP TABLE pick AS
SELECT member.channel_sid, member.identity FROM members AS member
 WHERE service_sid = @service AND identity NOT GLOB '*[^a-z]*' ORDER BY member.channel_sid, member.sid LIMIT 1;
.parameter set @channel "(SELECT channel_sid FROM pick)"
.parameter set @identity "(SELECT identity FROM pick)"
DELETE FROM chat_requests;

SELECT type, count(*) FROM channels WHERE service_sid = @service GROUP BY type;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT DISTINCT type FROM channels WHERE service_sid = @service AND type = 'public';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT DISTINCT type FROM channels WHERE service_sid = @service AND type = 'private';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(DISTINCT type) FROM channels WHERE service_sid = @service AND type IN ('private', 'public', 'other');
SELECT * FROM calls; DELETE FROM chat_requests;

-- A type that does not exist is not sent: there are no rows, and no error from the server.
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'Private';
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'secret';
SELECT * FROM calls; DELETE FROM chat_requests;

-- With NOCASE the server cannot decide.
SELECT DISTINCT type FROM channels WHERE service_sid = @service AND type = 'PRIVATE' COLLATE NOCASE;
SELECT * FROM calls; DELETE FROM chat_requests;

SELECT count(*), count(DISTINCT identity) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = @identity;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity IN (@identity, 'nobody', NULL);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM invites WHERE service_sid = @service AND channel_sid = @channel AND identity = 'a&b=c d';
SELECT * FROM calls; DELETE FROM chat_requests;

-- Users have no such filter in version 1.
SELECT count(*) FROM users WHERE service_sid = @service AND identity = @identity;
SELECT * FROM calls; DELETE FROM chat_requests;

-- Version 2 takes an identity in a user's address, and filters bindings.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(*) FROM users WHERE service_sid = @service AND identity = @identity;
SELECT status, rows FROM calls; DELETE FROM chat_requests;
SELECT DISTINCT binding_type FROM bindings WHERE service_sid = @service AND binding_type IN ('apn', 'gcm') ORDER BY 1;
SELECT * FROM calls; DELETE FROM chat_requests;

-- What no list can filter is filtered here, from one list.
SELECT count(*) FROM channels WHERE service_sid = @service AND created_by = 'system' AND messages_count > 3;
SELECT call, status FROM calls; DELETE FROM chat_requests;
