-- Made by ext/package/make-archive. Reads one batch of delivery_receipts:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'delivery_receipts'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'delivery_receipts');

DELETE FROM temp.fresh_delivery_receipts;
INSERT OR IGNORE INTO temp.fresh_delivery_receipts(path,
    "sid", "chat_service_sid", "conversation_sid", "message_sid", "participant_sid", "channel_message_sid",
    "status", "error_code", "date_created", "date_updated", "account_sid", "url")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."message_sid", f."participant_sid",
       f."channel_message_sid", f."status", f."error_code", f."date_created", f."date_updated", f."account_sid",
       f."url"
  FROM temp.batch CROSS JOIN temp.api_delivery_receipts AS f
    ON f.chat_service_sid = batch.service_sid
   AND f.conversation_sid = batch.parent_sid
   AND f.message_sid = batch.item_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_delivery_receipts AS f LEFT JOIN main.delivery_receipts AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."chat_service_sid", a."conversation_sid", a."message_sid", a."participant_sid",
       a."channel_message_sid", a."status", a."error_code", a."date_created", a."date_updated", a."account_sid",
       a."url") IS NOT
       (f."sid", f."chat_service_sid", f."conversation_sid", f."message_sid", f."participant_sid",
       f."channel_message_sid", f."status", f."error_code", f."date_created", f."date_updated", f."account_sid",
       f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.delivery_receipts AS a
    ON a.chat_service_sid = batch.service_sid
   AND a.conversation_sid = batch.parent_sid
   AND a.message_sid = batch.item_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_delivery_receipts AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'delivery_receipts', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'message_sid', a."message_sid", 'participant_sid', a."participant_sid", 'channel_message_sid',
           a."channel_message_sid", 'status', a."status", 'error_code', a."error_code", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.delivery_receipts AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.delivery_receipts(path,
    "sid", "chat_service_sid", "conversation_sid", "message_sid", "participant_sid", "channel_message_sid",
    "status", "error_code", "date_created", "date_updated", "account_sid", "url")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."message_sid", f."participant_sid",
       f."channel_message_sid", f."status", f."error_code", f."date_created", f."date_updated", f."account_sid",
       f."url"
  FROM temp.found CROSS JOIN temp.fresh_delivery_receipts AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "chat_service_sid" = excluded."chat_service_sid",
       "conversation_sid" = excluded."conversation_sid", "message_sid" = excluded."message_sid",
       "participant_sid" = excluded."participant_sid", "channel_message_sid" = excluded."channel_message_sid",
       "status" = excluded."status", "error_code" = excluded."error_code", "date_created" = excluded."date_created",
       "date_updated" = excluded."date_updated", "account_sid" = excluded."account_sid", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.delivery_receipts SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
