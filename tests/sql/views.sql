-- sql/views.sql: the views give what the tables give.
.echo off
.read sql/views.sql
.echo on
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(*) = (SELECT count(*) FROM channels), sum(messages) = (SELECT count(*) FROM messages),
       sum(members) = (SELECT count(*) FROM members) FROM channel_activity;
SELECT count(*) FROM channel_activity WHERE (messages = 0) <> (last_message_at IS NULL);
SELECT count(*) FROM channel_activity AS a
 WHERE last_message_at IS NOT (SELECT date_created FROM messages AS m WHERE m.service_sid = a.service_sid AND m.channel_sid = a.channel_sid
                                ORDER BY "index" DESC LIMIT 1);
SELECT count(*) = (SELECT count(*) FROM members), count(user_sid) = count(*) FROM members_with_users;
SELECT count(*) = (SELECT count(*) FROM channels WHERE messages_count > 0), count(DISTINCT channel_sid) = count(*) FROM last_message_per_channel;
SELECT count(*) FROM last_message_per_channel AS l JOIN channel_activity AS a USING (service_sid, channel_sid)
 WHERE l."from" <> a.last_message_from OR l.date_created <> a.last_message_at;
DELETE FROM chat_requests;

-- A view costs no more than the columns taken from it.
SELECT count(messages) > 0 FROM channel_activity;
SELECT count(*) FROM calls WHERE call LIKE '%/Messages%';
