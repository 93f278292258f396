-- The latest message of every channel that has one, newest first.
-- Cost: the list of channels, and one request of a row or two for each of them.

SELECT channel.friendly_name, message."from", message.body, message.date_created
  FROM channels AS channel
  JOIN messages AS message
    ON message.service_sid = channel.service_sid
   AND message.channel_sid = channel.sid
   AND message."index" = (SELECT newest."index"
                            FROM messages AS newest
                           WHERE newest.service_sid = channel.service_sid AND newest.channel_sid = channel.sid
                           ORDER BY newest."index" DESC
                           LIMIT 1)
 ORDER BY message.date_created DESC, channel.sid;
