-- A table inside another: parents that are given are asked directly, the others are enumerated.
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
CREATE TEMP TABLE pick AS
SELECT service_sid, sid FROM channels WHERE service_sid = @service AND messages_count > 0 ORDER BY sid LIMIT 2;
.parameter set @channel "(SELECT sid FROM pick)"
DELETE FROM chat_requests;

SELECT count(*) > 0 FROM messages WHERE service_sid = @service AND channel_sid = @channel;
SELECT call, status FROM calls; DELETE FROM chat_requests;

SELECT count(DISTINCT channel_sid) FROM messages
 WHERE service_sid = @service AND channel_sid IN (SELECT sid FROM pick);
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Without the service, the channel is asked for in each.
SELECT count(DISTINCT channel_sid) FROM messages WHERE channel_sid = @channel;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Without the channel: the list of channels, then each.
SELECT count(DISTINCT channel_sid) = (SELECT count(*) FROM channels WHERE service_sid = @service AND messages_count > 0)
  FROM messages WHERE service_sid = @service;
SELECT count(*) = 1 + (SELECT count(*) FROM channels WHERE service_sid = @service) FROM calls; DELETE FROM chat_requests;

-- A parent that does not exist has no children.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = 'CH00000000000000000000000000000000';
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = 'general';
SELECT count(*) FROM messages WHERE service_sid = 'nothing' AND channel_sid = @channel;
SELECT count(*) FROM messages WHERE service_sid = NULL;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Everything: services, their channels, their messages.
SELECT count(*) = (SELECT sum(messages_count) FROM channels) FROM messages;
SELECT count(*) FROM calls WHERE call LIKE '%/Messages?%'; DELETE FROM chat_requests;

-- users and their channels
SELECT count(DISTINCT user_sid) > 1, count(DISTINCT service_sid) FROM user_channels WHERE service_sid = @service;
DELETE FROM chat_requests;

-- The setting keeps every table to one service.
UPDATE chat_settings SET value = @service WHERE name = 'service_sid';
SELECT count(*), count(DISTINCT sid) FROM services;
SELECT count(DISTINCT service_sid) FROM channels;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE service_sid <> @service;
SELECT count(*) > 0 FROM credentials;
UPDATE chat_settings SET value = 'IS00000000000000000000000000000000' WHERE name = 'service_sid';
SELECT count(*) FROM channels;
