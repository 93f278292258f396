-- Ends the run that has nothing left to do, and folds the write-ahead log into the file as far as readers let it.
-- A transaction: a shell that is interrupted here does what it has read of a statement, be it without its WHERE.
BEGIN IMMEDIATE;
UPDATE main.archive_runs SET ended_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE ended_at IS NULL AND stage >= 6 AND NOT EXISTS (SELECT 1 FROM main.archive_todo);
COMMIT;
PRAGMA main.optimize;
