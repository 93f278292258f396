-- Temporary tables of the connection that archives; nothing of it stays in the file.
PRAGMA busy_timeout = 60000;
PRAGMA temp_store = FILE;
PRAGMA main.cache_size = -16000;
-- A transaction that a loss of power takes back is read again by the next run.
PRAGMA main.synchronous = NORMAL;

-- What examples/archive.sh was told: how many lists and how many messages a transaction has at most (about), how many
-- lists of messages are read side by side at least, how many percent of the lists are read anew, and where to
-- put the contents of media (NULL: into the table).
CREATE TEMP TABLE IF NOT EXISTS options(lists, rows, width, recheck, kind, generation, media, media_dir);
INSERT INTO temp.options
SELECT 500, 150000, 32, 1, 'update', 'v2', 0, NULL WHERE NOT EXISTS (SELECT 1 FROM temp.options);

CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_settings USING chat_settings;
CREATE VIRTUAL TABLE IF NOT EXISTS temp.api_requests USING chat_requests;
CREATE TEMP VIEW IF NOT EXISTS run AS SELECT * FROM main.archive_runs WHERE ended_at IS NULL;

CREATE TEMP TABLE IF NOT EXISTS batch AS SELECT * FROM main.archive_todo WHERE false;
CREATE TEMP TABLE IF NOT EXISTS found(path TEXT UNIQUE, kind TEXT);
CREATE TEMP TABLE IF NOT EXISTS step(stage INTEGER);

-- What was counted last: a change, a request; and the last row before those that a batch adds.
CREATE TEMP TABLE IF NOT EXISTS mark(change, request, row);
INSERT INTO temp.mark SELECT ifnull(max(id), 0), 0, 0 FROM main.archive_changes;

-- Never has a row: what would be one is an error.
CREATE TEMP TABLE IF NOT EXISTS same_account(
    same INTEGER CONSTRAINT "none of the services in the archive is there: the credentials of another account?" CHECK (same)
);
