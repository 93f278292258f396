-- Exports of an archive (a file made by examples/archive.sh), for any sqlite3 shell from 3.34 on; the extension is not
-- needed. examples/export.sh runs all of it; by hand, one table:
--
--   sqlite3 FILE.db
--   .headers off
--   .mode list
--   .read sql/export/session.sql                 temporary tables and views of this connection
--   UPDATE temp.export_options SET table_name = 'messages';
--   .output statement.sql
--   .read sql/export/jsonl.sql                   prints a statement that fits the columns which the table has
--   .output messages.jsonl
--   .read statement.sql                          runs it. From 3.50 on: start the shell with `-escape off`
--   .output
--
-- jsonl.sql: a line for each row. csv.sql: CSV; csv_traps.sql: what does not survive in it, with how many rows.
-- parquet.sql, parquet_checksum.sql: what DuckDB is to do with the lines of JSON, and to see that it has.
-- checksum.sql: the lines that the checksum is of. rows.sql: how many rows.
--
-- Which rows: temp.export_options.
--   table_name  one that temp.export_tables names
--   since       NULL: the table as it is. A run: only rows that later runs have changed, each once, as they are now,
--               with `operation` as a first column: `new` or `edited` (to be put in the place of what stands under
--               its path elsewhere, if anything does) or `gone` (the service has it no more: to be deleted there)
--   present     0: all rows, those with a gone_at too. 1: only those that the service has
--   partitioned 1: Parquet by service and month (parquet.sql). 0: one file
--   office      1: CSV is made safe for office programs (csv.sql). 0: texts are as they are
-- In the order of `path`, byte by byte, so that two archives of the same content give the same lines.
CREATE TEMP TABLE export_options(table_name TEXT, since INTEGER, present INTEGER NOT NULL, office INTEGER NOT NULL,
    partitioned INTEGER NOT NULL);
INSERT INTO temp.export_options VALUES (NULL, NULL, 0, 1, 1);

-- The tables of the API's rows: all but the archive's own.
CREATE TEMP VIEW export_tables AS
SELECT m.name
  FROM main.sqlite_master AS m
 WHERE m.type = 'table' AND m.name NOT LIKE 'archive\_%' ESCAPE '\' AND m.name NOT GLOB '*[^a-z_]*'
   AND (SELECT count(*) FROM pragma_table_info(m.name, 'main') WHERE name IN ('path', 'gone_at')) = 2;

-- The columns of the chosen table, with the first one of changes: by name, as a literal, and in the row r.
CREATE TEMP VIEW export_columns AS
SELECT -1 AS cid, 'TEXT' AS type, 'operation' AS name, '''operation''' AS literal, 'r.operation' AS value
  FROM temp.export_options
 WHERE since IS NOT NULL
 UNION ALL
SELECT c.cid, c.type, c.name, printf('%Q', c.name), printf('r."%w"', c.name)
  FROM temp.export_options AS o, pragma_table_info(o.table_name, 'main') AS c
 ORDER BY 1;

-- Of the parts of a path by which Parquet is divided, those that the chosen table has columns for. `source` is for
-- DuckDB.
CREATE TEMP VIEW export_partitions AS
SELECT 'service' AS name, printf('coalesce("%w", ''none'')', name) AS source
  FROM temp.export_columns
 WHERE name IN ('service_sid', 'chat_service_sid')
 UNION ALL
SELECT 'month', 'coalesce(nullif(regexp_extract(date_created, ''^\d{4}-\d\d''), ''''), ''none'')'
  FROM temp.export_columns
 WHERE name = 'date_created';

-- What follows SELECT …: the chosen rows as r, in their order.
CREATE TEMP VIEW export_source AS
SELECT 'FROM (SELECT ' ||
       iif(since IS NULL, '',
           'iif(t.gone_at IS NOT NULL, ''gone'', iif(c.kind = ''new'', ''new'', ''edited'')) AS operation, ') ||
       't.* FROM ' ||
       iif(since IS NULL, '',
           -- The first change of each: whether it was there at all.
           '(SELECT path, kind, min(id) FROM main.archive_changes WHERE table_name = ''' || table_name || '''' ||
           ' AND id >= (SELECT min(first_change) FROM main.archive_runs WHERE run > ' || since || ')' ||
           ' GROUP BY path) AS c CROSS JOIN ') ||
       'main.' || table_name || ' AS t' ||
       iif(since IS NULL, '', ' ON t.path = c.path') ||
       iif(present, ' WHERE t.gone_at IS NULL', '') ||
       ') AS r ORDER BY r.path' AS source
  FROM temp.export_options;
