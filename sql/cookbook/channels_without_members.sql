-- Channels that nobody is a member of. The service's own count answers it without a look at the members.
-- Cost: the list of channels.

SELECT 'Conversations tells no members_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

SELECT sid, unique_name, friendly_name, messages_count, date_updated
  FROM channels
 WHERE members_count = 0
 ORDER BY date_updated, sid;
