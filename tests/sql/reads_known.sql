-- Known addresses: once a connection has seen in which service a channel or a user lives, its SID alone is enough.
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE here AS SELECT sid FROM channels WHERE service_sid = (SELECT service_sid FROM pick_channel);
DELETE FROM chat_requests;
-- Any change of a setting that leads elsewhere forgets them.
UPDATE chat_settings SET value = '5' WHERE name = 'max_retries';
.echo on

-- A channel not seen yet: every service is tried, once.
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT call, status FROM calls; DELETE FROM chat_requests;
-- ... from then on its own
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT count(*) > 0 FROM members WHERE channel_sid = @channel;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND sid = @message;
SELECT count(*) FROM channels WHERE sid = @channel;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- A channel that is nowhere is looked for in every service, once for each query.
SELECT count(*) FROM messages WHERE channel_sid = 'CH00000000000000000000000000000000';
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- A user by its SID.
SELECT count(*) > 0 FROM user_channels WHERE user_sid = @user;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM user_channels WHERE user_sid = @user;
SELECT count(*) FROM users WHERE sid = @user;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Known and unknown together: the known ones go straight there, the others are looked for.
SELECT count(DISTINCT channel_sid) FROM messages WHERE channel_sid IN (@channel, 'CH00000000000000000000000000000000');
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- A list shows where its channels live.
SELECT count(*) > 0 FROM channels WHERE service_sid = @service;
DELETE FROM chat_requests;
SELECT count(DISTINCT channel_sid) > 1 FROM messages WHERE channel_sid IN (SELECT sid FROM here);
SELECT sum(error IS NULL) = (SELECT count(*) FROM here) AS once, sum(coalesce(status, 200) <> 200) AS nowhere FROM chat_requests WHERE table_name = 'messages'; DELETE FROM chat_requests;

-- The usual join.
SELECT count(*) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT table_name, count(*), count(DISTINCT path), sum(status = 200) FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;

-- What is known of an SID never stands above the query's own terms.
SELECT count(*) FROM messages WHERE channel_sid = @channel AND service_sid = @other;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- So it is with what is in channels: once seen in a list, or made, its SID is enough, also beside unknown ones and with a service set.
CREATE TEMP TABLE listed AS SELECT sid, channel_sid FROM messages WHERE channel_sid = @channel LIMIT 2;
CREATE TEMP TABLE listed_members AS SELECT sid FROM members WHERE channel_sid = @channel LIMIT 1;
DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid = (SELECT sid FROM listed LIMIT 1);
SELECT count(*) FROM messages WHERE sid IN (SELECT sid FROM listed);
SELECT count(*) FROM members WHERE sid = (SELECT sid FROM listed_members);
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid = (SELECT sid FROM listed LIMIT 1) AND channel_sid = 'CH00000000000000000000000000000000';
SELECT count(*) FROM messages WHERE sid = (SELECT sid FROM listed LIMIT 1) AND service_sid = @other;
SELECT sum(status = 200) > 0 AS found FROM calls WHERE call LIKE '%/Messages/%'; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid IN ((SELECT sid FROM listed LIMIT 1), 'IM00000000000000000000000000000000');
SELECT count(*) > 60 AS enumerated, sum(status = 200 AND call LIKE '%/Messages/%') AS found FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = @service WHERE name = 'service_sid';
SELECT count(*) > 1 FROM messages WHERE channel_sid = @channel;
DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid = (SELECT sid FROM listed LIMIT 1);
SELECT call, status FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'new');
DELETE FROM chat_requests;
SELECT body FROM messages WHERE sid = (SELECT sid FROM chat_writes);
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Another key may be another account's: all is forgotten, and the next look goes everywhere again.
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;
-- ... and so it is after the origin has changed
UPDATE chat_settings SET value = replace('EMULATOR_URL', '127.0.0.1', 'localhost') WHERE name = 'url';
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'emulator-secret' WHERE name = 'api_key_secret';
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;

-- Switched off, for comparison.
UPDATE chat_settings SET value = 'known' WHERE name = 'without';
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT count(*) > 0 FROM messages WHERE channel_sid = @channel;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;

-- A service that says "nothing" of another's channel, instead of 404, does not become its home.
.echo off
UPDATE chat_settings SET value = '' WHERE name = 'without';
UPDATE chat_settings SET value = '5' WHERE name = 'max_retries';
.headers off
.once SCRATCH/others.sh
SELECT printf('tests/sql/fault EMULATOR_URL action=body times=0 ''path=*/%s/Channels/%s/%s?*'' ''body={"%s":[],"meta":{"next_page_url":null}}''', sid, @channel, segment, lower(segment))
  FROM services, (SELECT 'Messages' AS segment UNION SELECT 'Members') WHERE sid <> @service;
.headers on
.shell sh SCRATCH/others.sh
CREATE TEMP TABLE size AS SELECT count(*) AS messages FROM messages WHERE service_sid = @service AND channel_sid = @channel;
UPDATE chat_settings SET value = '5' WHERE name = 'max_retries';
DELETE FROM chat_requests;
.echo on
SELECT count(*) = (SELECT messages FROM size) FROM messages WHERE channel_sid = @channel;
SELECT call, status, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT messages FROM size) FROM messages WHERE channel_sid = @channel;
SELECT count(*) > 0 FROM members WHERE channel_sid = @channel;
SELECT call, status, rows FROM calls; DELETE FROM chat_requests;
