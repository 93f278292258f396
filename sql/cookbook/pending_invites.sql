-- Invitations that are still open, oldest first, and who sent them.
-- Cost: the list of channels, and the invites of each.

SELECT invite.date_created, channel.friendly_name AS channel, invite.identity, invite.created_by
  FROM channels AS channel
  JOIN invites AS invite ON invite.service_sid = channel.service_sid AND invite.channel_sid = channel.sid
 ORDER BY invite.date_created, invite.sid;
