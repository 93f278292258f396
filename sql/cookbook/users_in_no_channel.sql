-- Users who are in no channel at all: candidates for cleaning up.
-- Cost: the list of users.

SELECT 'Conversations tells no joined_channels_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

SELECT identity, friendly_name, date_created
  FROM users
 WHERE joined_channels_count = 0
 ORDER BY date_created, sid;
