-- Deletes channels without members and messages. It ends in ROLLBACK, so that it only shows what it would do; say
-- COMMIT in its place to do it.
-- Cost: the list of channels; with COMMIT, a call for each.

SELECT 'Conversations tells no members_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

DROP TABLE IF EXISTS temp.written_before;
CREATE TEMP TABLE written_before AS SELECT ifnull(max(seq), 0) AS seq FROM chat_writes;
BEGIN;
DELETE FROM channels WHERE members_count = 0 AND messages_count = 0;
SELECT method, path, state FROM chat_writes WHERE seq > (SELECT seq FROM written_before) ORDER BY path;
ROLLBACK;
