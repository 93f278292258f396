-- Channels of one service that have the same friendly name, which usually means that one was made twice.
-- Cost: the list of channels.

SELECT friendly_name, count(*) AS channels, sum(messages_count) AS messages, min(date_created) AS oldest,
       group_concat(sid, ' ') AS sids
  FROM (SELECT service_sid, sid, friendly_name, messages_count, date_created
          FROM channels
         WHERE friendly_name <> ''
         ORDER BY date_created, sid)
 GROUP BY service_sid, friendly_name
HAVING count(*) > 1
 ORDER BY channels DESC, friendly_name, oldest;
