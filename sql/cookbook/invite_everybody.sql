-- Makes every user of a service a member of one of its channels; who is one already is passed over.
-- Which channel: .parameter set :channel "'general'"
-- Cost: the channel, the list of users, and a call for each of them.

INSERT OR IGNORE INTO members(service_sid, channel_sid, identity)
SELECT channel.service_sid, channel.sid, user.identity
  FROM (SELECT service_sid, sid
          FROM channels
         WHERE unique_name = ifnull(:channel, 'support')
         ORDER BY service_sid
         LIMIT 1) AS channel
  JOIN users AS user ON user.service_sid = channel.service_sid;
SELECT CASE WHEN status = 409 THEN 'a member already' ELSE state END AS outcome, count(*) AS users
  FROM chat_writes
 GROUP BY outcome
 ORDER BY outcome DESC;
