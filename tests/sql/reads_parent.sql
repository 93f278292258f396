-- Pushdown: channel_sid, service_sid and user_sid are places in the path; what is not given is enumerated, each list once.
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE size AS SELECT (SELECT count(*) FROM services) AS services, (SELECT count(*) FROM channels) AS channels,
 (SELECT count(*) FROM channels WHERE service_sid = (SELECT service_sid FROM pick_channel)) AS channels_here, (SELECT count(*) FROM users) AS users;
DELETE FROM chat_requests;
.echo on
-- Given by =.
SELECT count(*) > 0 FROM messages WHERE service_sid = @service AND channel_sid = @channel;
SELECT count(*) > 0 FROM members WHERE service_sid = @service AND channel_sid = @channel;
SELECT count(*) >= 0 FROM invites WHERE service_sid = @service AND channel_sid = @channel;
SELECT count(*) > 0 FROM user_channels WHERE service_sid = @service AND user_sid = @user;
SELECT count(*) > 0 FROM channels WHERE service_sid = @service;
SELECT count(*) > 0 FROM users WHERE service_sid = @service;
SELECT count(*) > 0 FROM roles WHERE service_sid = @service;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Given as the setting.
UPDATE chat_settings SET value = @service WHERE name = 'service_sid';
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT count(*) > 0 FROM users;
SELECT count(*) FROM services;
SELECT call, status FROM calls; DELETE FROM chat_requests;
-- ... another service is not in this table
SELECT count(*) FROM channels WHERE service_sid = @other;
SELECT count(*) FROM channels WHERE service_sid IN (@other, NULL);
SELECT count(*) FROM channels WHERE path = '/Services/' || @other || '/Channels/' || @channel;
SELECT count(*) FROM services WHERE sid = @other;
SELECT count(*) FROM calls;
SELECT count(*) > 0 FROM channels WHERE service_sid IN (@other, @service);
SELECT call, status FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';

-- Given as the table's option.
.echo off
.mode list
.headers off
.once SCRATCH/create.sql
SELECT 'CREATE VIRTUAL TABLE temp.ours USING messages(service_sid=''' || service_sid || ''');' FROM pick_channel;
.read SCRATCH/create.sql
.headers on
.echo on
SELECT count(*) > 0 FROM ours WHERE channel_sid = @channel;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Contradicting terms.
SELECT count(*) FROM messages WHERE service_sid = @service AND service_sid = @other AND channel_sid = @channel;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND channel_sid = 'CH00000000000000000000000000000000';
SELECT count(*) <= 2 FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND 1 = 0;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid IN (@channel) AND channel_sid IS NULL;
SELECT count(*) <= 1 FROM calls; DELETE FROM chat_requests;

-- Enumerated: the service's channels, then the messages of each, every list once.
SELECT count(*) > 0 FROM messages WHERE service_sid = @service;
SELECT table_name, count(*) = CASE table_name WHEN 'channels' THEN 1 ELSE (SELECT channels_here FROM size) END AS expected, count(DISTINCT path) = count(*) AS once
  FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
-- ... the services, their channels, their members
SELECT count(*) > 0 FROM members;
SELECT table_name, count(*) = CASE table_name WHEN 'services' THEN 1 WHEN 'channels' THEN (SELECT services FROM size) ELSE (SELECT channels FROM size) END AS expected, count(DISTINCT path) = count(*) AS once
  FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
-- ... the services, their users, the channels of each
SELECT count(*) > 0 FROM user_channels;
SELECT table_name, count(*) = CASE table_name WHEN 'services' THEN 1 WHEN 'users' THEN (SELECT services FROM size) ELSE (SELECT users FROM size) END AS expected, count(DISTINCT path) = count(*) AS once
  FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
-- ... the services
SELECT count(*) > 0 FROM roles;
SELECT table_name, count(*) FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;

-- A parent that is not there has no rows; neither has one under another service.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = 'CH00000000000000000000000000000000';
SELECT count(*) FROM messages WHERE service_sid = @other AND channel_sid = @channel;
SELECT count(*) FROM user_channels WHERE service_sid = @service AND user_sid = 'US00000000000000000000000000000000';
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Parents that are given, and a row's own SID: the SID under each parent, not their lists.
SELECT count(*) FROM messages WHERE service_sid = @service AND sid = @message;
SELECT count(*) = 1 + (SELECT channels_here FROM size), count(DISTINCT call), sum(call LIKE '%/Messages?%') FROM calls; DELETE FROM chat_requests;
