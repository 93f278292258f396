-- Prints the statements that give the chosen rows (session.sql) as CSV for office programs, with a header line. As RFC
-- 4180 has it, texts always in quotes: NULL is nothing, the empty text is "". BLOBs (the `content` of media) are left
-- out.
-- Not everything survives: csv_traps.sql counts it. JSON lines (jsonl.sql) lose nothing.
--   NUL         stands as ␀ (U+2400): no office program reads it
--   =1+1        a text that begins with = + - @ (or these in full width), a tab or a line break is computed when the
--               file is opened, though it be in quotes, and +15551234567 loses its plus; whoever can write a message
--               can write a formula. With office = 1 (in temp.export_options) such a text gets an apostrophe in front
--   ä           is read as something else by Excel unless the file begins with a byte order mark: with office = 1 it
--               does
--   007         is a number to them, 1/2 a date, 1e5 100000: only columns that are imported as text keep them
--   long texts  a cell ends at 32,767 characters, a sheet at 1,048,576 rows
-- LibreOffice, all columns as text (a pair n/2 for each column), so that nothing is computed or changed:
--   soffice --headless --infilter='CSV:44,34,76,1,1/2/2/2/3/2/4/2,0,false,false' --convert-to xlsx FILE.csv
SELECT 'SELECT ' || iif(office, 'char(65279) || ', '') || group_concat(literal, ' || '','' || ') ||
       ' || char(13);'
  FROM temp.export_options, temp.export_columns
 WHERE type <> 'BLOB';
SELECT 'SELECT ' ||
       (SELECT group_concat(replace(
                   'CASE typeof($) WHEN ''null'' THEN '''' WHEN ''blob'' THEN hex($) WHEN ''text'' THEN ' ||
                   '''"'' || replace(' ||
                   iif(office, 'iif($ GLOB ''[=+@＝＋－＠'' || char(9, 10, 13) || ''-]*'', '''''''', '''')' ||
                               ' || ', '') ||
                   'iif(instr($, char(0)), (WITH RECURSIVE cut(done, rest) AS (SELECT '''', CAST($ AS BLOB)' ||
                   ' UNION ALL SELECT done || CAST(substr(rest, 1, instr(rest, x''00'') - 1) AS TEXT) || ''␀'',' ||
                   ' substr(rest, instr(rest, x''00'') + 1) FROM cut WHERE instr(rest, x''00''))' ||
                   ' SELECT done || CAST(rest AS TEXT) FROM cut WHERE NOT instr(rest, x''00'')), $),' ||
                   ' ''"'', ''""'') || ''"'' ELSE $ END', '$', value),
                ' || '','' || ')
          FROM temp.export_columns
         WHERE type <> 'BLOB') ||
       ' || char(13) ' || source || ';'
  FROM temp.export_options, temp.export_source;
