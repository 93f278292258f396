-- Made by ext/package/make-archive. Reads one batch of messages:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'messages' AND mode <> 'newer'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'messages' AND mode <> 'newer');

DELETE FROM temp.fresh_messages;
INSERT OR IGNORE INTO temp.fresh_messages(path,
    "sid", "service_sid", "channel_sid", "index", "from", "body", "attributes", "type", "media", "was_edited",
    "last_updated_by", "date_created", "date_updated", "to", "account_sid", "url")
SELECT f.path,
       f."sid", f."service_sid", f."channel_sid", f."index", f."from", f."body", iif(known.path IS NULL,
       f."attributes", known."attributes"), f."type", f."media", f."was_edited", f."last_updated_by",
       f."date_created", f."date_updated", f."to", f."account_sid", f."url"
  FROM temp.batch CROSS JOIN temp.api_messages AS f
    ON f.service_sid = batch.service_sid
   AND f.channel_sid = batch.parent_sid
  LEFT JOIN main.messages AS known
    ON batch.mode = 'list' AND known.path = f.path AND known.date_updated IS f.date_updated;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_messages AS f LEFT JOIN main.messages AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."service_sid", a."channel_sid", a."index", a."from", a."body", a."attributes", a."type",
       a."media", a."was_edited", a."last_updated_by", a."date_created", a."date_updated", a."to", a."account_sid",
       a."url") IS NOT
       (f."sid", f."service_sid", f."channel_sid", f."index", f."from", f."body", f."attributes", f."type",
       f."media", f."was_edited", f."last_updated_by", f."date_created", f."date_updated", f."to", f."account_sid",
       f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.messages AS a
    ON a.service_sid = batch.service_sid
   AND a.channel_sid = batch.parent_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_messages AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'messages', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'index', a."index",
           'from', a."from", 'body', a."body", 'attributes', a."attributes", 'type', a."type", 'media', a."media",
           'was_edited', a."was_edited", 'last_updated_by', a."last_updated_by", 'date_created', a."date_created",
           'date_updated', a."date_updated", 'to', a."to", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.messages AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.messages(path,
    "sid", "service_sid", "channel_sid", "index", "from", "body", "attributes", "type", "media", "was_edited",
    "last_updated_by", "date_created", "date_updated", "to", "account_sid", "url")
SELECT f.path,
       f."sid", f."service_sid", f."channel_sid", f."index", f."from", f."body", f."attributes", f."type",
       f."media", f."was_edited", f."last_updated_by", f."date_created", f."date_updated", f."to", f."account_sid",
       f."url"
  FROM temp.found CROSS JOIN temp.fresh_messages AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "service_sid" = excluded."service_sid", "channel_sid" = excluded."channel_sid",
       "index" = excluded."index", "from" = excluded."from", "body" = excluded."body",
       "attributes" = excluded."attributes", "type" = excluded."type", "media" = excluded."media",
       "was_edited" = excluded."was_edited", "last_updated_by" = excluded."last_updated_by",
       "date_created" = excluded."date_created", "date_updated" = excluded."date_updated", "to" = excluded."to",
       "account_sid" = excluded."account_sid", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.messages SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found WHERE kind = 'gone');

INSERT INTO main.archive_lists(table_name, parent_sid, generation, checked_at, told, held)
SELECT 'messages', batch.parent_sid, run.generation, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       (SELECT c.messages_count FROM main.channels AS c WHERE c.sid = batch.parent_sid),
       (SELECT count(*) FROM main.messages AS m
         WHERE m.channel_sid = batch.parent_sid AND m.gone_at IS NULL)
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
