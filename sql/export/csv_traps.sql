-- Prints the statement that tells, a line each, what of the chosen rows (session.sql) is not in CSV as it is (csv.sql
-- tells why), with how many rows; nothing where nothing is lost.
SELECT 'WITH counted AS (SELECT count(*) AS n, total(' ||
       group_concat(printf('typeof(%s) = ''text'' AND instr(%s, char(0)) > 0', value, value), ' OR ') ||
       ') AS nul, total(' ||
       group_concat(printf('typeof(%s) = ''text'' AND %s GLOB ''[=+@＝＋－＠'' || char(9, 10, 13) || ''-]*''',
                           value, value), ' OR ') ||
       ') AS formula, total(' ||
       -- Digits with what is read as part of a number, a time or a date, but for numbers that stay what they are.
       group_concat(printf('typeof(%s) = ''text'' AND %s GLOB ''[0-9.]*'' AND NOT %s GLOB ''*[^0-9.,:/eE%%+-]*''' ||
                           ' AND (%s GLOB ''*[^0-9]*'' OR %s GLOB ''0?*'' OR length(%s) > 15)',
                           value, value, value, value, value, value), ' OR ') ||
       ') AS number, total(' ||
       group_concat(printf('typeof(%s) = ''text'' AND length(%s) > 32767', value, value), ' OR ') ||
       ') AS long ' || source || ')
SELECT printf(''%d rows with a NUL: ␀ stands in its place'', nul) FROM counted WHERE nul > 0
 UNION ALL
SELECT printf(''%d rows with a text that is computed, as =1+1, or loses its plus, as +15551234567: ' ||
       iif(office, 'an apostrophe stands before it',
           'import all columns as text') || ''', formula) FROM counted WHERE formula > 0
 UNION ALL
SELECT printf(''%d rows with a text that is taken for a number or a date, as 007 or 1/2:' ||
       ' import all columns as text'', number) FROM counted WHERE number > 0
 UNION ALL
SELECT printf(''%d rows with a text of more characters than the 32767 of a cell: the rest is cut off'', long)
  FROM counted WHERE long > 0
 UNION ALL
SELECT ''more rows than the 1048575 of a sheet: the rest is cut off'' FROM counted WHERE n > 1048575' ||
       CASE WHEN (SELECT count(*) FROM temp.export_columns WHERE type = 'BLOB') > 0 THEN '
 UNION ALL
SELECT ''without the column ' ||
       (SELECT group_concat(name, ', ') FROM temp.export_columns WHERE type = 'BLOB') || ''' '
            ELSE '' END || ';'
  FROM temp.export_options, temp.export_source, temp.export_columns
 WHERE type <> 'BLOB';
