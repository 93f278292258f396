-- Messages written, channels and users made, in each month; in each quarter, or year, where months were more than 36.
-- What has been deleted since counts too. At most 40 periods: what is older is in the first of them.

WITH RECURSIVE events(month, kind) AS (
  SELECT substr(day, 1, 7) || '-01', 'message' FROM report_messages WHERE day IS NOT NULL
  UNION ALL
  SELECT strftime('%Y-%m-01', created, zone), 'channel' FROM report_channels, report_options
   WHERE created < (SELECT max(coalesce(ended_at, started_at)) FROM archive_runs)
  UNION ALL
  SELECT strftime('%Y-%m-01', created, zone), 'user' FROM report_users, report_options
   WHERE created < (SELECT max(coalesce(ended_at, started_at)) FROM archive_runs)),
counted AS (
  SELECT month, total(kind = 'message') AS messages, total(kind = 'channel') AS channels, total(kind = 'user') AS users
    FROM events WHERE month IS NOT NULL GROUP BY month),
span AS (
  SELECT min(month) AS first, max(month) AS last,
         (substr(max(month), 1, 4) - substr(min(month), 1, 4)) * 12
         + substr(max(month), 6, 2) - substr(min(month), 6, 2) + 1 AS months
    FROM counted),
step AS (SELECT *, CASE WHEN months <= 36 THEN 1 WHEN months <= 106 THEN 3 ELSE 12 END AS size FROM span),
-- The first day of the period that a month is in.
placed AS (
  SELECT date(month, '-' || ((substr(month, 6, 2) - 1) % size) || ' months') AS period, messages, channels, users, size,
         date(last, '-' || ((substr(last, 6, 2) - 1) % size) || ' months') AS last
    FROM counted, step),
periods(period, last, size) AS (
  SELECT max(first, date(last, '-' || (39 * size) || ' months')), last, size
    FROM (SELECT min(period) AS first, max(last) AS last, max(size) AS size FROM placed)
   WHERE first IS NOT NULL
  UNION ALL
  SELECT date(period, '+' || size || ' months'), last, size FROM periods WHERE period < last),
summed AS (
  SELECT periods.period, periods.size, CAST(total(messages) AS INTEGER) AS messages,
         CAST(total(channels) AS INTEGER) AS channels, CAST(total(users) AS INTEGER) AS users
    FROM periods
    LEFT JOIN placed ON placed.period = periods.period
                     OR placed.period < periods.period AND periods.period = (SELECT min(period) FROM periods)
   GROUP BY periods.period)
SELECT period, size AS months, messages, channels, users, sum(messages) OVER sofar AS messages_so_far,
       sum(channels) OVER sofar AS channels_so_far, sum(users) OVER sofar AS users_so_far
  FROM summed
WINDOW sofar AS (ORDER BY period)
 ORDER BY period;
