-- Who has written most in these days, and in how many channels.

SELECT replace(coalesce(nullif(author, ''), '(nobody)'), char(0), char(9216)) AS name, count(*) AS messages,
       count(DISTINCT channel_sid) AS channels, max(day) AS latest
  FROM report_messages, report_window
 WHERE day BETWEEN first AND last
 GROUP BY author
 ORDER BY messages DESC, author
 LIMIT 15;
