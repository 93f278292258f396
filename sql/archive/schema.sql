-- The archive's own tables. This file is their contract; those of the service's rows are in chat_tables.sql and
-- conversations_tables.sql. examples/archive.sh runs all of it; by hand:
--
--   sqlite3 FILE.db
--   .load build/chat
--   .read sql/archive/schema.sql                       archive_runs and the rest; WAL, so that readers never wait
--   .read sql/archive/chat_tables.sql                  channels, messages, … (or conversations_tables.sql)
--   .read sql/archive/session.sql                      temporary tables of this connection
--   .read sql/archive/chat_open.sql                    the service's tables as temp.api_channels, …
--   .read sql/archive/begin.sql                        a new run, or the one that did not end
--   .read sql/archive/next.sql                         what is to be read next: "todo channels list …" says
--   .read sql/archive/channels.sql                     to run channels.sql ("… newer": messages_newer.sql); "plan"
--   .read sql/archive/chat_gone.sql                    to run these two; "end" to run end.sql. And so on until "end".
--   .read sql/archive/chat_plan.sql
--
-- Tables of rows (channels, messages, …): the columns of the API under its names, and
--   path     the address of the row, as /Services/IS…/Channels/CH…: the primary key
--   gone_at  NULL, or when the archive found that the service has the row no more. Rows are never deleted.
-- Whether users are online, and on v1 attributes, are as they were when the row was new, its date_updated another, or
-- in a verification: lists hide them.
-- `media` has also `content`, or with --media-dir `file`, where the content is. Credentials are without their secrets.
-- No table of the file needs the extension: plain tables and indexes, no views, no triggers.
--
-- archive_changes has a row for each change of a row, in the order in which the archive found them, once:
--   id          rises; whoever hands the archive on remembers the last one
--   run         of archive_runs
--   table_name  path         which row
--   kind        new     the service has the row, and the archive had it not, or had it as gone
--               edited  a column of the API has another value
--               gone    the service has it no more: gone_at is set
--   at          when the archive wrote it, UTC
--   before      the row as it was before, an object of all its columns but `content`, JSON columns as text; NULL where
--               there was none (kind new, unless it was gone)
-- What a row is now is in its own table: to hand changes on, take each (table_name, path) with an id above the last,
-- once, and bring the other side to what stands there, or delete it there where gone_at is set.
--
-- archive_runs: a run that has no ended_at goes on with the next call.
--   kind        update or verify                 generation  v1, v2 or conversations: what was asked
--   media       0, or 1: contents are kept       stage       how far it is; 6: to its end
--   requests    new  edited  gone                how many, of what is committed
--   first_change  the id that the first change of the run has, or would have
--   error       what last stopped it, or NULL
PRAGMA journal_mode = WAL;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS main.archive_runs(
    run INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    generation TEXT NOT NULL,
    media INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    stage INTEGER NOT NULL,
    first_change INTEGER NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    edited INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    error TEXT
);
CREATE TABLE IF NOT EXISTS main.archive_changes(
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    before TEXT
);
CREATE INDEX IF NOT EXISTS main.archive_changes_gone ON archive_changes(run) WHERE kind = 'gone';

-- Of each list of messages: when it was last read as a whole, by which generation, how many messages the service told
-- of then, and how many the archive held.
CREATE TABLE IF NOT EXISTS main.archive_lists(
    table_name TEXT NOT NULL,
    parent_sid TEXT NOT NULL,
    generation TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    told INTEGER,
    held INTEGER,
    PRIMARY KEY (table_name, parent_sid)
) WITHOUT ROWID;

-- What the run that goes on has still to read: lists by what they hang under, in batches, each a transaction.
-- mode: list (as a whole), all (also attributes that lists hide), newer ("index" above `known`).
CREATE TABLE IF NOT EXISTS main.archive_todo(
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    mode TEXT NOT NULL,
    service_sid TEXT,
    parent_sid TEXT,
    item_sid TEXT,
    known INTEGER,
    batch INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS main.archive_todo_batch ON archive_todo(table_name, mode, batch);
PRAGMA main.user_version = 1;
COMMIT;
