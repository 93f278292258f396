-- One row: what the report is about, and the numbers at its head.

WITH run AS (SELECT * FROM archive_runs WHERE run = (SELECT max(run) FROM archive_runs)),
answers AS (
  SELECT waited, row_number() OVER (ORDER BY waited) AS nth, count(*) OVER () AS all_of_them
    FROM report_messages, report_window WHERE day BETWEEN first AND last AND waited IS NOT NULL),
recent AS (
  SELECT count(*) AS messages, count(DISTINCT author) AS people, count(DISTINCT channel_sid) AS channels
    FROM report_messages, report_window WHERE day BETWEEN first AND last)
SELECT run.generation, run.run, run.ended_at, run.started_at, run.error, first, last,
       CAST(julianday(last) - julianday(first) AS INTEGER) + 1 AS days, zone,
       (SELECT count(*) FROM report_services) AS services,
       (SELECT name FROM report_services ORDER BY sid LIMIT 1) AS service,
       (SELECT count(*) FROM report_messages) AS messages_ever,
       (SELECT count(*) FROM report_messages WHERE gone) AS messages_gone,
       (SELECT count(*) FROM report_messages WHERE day IS NULL) AS messages_undated,
       recent.messages, recent.people, recent.channels,
       (SELECT count(*) FROM report_messages WHERE day BETWEEN date(first, '-' || options.days || ' days')
                                                       AND date(first, '-1 day')) AS messages_before,
       (SELECT count(*) FROM report_channels WHERE gone IS NULL) AS channels_there,
       (SELECT count(*) FROM report_users WHERE gone IS NULL) AS users_there,
       (SELECT count(*) FROM answers) AS answers,
       (SELECT waited FROM answers WHERE nth = (all_of_them + 1) / 2) AS seconds_middle,
       (SELECT waited FROM answers WHERE nth = (all_of_them * 9 + 9) / 10) AS seconds_nine_of_ten,
       (SELECT count(*) FROM report_receipts WHERE date(created, zone) BETWEEN first AND last) AS receipts,
       (SELECT count(*) FROM report_receipts WHERE date(created, zone) BETWEEN first AND last
                                               AND status IN ('failed', 'undelivered')) AS undelivered
  FROM run, report_window, report_options AS options, recent;
