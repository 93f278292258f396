-- How many channels have how many members, as a histogram by powers of two.
-- Cost: the list of channels.

SELECT 'Conversations tells no members_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

WITH RECURSIVE bucket(low, high) AS (
  SELECT 0, 0 UNION ALL SELECT high + 1, max(1, high * 2) FROM bucket WHERE high < 1024)
SELECT CASE WHEN low = high THEN low ELSE low || ' - ' || high END AS members, count(channel.sid) AS channels,
       replace(hex(zeroblob(count(channel.sid))), '00', '*') AS histogram
  FROM bucket LEFT JOIN channels AS channel ON channel.members_count BETWEEN bucket.low AND bucket.high
 GROUP BY low
HAVING count(channel.sid) > 0
 ORDER BY low;
