-- Prints the statement, for DuckDB, that gives of the files that parquet.sql has made the very lines that checksum.sql
-- gives of the rows in the archive.
SELECT 'SELECT ' ||
       (SELECT group_concat(printf('coalesce(hex("%w"' || iif(type = 'INTEGER', '::VARCHAR', '') || '), ''-'')', name),
                            ' || '' '' || ')
          FROM temp.export_columns) || '
  FROM read_parquet(''' || table_name || iif(since IS NULL, '', '.changes') ||
       '.parquet/**/*.parquet'', hive_partitioning = false) ORDER BY path;'
  FROM temp.export_options;
