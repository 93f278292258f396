-- Made by ext/package/make-archive. Reads one batch of service_notifications:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'service_notifications'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'service_notifications');

DELETE FROM temp.fresh_service_notifications;
INSERT OR IGNORE INTO temp.fresh_service_notifications(path,
    "chat_service_sid", "new_message", "added_to_conversation", "removed_from_conversation", "log_enabled",
    "account_sid", "url")
SELECT f.path,
       f."chat_service_sid", f."new_message", f."added_to_conversation", f."removed_from_conversation",
       f."log_enabled", f."account_sid", f."url"
  FROM temp.batch CROSS JOIN temp.api_service_notifications AS f
    ON f.chat_service_sid = batch.service_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_service_notifications AS f LEFT JOIN main.service_notifications AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."chat_service_sid", a."new_message", a."added_to_conversation", a."removed_from_conversation",
       a."log_enabled", a."account_sid", a."url") IS NOT
       (f."chat_service_sid", f."new_message", f."added_to_conversation", f."removed_from_conversation",
       f."log_enabled", f."account_sid", f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.service_notifications AS a
    ON a.chat_service_sid = batch.service_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_service_notifications AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'service_notifications', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'chat_service_sid', a."chat_service_sid", 'new_message', a."new_message", 'added_to_conversation',
           a."added_to_conversation", 'removed_from_conversation', a."removed_from_conversation", 'log_enabled',
           a."log_enabled", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.service_notifications AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.service_notifications(path,
    "chat_service_sid", "new_message", "added_to_conversation", "removed_from_conversation", "log_enabled",
    "account_sid", "url")
SELECT f.path,
       f."chat_service_sid", f."new_message", f."added_to_conversation", f."removed_from_conversation",
       f."log_enabled", f."account_sid", f."url"
  FROM temp.found CROSS JOIN temp.fresh_service_notifications AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "chat_service_sid" = excluded."chat_service_sid", "new_message" = excluded."new_message",
       "added_to_conversation" = excluded."added_to_conversation",
       "removed_from_conversation" = excluded."removed_from_conversation", "log_enabled" = excluded."log_enabled",
       "account_sid" = excluded."account_sid", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.service_notifications SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
