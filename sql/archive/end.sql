-- Ends the run that has nothing left to do, and folds the write-ahead log into the file as far as readers let it.
UPDATE main.archive_runs SET ended_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE ended_at IS NULL AND stage >= 6 AND NOT EXISTS (SELECT 1 FROM main.archive_todo);
PRAGMA main.optimize;
