-- Reads one batch of media: those that messages have attached, with their contents, which go into the column
-- `content` or, where temp.options has a media_dir, into a file there that is named for the SID, and named in `file`.
-- A content whose length is not the `size` that the service told is an error. What is kept already is fetched again
-- only if the service tells of another size or upload. A medium that the service does not have (any more) gets a
-- gone_at, so that it is not asked for again. The API tells no hash. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'media' AND batch = (SELECT min(batch) FROM main.archive_todo WHERE table_name = 'media');

DELETE FROM temp.fresh_media;
INSERT OR IGNORE INTO temp.fresh_media(path, sid, service_sid, channel_sid, message_sid, content_type, filename, size,
    category, author, date_created, date_upload_updated, date_updated, is_multipart_upstream, url, content)
SELECT f.path, f.sid, f.service_sid, f.channel_sid, f.message_sid, f.content_type, f.filename, f.size, f.category,
       f.author, f.date_created, f.date_upload_updated, f.date_updated, f.is_multipart_upstream, f.url,
       iif(kept.path IS NULL, f.content, NULL)
  FROM temp.batch CROSS JOIN temp.api_media AS f ON f.service_sid = batch.service_sid AND f.sid = batch.item_sid
  LEFT JOIN main.media AS kept
    ON kept.path = f.path AND kept.size IS f.size AND kept.date_upload_updated IS f.date_upload_updated
   AND (kept.content IS NOT NULL OR kept.file IS NOT NULL AND ifnull(length(readfile(kept.file)), -1) = kept.size);

-- A file that a killed run has left behind is written over.
CREATE TEMP TABLE IF NOT EXISTS written(
    path TEXT,
    size INTEGER,
    written INTEGER,
    CONSTRAINT "a medium could not be written into the folder for media" CHECK (ifnull(written, -1) = size)
);
DELETE FROM temp.written;
INSERT INTO temp.written
SELECT f.path, length(f.content), writefile(options.media_dir || '/' || f.sid, f.content)
  FROM temp.options CROSS JOIN temp.fresh_media AS f
 WHERE options.media_dir IS NOT NULL AND f.content IS NOT NULL;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_media AS f LEFT JOIN main.media AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR f.content IS NOT NULL OR
       (a.sid, a.service_sid, a.channel_sid, a.message_sid, a.content_type, a.filename, a.size, a.category, a.author,
        a.date_created, a.date_upload_updated, a.date_updated, a.is_multipart_upstream, a.url) IS NOT
       (f.sid, f.service_sid, f.channel_sid, f.message_sid, f.content_type, f.filename, f.size, f.category, f.author,
        f.date_created, f.date_upload_updated, f.date_updated, f.is_multipart_upstream, f.url);
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT '/Services/' || b.service_sid || '/Media/' || b.item_sid, 'gone'
  FROM temp.batch AS b
 WHERE NOT EXISTS (SELECT 1 FROM temp.fresh_media AS f WHERE f.service_sid = b.service_sid AND f.sid = b.item_sid)
   AND NOT EXISTS (SELECT 1 FROM main.media AS a
                    WHERE a.path = '/Services/' || b.service_sid || '/Media/' || b.item_sid AND a.gone_at IS NOT NULL);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'media', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path, 'sid', a.sid, 'service_sid', a.service_sid,
           'channel_sid', a.channel_sid, 'message_sid', a.message_sid, 'content_type', a.content_type,
           'filename', a.filename, 'size', a.size, 'category', a.category, 'author', a.author,
           'date_created', a.date_created, 'date_upload_updated', a.date_upload_updated,
           'date_updated', a.date_updated, 'is_multipart_upstream', a.is_multipart_upstream, 'url', a.url,
           'file', a.file, 'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.media AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.media(path, sid, service_sid, channel_sid, message_sid, content_type, filename, size, category, author,
    date_created, date_upload_updated, date_updated, is_multipart_upstream, url, content, file)
SELECT f.path, f.sid, f.service_sid, f.channel_sid, f.message_sid, f.content_type, f.filename, f.size, f.category,
       f.author, f.date_created, f.date_upload_updated, f.date_updated, f.is_multipart_upstream, f.url,
       iif(options.media_dir IS NULL, f.content, NULL),
       iif(f.content IS NOT NULL, options.media_dir || '/' || f.sid, NULL)
  FROM temp.options CROSS JOIN temp.found CROSS JOIN temp.fresh_media AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       sid = excluded.sid, service_sid = excluded.service_sid, channel_sid = excluded.channel_sid,
       message_sid = excluded.message_sid, content_type = excluded.content_type, filename = excluded.filename,
       size = excluded.size, category = excluded.category, author = excluded.author,
       date_created = excluded.date_created, date_upload_updated = excluded.date_upload_updated,
       date_updated = excluded.date_updated, is_multipart_upstream = excluded.is_multipart_upstream,
       url = excluded.url, gone_at = NULL,
       content = iif(excluded.content IS NULL AND excluded.file IS NULL, content, excluded.content),
       file = iif(excluded.content IS NULL AND excluded.file IS NULL, file, excluded.file);
INSERT INTO main.media(path, sid, service_sid, gone_at)
SELECT found.path, b.item_sid, b.service_sid, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  FROM temp.found CROSS JOIN temp.batch AS b ON found.path = '/Services/' || b.service_sid || '/Media/' || b.item_sid
 WHERE found.kind = 'gone'
    ON CONFLICT(path) DO UPDATE SET gone_at = excluded.gone_at;

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
