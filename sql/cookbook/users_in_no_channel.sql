-- Users who are in no channel at all: candidates for cleaning up.
-- Cost: the list of users.

SELECT identity, friendly_name, date_created
  FROM users
 WHERE joined_channels_count = 0
 ORDER BY date_created, sid;
