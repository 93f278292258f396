-- Made by ext/package/make-archive. Reads one batch of channels:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'channels'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'channels');

DELETE FROM temp.fresh_channels;
INSERT OR IGNORE INTO temp.fresh_channels(path,
    "sid", "service_sid", "unique_name", "friendly_name", "type", "attributes", "created_by", "members_count",
    "messages_count", "date_created", "date_updated", "messaging_service_sid", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."service_sid", f."unique_name", f."friendly_name", f."type", iif(known.path IS NULL,
       f."attributes", known."attributes"), f."created_by", f."members_count", f."messages_count", f."date_created",
       f."date_updated", f."messaging_service_sid", f."account_sid", f."url", f."links"
  FROM temp.batch CROSS JOIN temp.api_channels AS f
    ON f.service_sid = batch.service_sid
  LEFT JOIN main.channels AS known
    ON batch.mode = 'list' AND known.path = f.path AND known.date_updated IS f.date_updated;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_channels AS f LEFT JOIN main.channels AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."service_sid", a."unique_name", a."friendly_name", a."type", a."attributes", a."created_by",
       a."members_count", a."messages_count", a."date_created", a."date_updated", a."messaging_service_sid",
       a."account_sid", a."url", a."links") IS NOT
       (f."sid", f."service_sid", f."unique_name", f."friendly_name", f."type", f."attributes", f."created_by",
       f."members_count", f."messages_count", f."date_created", f."date_updated", f."messaging_service_sid",
       f."account_sid", f."url", f."links");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.channels AS a
    ON a.service_sid = batch.service_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_channels AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'channels', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'unique_name', a."unique_name", 'friendly_name',
           a."friendly_name", 'type', a."type", 'attributes', a."attributes", 'created_by', a."created_by",
           'members_count', a."members_count", 'messages_count', a."messages_count", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'messaging_service_sid', a."messaging_service_sid",
           'account_sid', a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.channels AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.channels(path,
    "sid", "service_sid", "unique_name", "friendly_name", "type", "attributes", "created_by", "members_count",
    "messages_count", "date_created", "date_updated", "messaging_service_sid", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."service_sid", f."unique_name", f."friendly_name", f."type", f."attributes", f."created_by",
       f."members_count", f."messages_count", f."date_created", f."date_updated", f."messaging_service_sid",
       f."account_sid", f."url", f."links"
  FROM temp.found CROSS JOIN temp.fresh_channels AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "service_sid" = excluded."service_sid", "unique_name" = excluded."unique_name",
       "friendly_name" = excluded."friendly_name", "type" = excluded."type", "attributes" = excluded."attributes",
       "created_by" = excluded."created_by", "members_count" = excluded."members_count",
       "messages_count" = excluded."messages_count", "date_created" = excluded."date_created",
       "date_updated" = excluded."date_updated", "messaging_service_sid" = excluded."messaging_service_sid",
       "account_sid" = excluded."account_sid", "url" = excluded."url", "links" = excluded."links",
       gone_at = NULL;
UPDATE main.channels SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
