-- Made by ext/package/make-archive. Reads one batch of conversation_messages:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'conversation_messages' AND mode <> 'newer'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'conversation_messages' AND mode <> 'newer');

DELETE FROM temp.fresh_conversation_messages;
INSERT OR IGNORE INTO temp.fresh_conversation_messages(path,
    "sid", "chat_service_sid", "conversation_sid", "index", "author", "body", "media", "attributes",
    "participant_sid", "delivery", "content_sid", "date_created", "date_updated", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."index", f."author", f."body", f."media",
       f."attributes", f."participant_sid", f."delivery", f."content_sid", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links"
  FROM temp.batch CROSS JOIN temp.api_conversation_messages AS f
    ON f.chat_service_sid = batch.service_sid
   AND f.conversation_sid = batch.parent_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_conversation_messages AS f LEFT JOIN main.conversation_messages AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."chat_service_sid", a."conversation_sid", a."index", a."author", a."body", a."media",
       a."attributes", a."participant_sid", a."delivery", a."content_sid", a."date_created", a."date_updated",
       a."account_sid", a."url", a."links") IS NOT
       (f."sid", f."chat_service_sid", f."conversation_sid", f."index", f."author", f."body", f."media",
       f."attributes", f."participant_sid", f."delivery", f."content_sid", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.conversation_messages AS a
    ON a.chat_service_sid = batch.service_sid
   AND a.conversation_sid = batch.parent_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_conversation_messages AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_messages', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'index', a."index", 'author', a."author", 'body', a."body", 'media', a."media", 'attributes',
           a."attributes", 'participant_sid', a."participant_sid", 'delivery', a."delivery", 'content_sid',
           a."content_sid", 'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid',
           a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.conversation_messages AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.conversation_messages(path,
    "sid", "chat_service_sid", "conversation_sid", "index", "author", "body", "media", "attributes",
    "participant_sid", "delivery", "content_sid", "date_created", "date_updated", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."chat_service_sid", f."conversation_sid", f."index", f."author", f."body", f."media",
       f."attributes", f."participant_sid", f."delivery", f."content_sid", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links"
  FROM temp.found CROSS JOIN temp.fresh_conversation_messages AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "chat_service_sid" = excluded."chat_service_sid",
       "conversation_sid" = excluded."conversation_sid", "index" = excluded."index", "author" = excluded."author",
       "body" = excluded."body", "media" = excluded."media", "attributes" = excluded."attributes",
       "participant_sid" = excluded."participant_sid", "delivery" = excluded."delivery",
       "content_sid" = excluded."content_sid", "date_created" = excluded."date_created",
       "date_updated" = excluded."date_updated", "account_sid" = excluded."account_sid", "url" = excluded."url",
       "links" = excluded."links",
       gone_at = NULL;
UPDATE main.conversation_messages SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found WHERE kind = 'gone');

INSERT INTO main.archive_lists(table_name, parent_sid, generation, checked_at, told, held)
SELECT 'conversation_messages', batch.parent_sid, run.generation, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       NULL,
       (SELECT count(*) FROM main.conversation_messages AS m
         WHERE m.conversation_sid = batch.parent_sid AND m.gone_at IS NULL)
  FROM temp.batch CROSS JOIN temp.run
 WHERE true
    ON CONFLICT(table_name, parent_sid) DO UPDATE SET
       generation = excluded.generation, checked_at = excluded.checked_at, told = excluded.told, held = excluded.held;

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
