-- The same counted from the messages themselves: those of other people after the last one that the member has read.
-- Cost: the members of every channel, and its messages from the newest back to the first unread one, at most twice.

SELECT member.identity, channel.friendly_name AS channel,
       (SELECT count(*)
          FROM messages AS message
         WHERE message.service_sid = member.service_sid
           AND message.channel_sid = member.channel_sid
           AND message."index" > ifnull(member.last_consumed_message_index, -1)
           AND message."from" IS NOT member.identity) AS unread
  FROM channels AS channel
  JOIN members AS member ON member.service_sid = channel.service_sid AND member.channel_sid = channel.sid
 ORDER BY unread DESC, member.sid;
