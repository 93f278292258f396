-- At which hours of which days of the week messages were written: 1 is Monday, 7 Sunday; all 168 hours.

WITH RECURSIVE hours(hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 23),
weekdays(weekday) AS (VALUES (1), (2), (3), (4), (5), (6), (7)),
counted AS (
  SELECT (CAST(strftime('%w', day) AS INTEGER) + 6) % 7 + 1 AS weekday, hour, count(*) AS messages
    FROM report_messages, report_window
   WHERE day BETWEEN first AND last
   GROUP BY 1, 2)
SELECT weekdays.weekday, hours.hour, ifnull(messages, 0) AS messages
  FROM weekdays
 CROSS JOIN hours
  LEFT JOIN counted ON counted.weekday = weekdays.weekday AND counted.hour = hours.hour
 ORDER BY weekdays.weekday, hours.hour;
