-- Prints the statement that gives the lines that the checksum of the chosen rows (session.sql) is of: for each row one
-- line, for each of its columns, in the order of the table and with one space between,
--   -                         where it is NULL,
--   its bytes as hexadecimal digits, upper case, where not: of a text its UTF-8, of a number its digits (1 is 31), of a
--                             BLOB the BLOB itself. The empty text has no digits
-- The lines stand in the order of `path`, compared byte by byte (which is also the order of the lines themselves), each
-- ended by a line feed. The checksum is the SHA-256 of all that. Any engine can tell whether it has the same:
--   PostgreSQL   coalesce(upper(encode(convert_to(body, 'UTF8'), 'hex')), '-') ... ORDER BY path COLLATE "C"
--   ClickHouse   if(isNull(body), '-', hex(assumeNotNull(body))) ... of a number, hex(toString(n))
--   DuckDB       coalesce(hex(body), '-') ... of a number, hex(n::VARCHAR)
SELECT 'SELECT ' ||
       (SELECT group_concat(CASE type
                   WHEN 'INTEGER' THEN printf('CASE typeof(%s) WHEN ''null'' THEN ''-'' WHEN ''real'' THEN' ||
                       ' hex(printf(''%%!.20g'', %s)) ELSE hex(%s) END', value, value, value)
                   ELSE printf('iif(%s IS NULL, ''-'', hex(%s))', value, value) END, ' || '' '' || ')
          FROM temp.export_columns) ||
       ' ' || source || ';'
  FROM temp.export_source;
