-- Made by ext/package/make-archive. Reads one batch of conversation_credentials:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'conversation_credentials'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'conversation_credentials');

DELETE FROM temp.fresh_conversation_credentials;
INSERT OR IGNORE INTO temp.fresh_conversation_credentials(path,
    "sid", "friendly_name", "type", "sandbox", "date_created", "date_updated", "account_sid", "url")
SELECT f.path,
       f."sid", f."friendly_name", f."type", f."sandbox", f."date_created", f."date_updated", f."account_sid",
       f."url"
  FROM temp.batch CROSS JOIN temp.api_conversation_credentials AS f;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_conversation_credentials AS f LEFT JOIN main.conversation_credentials AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."friendly_name", a."type", a."sandbox", a."date_created", a."date_updated", a."account_sid",
       a."url") IS NOT
       (f."sid", f."friendly_name", f."type", f."sandbox", f."date_created", f."date_updated", f."account_sid",
       f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.conversation_credentials AS a
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_conversation_credentials AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_credentials', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'friendly_name', a."friendly_name", 'type', a."type", 'sandbox', a."sandbox",
           'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid",
           'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.conversation_credentials AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.conversation_credentials(path,
    "sid", "friendly_name", "type", "sandbox", "date_created", "date_updated", "account_sid", "url")
SELECT f.path,
       f."sid", f."friendly_name", f."type", f."sandbox", f."date_created", f."date_updated", f."account_sid",
       f."url"
  FROM temp.found CROSS JOIN temp.fresh_conversation_credentials AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "friendly_name" = excluded."friendly_name", "type" = excluded."type",
       "sandbox" = excluded."sandbox", "date_created" = excluded."date_created",
       "date_updated" = excluded."date_updated", "account_sid" = excluded."account_sid", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.conversation_credentials SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found WHERE kind = 'gone');

UPDATE main.archive_runs
   SET new = new + (SELECT count(*) FROM main.archive_changes
                     WHERE id > (SELECT change FROM temp.mark) AND kind = 'new'),
       edited = edited + (SELECT count(*) FROM main.archive_changes
                           WHERE id > (SELECT change FROM temp.mark) AND kind = 'edited'),
       gone = gone + (SELECT count(*) FROM main.archive_changes
                       WHERE id > (SELECT change FROM temp.mark) AND +kind = 'gone'),
       requests = requests + (SELECT ifnull(max(id), 0) FROM temp.api_requests) - (SELECT request FROM temp.mark)
 WHERE ended_at IS NULL;
UPDATE temp.mark SET change = (SELECT ifnull(max(id), 0) FROM main.archive_changes),
                     request = (SELECT ifnull(max(id), 0) FROM temp.api_requests);
DELETE FROM main.archive_todo WHERE id IN (SELECT id FROM temp.batch);
COMMIT;
