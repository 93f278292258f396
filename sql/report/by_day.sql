-- How many messages were written on each day, days without any included, by how many people, in how many channels.

WITH RECURSIVE days(day) AS (
  SELECT first FROM report_window WHERE first IS NOT NULL
  UNION ALL
  SELECT date(day, '+1 day') FROM days WHERE day < (SELECT last FROM report_window))
SELECT days.day, count(message.day) AS messages, count(DISTINCT message.author) AS people,
       count(DISTINCT message.channel_sid) AS channels
  FROM days
  LEFT JOIN report_messages AS message ON message.day = days.day
 GROUP BY days.day
 ORDER BY days.day;
