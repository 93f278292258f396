-- Made by ext/package/make-archive. Reads one batch of account_webhooks:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'account_webhooks'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'account_webhooks');

DELETE FROM temp.fresh_account_webhooks;
INSERT OR IGNORE INTO temp.fresh_account_webhooks(path,
    "account_sid", "pre_webhook_url", "post_webhook_url", "filters", "method", "target", "url")
SELECT f.path,
       f."account_sid", f."pre_webhook_url", f."post_webhook_url", f."filters", f."method", f."target", f."url"
  FROM temp.batch CROSS JOIN temp.api_account_webhooks AS f;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_account_webhooks AS f LEFT JOIN main.account_webhooks AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."account_sid", a."pre_webhook_url", a."post_webhook_url", a."filters", a."method", a."target",
       a."url") IS NOT
       (f."account_sid", f."pre_webhook_url", f."post_webhook_url", f."filters", f."method", f."target", f."url");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.account_webhooks AS a
 WHERE a.gone_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_account_webhooks AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'account_webhooks', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'account_sid', a."account_sid", 'pre_webhook_url', a."pre_webhook_url", 'post_webhook_url',
           a."post_webhook_url", 'filters', a."filters", 'method', a."method", 'target', a."target", 'url', a."url",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.account_webhooks AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.account_webhooks(path,
    "account_sid", "pre_webhook_url", "post_webhook_url", "filters", "method", "target", "url")
SELECT f.path,
       f."account_sid", f."pre_webhook_url", f."post_webhook_url", f."filters", f."method", f."target", f."url"
  FROM temp.found CROSS JOIN temp.fresh_account_webhooks AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "account_sid" = excluded."account_sid", "pre_webhook_url" = excluded."pre_webhook_url",
       "post_webhook_url" = excluded."post_webhook_url", "filters" = excluded."filters",
       "method" = excluded."method", "target" = excluded."target", "url" = excluded."url",
       gone_at = NULL;
UPDATE main.account_webhooks SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
