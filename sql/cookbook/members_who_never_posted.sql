-- Members who have never written in a channel that they belong to.
-- Cost: the members of every channel, and as many of its messages as it takes to find one of each, each once.

SELECT channel.friendly_name AS channel, member.identity, member.date_created AS member_since
  FROM channels AS channel
  JOIN members AS member ON member.service_sid = channel.service_sid AND member.channel_sid = channel.sid
 WHERE NOT EXISTS (SELECT 1
                     FROM messages AS message
                    WHERE message.service_sid = member.service_sid
                      AND message.channel_sid = member.channel_sid
                      AND message."from" = member.identity)
 ORDER BY channel.sid, member.identity;
