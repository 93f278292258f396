-- sql/install.sql and sql/install_persistent.sql: schema and completion know the tables, and no request is made.
SELECT count(*) FROM temp.sqlite_schema WHERE type = 'table';
.echo off
.read sql/install.sql
.echo on
SELECT name, sql FROM temp.sqlite_schema WHERE type = 'table' ORDER BY 1;
SELECT DISTINCT candidate FROM completion('user_', '') WHERE candidate LIKE 'user\_%' ESCAPE '\' ORDER BY 1;
SELECT DISTINCT candidate FROM completion('messaging', 'SELECT messaging') WHERE candidate LIKE 'messaging%';
SELECT count(*) FROM chat_requests;

-- Twice changes nothing.
.echo off
.read sql/install.sql
.echo on
SELECT count(*) FROM temp.sqlite_schema;

-- They are the same tables.
SELECT count(*) FROM channels;
SELECT count(*) > 0 FROM bindings;
UPDATE chat_settings SET value = 5 WHERE name = 'max_concurrency';
SELECT value FROM main.chat_settings WHERE name = 'max_concurrency';
SELECT DISTINCT substr(path, 1, 4) FROM chat_requests;

-- In a file they are found by the next connection.
.open SCRATCH/file.db
.load EXTENSION_FILE
.echo off
.read sql/install_persistent.sql
.echo on
SELECT count(*) FROM sqlite_schema;
.open SCRATCH/file.db
.load EXTENSION_FILE
SELECT name FROM sqlite_schema ORDER BY 1;
SELECT count(*) FROM channels;
DROP TABLE channels;
DROP TABLE chat_requests;
SELECT count(*) FROM channels;
SELECT count(*) FROM sqlite_schema;

-- The extension's own tables have no other name in a file, and no arguments.
CREATE VIRTUAL TABLE notes USING chat_requests;
CREATE VIRTUAL TABLE temp.notes USING chat_requests;
SELECT count(*) > 0 FROM notes;
CREATE VIRTUAL TABLE temp.more USING chat_settings(api_key = 'SK0');
