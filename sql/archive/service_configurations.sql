-- Made by ext/package/make-archive. Reads one batch of service_configurations:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'service_configurations'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'service_configurations');

DELETE FROM temp.fresh_service_configurations;
INSERT OR IGNORE INTO temp.fresh_service_configurations(path,
    "chat_service_sid", "default_chat_service_role_sid", "default_conversation_role_sid",
    "default_conversation_creator_role_sid", "reachability_enabled", "url", "links")
SELECT f.path,
       f."chat_service_sid", f."default_chat_service_role_sid", f."default_conversation_role_sid",
       f."default_conversation_creator_role_sid", f."reachability_enabled", f."url", f."links"
  FROM temp.batch CROSS JOIN temp.api_service_configurations AS f
    ON f.chat_service_sid = batch.service_sid;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_service_configurations AS f LEFT JOIN main.service_configurations AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."chat_service_sid", a."default_chat_service_role_sid", a."default_conversation_role_sid",
       a."default_conversation_creator_role_sid", a."reachability_enabled", a."url", a."links") IS NOT
       (f."chat_service_sid", f."default_chat_service_role_sid", f."default_conversation_role_sid",
       f."default_conversation_creator_role_sid", f."reachability_enabled", f."url", f."links");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.service_configurations AS a
    ON a.chat_service_sid = batch.service_sid
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_service_configurations AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'service_configurations', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'chat_service_sid', a."chat_service_sid", 'default_chat_service_role_sid',
           a."default_chat_service_role_sid", 'default_conversation_role_sid', a."default_conversation_role_sid",
           'default_conversation_creator_role_sid', a."default_conversation_creator_role_sid",
           'reachability_enabled', a."reachability_enabled", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.service_configurations AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.service_configurations(path,
    "chat_service_sid", "default_chat_service_role_sid", "default_conversation_role_sid",
    "default_conversation_creator_role_sid", "reachability_enabled", "url", "links")
SELECT f.path,
       f."chat_service_sid", f."default_chat_service_role_sid", f."default_conversation_role_sid",
       f."default_conversation_creator_role_sid", f."reachability_enabled", f."url", f."links"
  FROM temp.found CROSS JOIN temp.fresh_service_configurations AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "chat_service_sid" = excluded."chat_service_sid",
       "default_chat_service_role_sid" = excluded."default_chat_service_role_sid",
       "default_conversation_role_sid" = excluded."default_conversation_role_sid",
       "default_conversation_creator_role_sid" = excluded."default_conversation_creator_role_sid",
       "reachability_enabled" = excluded."reachability_enabled", "url" = excluded."url", "links" = excluded."links",
       gone_at = NULL;
UPDATE main.service_configurations SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
