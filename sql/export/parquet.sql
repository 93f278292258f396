-- Prints the statement, for DuckDB, that makes Parquet of the chosen rows out of their lines of JSON (jsonl.sql): from
-- TABLE.jsonl (or TABLE.changes.jsonl) files TABLE.parquet/service=IS…/month=2026-01/data_0.parquet, or, where the
-- table has no column for one of the two, without it. Month is that of date_created; what has none is under `none`.
--
--   node examples/node/duckdb.js <statement.sql
--
-- Read them with DuckDB, Spark, Trino, … as one table that is partitioned as Hive's are. Its columns are those of the
-- archive, then service and month:
--   TEXT       VARCHAR, as it is, NUL too. Times are ISO 8601 texts, some with fractions: date_created::TIMESTAMPTZ
--   INTEGER    BIGINT. A number that is none makes the export fail
--   BLOB       BLOB
-- temp.export_options.partitioned = 0: all in TABLE.parquet/data_0.parquet. So it must be where no rows are, since then
-- no partition is either, and nothing has the columns.
SELECT 'SET threads = 1;
COPY (SELECT ' ||
       (SELECT group_concat(printf(iif(type = 'BLOB', 'unhex("%w") AS "%w"', '"%w"'), name, name), ', ')
          FROM temp.export_columns) ||
       iif(names <> '', (SELECT group_concat(', ' || source || ' AS ' || name, '') FROM temp.export_partitions), '') ||
       '
        FROM read_json(''' || file || '.jsonl'', format = ''newline_delimited'', maximum_object_size = 1000000000,
                       columns = {' ||
       (SELECT group_concat(literal || ': ' || iif(type = 'INTEGER', '''BIGINT''', '''VARCHAR'''), ', ')
          FROM temp.export_columns) || '})' ||
       iif(names <> '', '
       ORDER BY ' || names || ', path', '') || ')
  TO ''' || file || iif(names <> '', '.parquet'' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (' || names || '));',
                        '.parquet/data_0.parquet'' (FORMAT parquet, COMPRESSION zstd);')
  FROM (SELECT partitioned, table_name || iif(since IS NULL, '', '.changes') AS file,
               iif(partitioned, (SELECT ifnull(group_concat(name, ', '), '') FROM temp.export_partitions), '') AS names
          FROM temp.export_options);
