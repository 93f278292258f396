-- Made by ext/package/make-archive. Reads one batch of user_channels:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'user_channels'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'user_channels');

DELETE FROM temp.fresh_user_channels;
INSERT OR IGNORE INTO temp.fresh_user_channels(path,
    "channel_sid", "service_sid", "user_sid", "member_sid", "status", "notification_level",
    "last_consumed_message_index", "unread_messages_count", "account_sid", "url", "links")
SELECT f.path,
       f."channel_sid", f."service_sid", f."user_sid", f."member_sid", f."status", f."notification_level",
       f."last_consumed_message_index", f."unread_messages_count", f."account_sid", f."url", f."links"
  FROM temp.batch CROSS JOIN temp.api_user_channels AS f
    ON f.service_sid = batch.service_sid
   AND f.user_sid = batch.parent_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_user_channels AS f LEFT JOIN main.user_channels AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."channel_sid", a."service_sid", a."user_sid", a."member_sid", a."status", a."notification_level",
       a."last_consumed_message_index", a."unread_messages_count", a."account_sid", a."url", a."links") IS NOT
       (f."channel_sid", f."service_sid", f."user_sid", f."member_sid", f."status", f."notification_level",
       f."last_consumed_message_index", f."unread_messages_count", f."account_sid", f."url", f."links");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.user_channels AS a
    ON a.service_sid = batch.service_sid
   AND a.user_sid = batch.parent_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_user_channels AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'user_channels', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'channel_sid', a."channel_sid", 'service_sid', a."service_sid", 'user_sid', a."user_sid", 'member_sid',
           a."member_sid", 'status', a."status", 'notification_level', a."notification_level",
           'last_consumed_message_index', a."last_consumed_message_index", 'unread_messages_count',
           a."unread_messages_count", 'account_sid', a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.user_channels AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.user_channels(path,
    "channel_sid", "service_sid", "user_sid", "member_sid", "status", "notification_level",
    "last_consumed_message_index", "unread_messages_count", "account_sid", "url", "links")
SELECT f.path,
       f."channel_sid", f."service_sid", f."user_sid", f."member_sid", f."status", f."notification_level",
       f."last_consumed_message_index", f."unread_messages_count", f."account_sid", f."url", f."links"
  FROM temp.found CROSS JOIN temp.fresh_user_channels AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "channel_sid" = excluded."channel_sid", "service_sid" = excluded."service_sid",
       "user_sid" = excluded."user_sid", "member_sid" = excluded."member_sid", "status" = excluded."status",
       "notification_level" = excluded."notification_level",
       "last_consumed_message_index" = excluded."last_consumed_message_index",
       "unread_messages_count" = excluded."unread_messages_count", "account_sid" = excluded."account_sid",
       "url" = excluded."url", "links" = excluded."links",
       gone_at = NULL;
UPDATE main.user_channels SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
