-- Pushdown, v2: single resources by sid, path and name, in the tables that v1 lacks or has only as lists.
-- environment: TWILIO_CHAT_API_VERSION=v2
.echo off
.read tests/sql/reads_pick
.parameter set @binding "(SELECT sid FROM bindings WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY sid LIMIT 1)"
CREATE TEMP TABLE mine AS SELECT user_sid, channel_sid, path FROM user_channels WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY path LIMIT 1;
CREATE TEMP TABLE hook AS SELECT channel_sid, sid FROM channel_webhooks WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY path LIMIT 1;
CREATE TEMP TABLE device AS SELECT user_sid, sid FROM user_bindings WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY path LIMIT 1;
DELETE FROM chat_requests;
.echo on

-- sid = ?, all parents given.
SELECT count(*) FROM channels WHERE sid = @channel AND service_sid = @service;
SELECT count(*) FROM messages WHERE sid = @message AND channel_sid = @channel AND service_sid = @service;
SELECT count(*) FROM users WHERE sid = @user AND service_sid = @service;
SELECT count(*) FROM bindings WHERE sid = @binding AND service_sid = @service;
SELECT count(*) FROM user_bindings WHERE service_sid = @service AND user_sid = (SELECT user_sid FROM device) AND sid = (SELECT sid FROM device);
SELECT count(*) FROM channel_webhooks WHERE service_sid = @service AND channel_sid = (SELECT channel_sid FROM hook) AND sid = (SELECT sid FROM hook);
SELECT * FROM calls; DELETE FROM chat_requests;

-- A channel of a user is a resource here: its key is channel_sid.
SELECT count(*) FROM user_channels WHERE service_sid = @service AND user_sid = (SELECT user_sid FROM mine) AND channel_sid = (SELECT channel_sid FROM mine);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM user_channels WHERE path = (SELECT path FROM mine);
SELECT * FROM calls; DELETE FROM chat_requests;

-- IN: each once.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IN (@second, @message, @second);
SELECT * FROM calls; DELETE FROM chat_requests;

-- By name: channels and users. (A path of users' names is not to look like somebody's home folder.)
SELECT sid = @channel FROM channels WHERE unique_name = @name AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT sid = @user FROM users WHERE identity = @identity AND service_sid = @service;
SELECT replace(call, '/Users/', '/Users:') AS call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM users WHERE identity IN (@identity, 'nobody', NULL, @identity) AND service_sid = @service;
SELECT replace(call, '/Users/', '/Users:') AS call, status FROM calls; DELETE FROM chat_requests;

-- v2 lists carry attributes: nothing is fetched for them.
SELECT count(attributes) = count(*) FROM channels WHERE service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

-- In the account's other services too, where none is given.
SELECT count(*) FROM users WHERE identity = @identity;
SELECT replace(call, '/Users/', '/Users:') AS call, status FROM calls; DELETE FROM chat_requests;
