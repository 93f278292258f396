-- How long a channel waits for an answer: the time from one author's message to the next one of somebody else.
-- Cost: all messages.

SELECT channel.friendly_name AS channel, count(*) AS answers, CAST(round(avg(hours)) AS INTEGER) AS average_hours,
       CAST(round(max(hours)) AS INTEGER) AS longest_hours
  FROM (SELECT channel_sid,
               lead("from") OVER later AS next_author,
               "from" AS author,
               (julianday(lead(date_created) OVER later) - julianday(date_created)) * 24 AS hours
          FROM messages
        WINDOW later AS (PARTITION BY channel_sid ORDER BY "index")) AS pair
  JOIN channels AS channel ON channel.sid = pair.channel_sid
 WHERE next_author <> author
 GROUP BY channel.sid
 ORDER BY average_hours DESC, channel.sid;
