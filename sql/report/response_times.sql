-- How long people waited for an answer in these days: the time from one person's message to the next one in that
-- channel, where somebody else wrote it. `upto` seconds, the last NULL: longer.

WITH bins(nth, name, upto) AS (
  VALUES (1, 'within a minute', 60), (2, '1 to 5 minutes', 300), (3, '5 to 15 minutes', 900),
         (4, '15 to 60 minutes', 3600), (5, '1 to 4 hours', 14400), (6, '4 to 24 hours', 86400),
         (7, '1 to 7 days', 604800), (8, 'longer', NULL)),
answers AS (
  SELECT CASE WHEN waited <= 60 THEN 1 WHEN waited <= 300 THEN 2 WHEN waited <= 900 THEN 3 WHEN waited <= 3600 THEN 4
              WHEN waited <= 14400 THEN 5 WHEN waited <= 86400 THEN 6 WHEN waited <= 604800 THEN 7 ELSE 8 END AS nth,
         count(*) AS answers
    FROM report_messages, report_window
   WHERE day BETWEEN first AND last AND waited IS NOT NULL
   GROUP BY 1)
SELECT name, upto, ifnull(answers, 0) AS answers
  FROM bins
  LEFT JOIN answers ON answers.nth = bins.nth
 ORDER BY bins.nth;
