-- Deletes channels without members and messages. It ends in ROLLBACK, so that it only shows what it would do; say
-- COMMIT in its place to do it.
-- Cost: the list of channels; with COMMIT, a call for each.

SELECT 'Conversations tells no members_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

BEGIN;
DELETE FROM channels WHERE members_count = 0 AND messages_count = 0;
SELECT method, path, state FROM chat_writes ORDER BY path;
ROLLBACK;
