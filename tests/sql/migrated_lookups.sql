-- environment: TWILIO_CHAT_API_VERSION=conversations
-- Chat's SQL on Conversations: what is left to the server, and what it costs.
CREATE TEMP TABLE some AS SELECT c.service_sid, c.sid AS channel_sid, c.unique_name FROM channels c WHERE c.unique_name IS NOT NULL AND length(c.unique_name) > 3 ORDER BY c.date_created LIMIT 1;
CREATE TEMP TABLE who AS SELECT m.sid, m.identity, m.channel_sid, m.service_sid, m.path FROM members m WHERE m.identity NOT GLOB '*[^a-z]*' ORDER BY m.path LIMIT 1;
DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE service_sid = (SELECT service_sid FROM some) AND unique_name = (SELECT unique_name FROM some);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT type FROM channels WHERE sid = (SELECT channel_sid FROM some) AND service_sid = (SELECT service_sid FROM some);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM members WHERE service_sid = (SELECT service_sid FROM who) AND channel_sid = (SELECT channel_sid FROM who) AND identity = (SELECT identity FROM who);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT m.sid = who.sid FROM who CROSS JOIN members m ON m.path = who.path;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM users WHERE service_sid = (SELECT service_sid FROM who) AND identity = (SELECT identity FROM who);
SELECT count(*), min(call GLOB '*/Users/' || (SELECT identity FROM who)) FROM calls; DELETE FROM chat_requests;
-- Every conversation is private: 'private' asks for all of them, 'public' for nothing.
SELECT count(*) FROM channels WHERE type = 'public';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE type IN ('public', 'private') AND service_sid = (SELECT service_sid FROM who);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE type <> 'private';
SELECT count(*) FROM channels WHERE type = 'PRIVATE' COLLATE NOCASE;
DELETE FROM chat_requests;
-- The order of messages is the server's.
SELECT count(*) > 0, max("index") = (SELECT "index" FROM messages WHERE service_sid = (SELECT service_sid FROM who) AND channel_sid = (SELECT channel_sid FROM who) ORDER BY "index" DESC LIMIT 1) FROM messages WHERE service_sid = (SELECT service_sid FROM who) AND channel_sid = (SELECT channel_sid FROM who);
SELECT * FROM calls; DELETE FROM chat_requests;
EXPLAIN QUERY PLAN SELECT * FROM members WHERE channel_sid = 'CH1' AND identity = 'ann';
EXPLAIN QUERY PLAN SELECT * FROM channels WHERE service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT webhook_filters FROM services;
-- Roles are compared by Chat's words.
SELECT type, count(*) FROM roles GROUP BY type;
SELECT count(*) FROM roles WHERE type = 'deployment' AND EXISTS (SELECT 1 FROM json_each(permissions) WHERE value = 'addMember');
-- Chat and Conversations in one statement, by the same addresses.
CREATE VIRTUAL TABLE temp.old_channels USING channels(api_version = 'v2');
SELECT count(*), count(c.sid), count(*) FILTER (WHERE o.type = 'public') FROM temp.old_channels o LEFT JOIN channels c ON c.path = o.path;
DELETE FROM chat_requests;
-- The channels of a user.
SELECT count(*) = (SELECT count(*) FROM members WHERE identity = (SELECT identity FROM who)) FROM user_channels uc JOIN users u ON u.service_sid = uc.service_sid AND u.sid = uc.user_sid WHERE u.identity = (SELECT identity FROM who);
-- A message's medium, as Chat shows it.
SELECT count(*), count(media ->> 'sid'), count(media ->> 'category') FROM messages WHERE media IS NOT NULL;
-- A setting that is changed between two statements; a table of its own.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(*) > 20 FROM channels;
CREATE VIRTUAL TABLE temp.new_channels USING channels(api_version = 'conversations');
SELECT count(*) FROM temp.new_channels;
UPDATE chat_settings SET value = 'conversation' WHERE name = 'api_version';
CREATE VIRTUAL TABLE temp.bad USING channels(api_version = 'conversation');
CREATE VIRTUAL TABLE temp.no_invites USING invites(api_version = 'conversations');
SELECT * FROM temp.no_invites;
-- Two tables that are asked for at one address make rows of their own of it.
SELECT count(*), count(*) FILTER (WHERE c.friendly_name IS v.friendly_name AND c.type = 'private' AND v.state = 'active') FROM temp.new_channels c CROSS JOIN conversations v WHERE +v.sid = c.sid;
