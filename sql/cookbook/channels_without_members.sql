-- Channels that nobody is a member of. The service's own count answers it without a look at the members.
-- Cost: the list of channels.

SELECT sid, unique_name, friendly_name, messages_count, date_updated
  FROM channels
 WHERE members_count = 0
 ORDER BY date_updated, sid;
