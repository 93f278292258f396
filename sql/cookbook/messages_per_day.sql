-- How many messages were written on each day, and in how many channels.
-- Cost: all messages.

SELECT date(date_created) AS day, count(*) AS messages, count(DISTINCT channel_sid) AS channels
  FROM messages
 GROUP BY day
 ORDER BY day;
