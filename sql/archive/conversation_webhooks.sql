-- Made by ext/package/make-archive. Reads one batch of conversation_webhooks:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'conversation_webhooks'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'conversation_webhooks');

DELETE FROM temp.fresh_conversation_webhooks;
INSERT OR IGNORE INTO temp.fresh_conversation_webhooks(path,
    "sid", "chat_service_sid", "conversation_sid", "target", "configuration", "date_created", "date_updated",
    "account_sid", "url")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."target", f."configuration", f."date_created",
       f."date_updated", f."account_sid", f."url"
  FROM temp.batch CROSS JOIN temp.api_conversation_webhooks AS f
    ON f.chat_service_sid = batch.service_sid
   AND f.conversation_sid = batch.parent_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_conversation_webhooks AS f LEFT JOIN main.conversation_webhooks AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."chat_service_sid", a."conversation_sid", a."target", a."configuration", a."date_created",
       a."date_updated", a."account_sid", a."url") IS NOT
       (f."sid", f."chat_service_sid", f."conversation_sid", f."target", f."configuration", f."date_created",
       f."date_updated", f."account_sid", f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.conversation_webhooks AS a
    ON a.chat_service_sid = batch.service_sid
   AND a.conversation_sid = batch.parent_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_conversation_webhooks AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_webhooks', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'target', a."target", 'configuration', a."configuration", 'date_created', a."date_created",
           'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.conversation_webhooks AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.conversation_webhooks(path,
    "sid", "chat_service_sid", "conversation_sid", "target", "configuration", "date_created", "date_updated",
    "account_sid", "url")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."target", f."configuration", f."date_created",
       f."date_updated", f."account_sid", f."url"
  FROM temp.found CROSS JOIN temp.fresh_conversation_webhooks AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "chat_service_sid" = excluded."chat_service_sid",
       "conversation_sid" = excluded."conversation_sid", "target" = excluded."target",
       "configuration" = excluded."configuration", "date_created" = excluded."date_created",
       "date_updated" = excluded."date_updated", "account_sid" = excluded."account_sid", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.conversation_webhooks SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
