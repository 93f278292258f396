-- Made by ext/package/make-archive. Reads one batch of conversation_messages:
-- of each list those with a higher "index" than the archive has, from the newer end. They go straight into the archive.
-- Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'conversation_messages' AND mode = 'newer'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'conversation_messages' AND mode = 'newer');
UPDATE temp.mark SET row = (SELECT ifnull(max(rowid), 0) FROM main.conversation_messages);

INSERT INTO main.conversation_messages(path,
    "sid", "chat_service_sid", "conversation_sid", "index", "author", "body", "media", "attributes",
    "participant_sid", "delivery", "content_sid", "date_created", "date_updated", "account_sid", "url", "links")
SELECT m.path,
       m."sid", m."chat_service_sid", m."conversation_sid", m."index", m."author", m."body", m."media",
       m."attributes", m."participant_sid", m."delivery", m."content_sid", m."date_created", m."date_updated",
       m."account_sid", m."url", m."links"
  FROM temp.batch CROSS JOIN temp.api_conversation_messages AS m
    ON m.chat_service_sid = batch.service_sid
   AND m.conversation_sid = batch.parent_sid
   AND m."index" > batch.known
 WHERE true
    ON CONFLICT(path) DO NOTHING;

INSERT INTO main.archive_changes(run, table_name, path, kind, at)
SELECT run.run, 'conversation_messages', a.path, 'new', strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  FROM temp.run CROSS JOIN main.conversation_messages AS a
 WHERE a.rowid > (SELECT row FROM temp.mark);

INSERT INTO main.archive_lists(table_name, parent_sid, generation, checked_at, told, held)
SELECT 'conversation_messages', batch.parent_sid, run.generation, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       NULL,
       (SELECT count(*) FROM main.conversation_messages AS m
         WHERE m.conversation_sid = batch.parent_sid AND m.gone_at IS NULL)
  FROM temp.batch CROSS JOIN temp.run
 WHERE true
    ON CONFLICT(table_name, parent_sid) DO NOTHING;
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
