-- Begins a run, unless one has not ended: then that one goes on. Says which: "run", its number, kind, generation,
-- media, when it began, and whether it is new.
BEGIN IMMEDIATE;
CREATE TEMP TABLE IF NOT EXISTS begun(run INTEGER);
DELETE FROM temp.begun;
INSERT INTO temp.begun SELECT (SELECT ifnull(max(run), 0) + 1 FROM main.archive_runs)
 WHERE NOT EXISTS (SELECT 1 FROM main.archive_runs WHERE ended_at IS NULL);
INSERT INTO main.archive_runs(run, kind, generation, media, started_at, stage, first_change)
SELECT run, kind, generation, media, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 0,
       (SELECT ifnull(max(id), 0) + 1 FROM main.archive_changes)
  FROM temp.begun, temp.options;
INSERT INTO main.archive_todo(table_name, mode, batch)
SELECT name, 'list', 0
  FROM temp.begun CROSS JOIN temp.options
  JOIN (SELECT 0 AS place, 'chat' AS family, 'services' AS name
        UNION ALL SELECT 1, 'chat', 'credentials'
        UNION ALL SELECT 0, 'conversations', 'conversation_services'
        UNION ALL SELECT 1, 'conversations', 'conversation_credentials'
        UNION ALL SELECT 2, 'conversations', 'address_configurations'
        UNION ALL SELECT 3, 'conversations', 'account_configuration'
        UNION ALL SELECT 4, 'conversations', 'account_webhooks')
    ON family = iif(options.generation = 'conversations', 'conversations', 'chat')
 ORDER BY place;
COMMIT;
SELECT 'run', run, kind, generation, media, started_at, EXISTS (SELECT 1 FROM temp.begun) FROM temp.run;
