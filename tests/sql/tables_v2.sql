-- Every table of version 2: its rows over all services.
-- environment: TWILIO_CHAT_API_VERSION=v2
SELECT count(*) FROM services;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path), count(DISTINCT service_sid) FROM channels;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path), count(DISTINCT channel_sid) FROM messages;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM members;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM invites;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM roles;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM users;
SELECT status, count(*), count(DISTINCT path) = count(*) FROM user_channels GROUP BY status;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM credentials;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path) FROM bindings;
SELECT count(*) = (SELECT count(*) FROM bindings), count(DISTINCT user_sid) > 1 FROM user_bindings;
SELECT count(*), count(DISTINCT sid), count(DISTINCT path), max(json_valid(configuration)) FROM channel_webhooks;

-- Each channel has the number of members and messages that it says.
SELECT count(*) FROM channels AS c
 WHERE c.members_count <> (SELECT count(*) FROM members AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid)
    OR c.messages_count <> (SELECT count(*) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid);
