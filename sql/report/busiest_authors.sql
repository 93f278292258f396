-- Who has written most in these days, and in how many channels.

SELECT CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       messages, channels, latest
  FROM (SELECT coalesce(nullif(author, ''), '(nobody)') AS name, author, count(*) AS messages,
               count(DISTINCT channel_sid) AS channels, max(day) AS latest
          FROM report_messages, report_window
         WHERE day BETWEEN first AND last
         GROUP BY author)
 ORDER BY messages DESC, author
 LIMIT 15;
