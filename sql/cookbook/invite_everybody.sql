-- Makes every user of a service a member of one of its channels; who is one already is passed over.
-- Which channel: .parameter set :channel "'general'"
-- Cost: the channel, the list of users, and a call for each of them.

-- Where there is nothing to do, chat_writes has the calls of an earlier transaction.
DROP TABLE IF EXISTS temp.written_before;
CREATE TEMP TABLE written_before AS SELECT ifnull(max(seq), 0) AS seq FROM chat_writes;

INSERT OR IGNORE INTO members(service_sid, channel_sid, identity)
SELECT channel.service_sid, channel.sid, user.identity
  FROM (SELECT service_sid, sid
          FROM channels
         WHERE unique_name = ifnull(:channel, 'support')
         ORDER BY service_sid
         LIMIT 1) AS channel
  JOIN users AS user ON user.service_sid = channel.service_sid;
SELECT CASE WHEN error LIKE 'ignored: %' THEN 'a member already' ELSE state END AS outcome, count(*) AS users
  FROM chat_writes
 WHERE seq > (SELECT seq FROM written_before)
 GROUP BY outcome
 ORDER BY outcome DESC;
