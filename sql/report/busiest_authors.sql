-- Who has written most in these days, and in how many channels.

SELECT CASE instr(name, char(0)) WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(json_quote(name), '\\', '\u005c'), '\u0000', '\u2400') || ']', '$[0]')
       END AS name,
       messages, channels, latest
  FROM (SELECT coalesce(nullif(author, ''), '(nobody)') AS name, author, count(*) AS messages,
               count(DISTINCT channel_sid) AS channels, max(day) AS latest
          FROM report_messages, report_window
         WHERE day BETWEEN first AND last
         GROUP BY author)
 ORDER BY messages DESC, author
 LIMIT 15;
