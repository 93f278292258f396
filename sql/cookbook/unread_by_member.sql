-- Who has how much to read in each channel, as the service itself counts it.
-- Cost: the list of users, one list for each of them, and their channels.

SELECT user.identity, channel.friendly_name AS channel, membership.unread_messages_count AS unread
  FROM users AS user
  JOIN user_channels AS membership ON membership.service_sid = user.service_sid AND membership.user_sid = user.sid
  JOIN channels AS channel ON channel.service_sid = membership.service_sid AND channel.sid = membership.channel_sid
 WHERE membership.unread_messages_count > 0
 ORDER BY unread DESC, user.sid, channel.sid;
