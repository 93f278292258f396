-- Who writes most, since when, and how long the messages are.
-- Cost: all messages.

SELECT "from" AS author, count(*) AS messages, count(DISTINCT channel_sid) AS channels, min(date_created) AS first,
       max(date_created) AS latest, CAST(avg(length(body)) AS INTEGER) AS average_length
  FROM messages
 GROUP BY "from"
 ORDER BY messages DESC, author
 LIMIT 20;
