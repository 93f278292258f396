-- Made by ext/package/make-archive. Reads one batch of messages:
-- of each list those with a higher "index" than the archive has, from the newer end. They go straight into the archive.
-- Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'messages' AND mode = 'newer'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'messages' AND mode = 'newer');
UPDATE temp.mark SET row = (SELECT ifnull(max(rowid), 0) FROM main.messages);

INSERT INTO main.messages(path,
    "sid", "service_sid", "channel_sid", "index", "from", "body", "attributes", "type", "media", "was_edited",
    "last_updated_by", "date_created", "date_updated", "to", "account_sid", "url")
SELECT m.path,
       m."sid", m."service_sid", m."channel_sid", m."index", m."from", m."body", m."attributes", m."type",
       m."media", m."was_edited", m."last_updated_by", m."date_created", m."date_updated", m."to", m."account_sid",
       m."url"
  FROM temp.batch CROSS JOIN temp.api_messages AS m
    ON m.service_sid = batch.service_sid
   AND m.channel_sid = batch.parent_sid
   AND m."index" > batch.known
 WHERE true
    ON CONFLICT(path) DO NOTHING;

INSERT INTO main.archive_changes(run, table_name, path, kind, at)
SELECT run.run, 'messages', a.path, 'new', strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  FROM temp.run CROSS JOIN main.messages AS a
 WHERE a.rowid > (SELECT row FROM temp.mark);

INSERT INTO main.archive_lists(table_name, parent_sid, generation, checked_at, told, held)
SELECT 'messages', batch.parent_sid, run.generation, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       (SELECT c.messages_count FROM main.channels AS c WHERE c.sid = batch.parent_sid),
       (SELECT count(*) FROM main.messages AS m
         WHERE m.channel_sid = batch.parent_sid AND m.gone_at IS NULL)
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
