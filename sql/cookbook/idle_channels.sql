-- Channels in which nobody has written for a year before the service's latest message, quietest first.
-- For another span: .parameter set :span "'-30 days'"
-- Cost: the list of channels, and one request of a row or two for each of them.

WITH latest AS MATERIALIZED (
  SELECT channel.sid, channel.friendly_name, channel.members_count,
         (SELECT message.date_created
            FROM messages AS message
           WHERE message.service_sid = channel.service_sid AND message.channel_sid = channel.sid
           ORDER BY message."index" DESC
           LIMIT 1) AS last_message_at
    FROM channels AS channel)
SELECT friendly_name, members_count, last_message_at
  FROM latest
 WHERE last_message_at IS NULL
    OR last_message_at < (SELECT chat_time(max(last_message_at), ifnull(:span, '-1 year')) FROM latest)
 ORDER BY last_message_at, sid;
