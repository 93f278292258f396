.bail on
INSERT INTO archive_runs(run, kind, generation, media, started_at, ended_at, stage, first_change) VALUES
    (1, 'update', 'v2', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', 6, 1),
    (2, 'update', 'v2', 1, '2026-01-02T00:00:00Z', '2026-01-02T00:01:00Z', 6, 4);
INSERT INTO messages(path, sid, "index", body, attributes, was_edited, gone_at) VALUES
    ('/m/2', 'IM2', 0, 'a' || char(0, 13, 10) || '\.', '{"a": 1.10}', 0, NULL),
    ('/m/1', 'IM1', 9223372036854775807, '', NULL, NULL, '2026-01-02T00:00:30Z'),
    ('/m/3', 'IM3', 0.5, '=1+1', '{}', 1, NULL);
INSERT INTO media(path, sid, size, content, file) VALUES
    ('/a/1', 'ME1', 3, x'00ff41', NULL), ('/a/2', 'ME2', 0, x'', NULL), ('/a/3', 'ME3', 7, NULL, 'beside');
INSERT INTO archive_changes(id, run, table_name, path, kind, at, before) VALUES
    (1, 1, 'messages', '/m/1', 'new', '2026-01-01T00:00:30Z', NULL),
    (2, 1, 'messages', '/m/2', 'new', '2026-01-01T00:00:30Z', NULL),
    (3, 1, 'media', '/a/1', 'new', '2026-01-01T00:00:30Z', NULL),
    (4, 2, 'messages', '/m/2', 'edited', '2026-01-02T00:00:30Z', '{}'),
    (5, 2, 'messages', '/m/3', 'new', '2026-01-02T00:00:30Z', NULL),
    (6, 2, 'messages', '/m/3', 'edited', '2026-01-02T00:00:30Z', '{}'),
    (7, 2, 'messages', '/m/1', 'gone', '2026-01-02T00:00:30Z', '{}');

.headers off
.mode list
.read sql/export/session.sql
SELECT group_concat(name, ' ') FROM (SELECT name FROM temp.export_tables ORDER BY name);
.print
.print == messages
UPDATE temp.export_options SET table_name = 'messages';
.output statement.sql
.read sql/export/jsonl.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/checksum.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/rows.sql
.output
.read statement.sql
.print
.print == messages that the service has
UPDATE temp.export_options SET present = 1;
.output statement.sql
.read sql/export/jsonl.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/checksum.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/rows.sql
.output
.read statement.sql
.print
.print == messages that runs after the first have changed
UPDATE temp.export_options SET since = 1, present = 0;
.output statement.sql
.read sql/export/jsonl.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/checksum.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/rows.sql
.output
.read statement.sql
.print
.print == media
UPDATE temp.export_options SET table_name = 'media', since = NULL;
.output statement.sql
.read sql/export/jsonl.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/checksum.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/rows.sql
.output
.read statement.sql
.print
.print == CSV of media

.output statement.sql
.read sql/export/csv.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/csv_traps.sql
.output
.read statement.sql
.print
.print == CSV of messages
UPDATE temp.export_options SET table_name = 'messages';
.output statement.sql
.read sql/export/csv.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/csv_traps.sql
.output
.read statement.sql
.print
.print == CSV of messages as written
UPDATE temp.export_options SET office = 0;
.output statement.sql
.read sql/export/csv.sql
.output
.read statement.sql
.output statement.sql
.read sql/export/csv_traps.sql
.output
.read statement.sql
.print
.print == for DuckDB
UPDATE temp.export_options SET table_name = 'media';
.read sql/export/parquet.sql
.read sql/export/parquet_checksum.sql
.print
.print == for DuckDB, changes
UPDATE temp.export_options SET since = 1, table_name = 'user_channels';
.read sql/export/parquet.sql
.read sql/export/parquet_checksum.sql
.print
.print == for DuckDB, one file
UPDATE temp.export_options SET since = NULL, table_name = 'invites', partitioned = 0;
.read sql/export/parquet.sql
