-- Prints the statement that gives the chosen rows (session.sql) as lines of JSON: one object a row, its columns in the
-- order of the table. Nothing is lost:
--   text       a string, with NUL as \u0000, CR as \r; so a line break is the end of a row and nothing else.
--              What the API has as JSON (attributes, links, …) is a string too, as the server wrote it
--   NULL       null, not ""
--   integer    all its digits: some readers of JSON, jq 1.6 among them, round those beyond 2^53
--   BLOB       (the `content` of media) a string of hexadecimal digits, upper case
--   real       20 digits, since printf's 17 are not always exact; infinity is 9e999. Only a whole number beyond 64 bits
--              is one
SELECT 'SELECT json_object(' ||
       (SELECT group_concat(literal || ', ' || CASE type
                   WHEN 'BLOB' THEN printf('iif(%s IS NULL, NULL, hex(%s))', value, value)
                   WHEN 'INTEGER' THEN printf('iif(typeof(%s) = ''real'', json(replace(printf(''%%!.20g'', %s),' ||
                       ' ''Inf'', ''9e999'')), %s)', value, value, value)
                   ELSE value END, ', ')
          FROM temp.export_columns) ||
       ') ' || source || ';'
  FROM temp.export_source;
