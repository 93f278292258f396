-- Made by ext/package/make-archive. Reads one batch of services:
-- lists as a whole, so that edits are found, and what the service has no more. Does nothing if none is to be read.
BEGIN IMMEDIATE;
DELETE FROM temp.batch;
INSERT INTO temp.batch
SELECT * FROM main.archive_todo
 WHERE table_name = 'services'
   AND batch = (SELECT min(batch) FROM main.archive_todo
                 WHERE table_name = 'services');

DELETE FROM temp.fresh_services;
INSERT OR IGNORE INTO temp.fresh_services(path,
    "sid", "friendly_name", "default_service_role_sid", "default_channel_role_sid",
    "default_channel_creator_role_sid", "read_status_enabled", "reachability_enabled", "typing_indicator_timeout",
    "consumption_report_interval", "limits", "notifications", "media", "pre_webhook_url", "post_webhook_url",
    "webhook_method", "webhook_filters", "pre_webhook_retry_count", "post_webhook_retry_count", "webhooks",
    "date_created", "date_updated", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."friendly_name", f."default_service_role_sid", f."default_channel_role_sid",
       f."default_channel_creator_role_sid", f."read_status_enabled", f."reachability_enabled",
       f."typing_indicator_timeout", f."consumption_report_interval", f."limits", f."notifications", f."media",
       f."pre_webhook_url", f."post_webhook_url", f."webhook_method", f."webhook_filters",
       f."pre_webhook_retry_count", f."post_webhook_retry_count", f."webhooks", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links"
  FROM temp.batch CROSS JOIN temp.api_services AS f;

-- Not one of the archive's services among those there are: these are the credentials of another account, rather than
-- all being deleted.
INSERT INTO temp.same_account
SELECT 0
 WHERE EXISTS (SELECT 1 FROM temp.batch)
   AND EXISTS (SELECT 1 FROM main.services WHERE gone_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM main.services AS a
                     JOIN temp.fresh_services AS f ON f.path = a.path)
   AND (SELECT value FROM temp.api_settings WHERE name = 'service_sid') IS NULL;

DELETE FROM temp.found;
INSERT INTO temp.found(path, kind)
SELECT f.path, iif(a.path IS NULL OR a.gone_at IS NOT NULL, 'new', 'edited')
  FROM temp.fresh_services AS f LEFT JOIN main.services AS a ON a.path = f.path
 WHERE a.path IS NULL OR a.gone_at IS NOT NULL OR
       (a."sid", a."friendly_name", a."default_service_role_sid", a."default_channel_role_sid",
       a."default_channel_creator_role_sid", a."read_status_enabled", a."reachability_enabled",
       a."typing_indicator_timeout", a."consumption_report_interval", a."limits", a."notifications", a."media",
       a."pre_webhook_url", a."post_webhook_url", a."webhook_method", a."webhook_filters",
       a."pre_webhook_retry_count", a."post_webhook_retry_count", a."webhooks", a."date_created", a."date_updated",
       a."account_sid", a."url", a."links") IS NOT
       (f."sid", f."friendly_name", f."default_service_role_sid", f."default_channel_role_sid",
       f."default_channel_creator_role_sid", f."read_status_enabled", f."reachability_enabled",
       f."typing_indicator_timeout", f."consumption_report_interval", f."limits", f."notifications", f."media",
       f."pre_webhook_url", f."post_webhook_url", f."webhook_method", f."webhook_filters",
       f."pre_webhook_retry_count", f."post_webhook_retry_count", f."webhooks", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links");
INSERT INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM temp.batch CROSS JOIN main.services AS a
 WHERE a.gone_at IS NULL
   AND a.sid IS ifnull((SELECT value FROM temp.api_settings WHERE name = 'service_sid'), a.sid)
   AND NOT EXISTS (SELECT 1 FROM temp.fresh_services AS f WHERE f.path = a.path);

INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'services', found.path, found.kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       iif(a.path IS NULL, NULL, json_object('path', a.path,
           'sid', a."sid", 'friendly_name', a."friendly_name", 'default_service_role_sid',
           a."default_service_role_sid", 'default_channel_role_sid', a."default_channel_role_sid",
           'default_channel_creator_role_sid', a."default_channel_creator_role_sid", 'read_status_enabled',
           a."read_status_enabled", 'reachability_enabled', a."reachability_enabled", 'typing_indicator_timeout',
           a."typing_indicator_timeout", 'consumption_report_interval', a."consumption_report_interval", 'limits',
           a."limits", 'notifications', a."notifications", 'media', a."media", 'pre_webhook_url',
           a."pre_webhook_url", 'post_webhook_url', a."post_webhook_url", 'webhook_method', a."webhook_method",
           'webhook_filters', a."webhook_filters", 'pre_webhook_retry_count', a."pre_webhook_retry_count",
           'post_webhook_retry_count', a."post_webhook_retry_count", 'webhooks', a."webhooks", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'links', a."links",
           'gone_at', a.gone_at))
  FROM temp.run CROSS JOIN temp.found LEFT JOIN main.services AS a ON a.path = found.path
 ORDER BY found.rowid;
INSERT INTO main.services(path,
    "sid", "friendly_name", "default_service_role_sid", "default_channel_role_sid",
    "default_channel_creator_role_sid", "read_status_enabled", "reachability_enabled", "typing_indicator_timeout",
    "consumption_report_interval", "limits", "notifications", "media", "pre_webhook_url", "post_webhook_url",
    "webhook_method", "webhook_filters", "pre_webhook_retry_count", "post_webhook_retry_count", "webhooks",
    "date_created", "date_updated", "account_sid", "url", "links")
SELECT f.path,
       f."sid", f."friendly_name", f."default_service_role_sid", f."default_channel_role_sid",
       f."default_channel_creator_role_sid", f."read_status_enabled", f."reachability_enabled",
       f."typing_indicator_timeout", f."consumption_report_interval", f."limits", f."notifications", f."media",
       f."pre_webhook_url", f."post_webhook_url", f."webhook_method", f."webhook_filters",
       f."pre_webhook_retry_count", f."post_webhook_retry_count", f."webhooks", f."date_created", f."date_updated",
       f."account_sid", f."url", f."links"
  FROM temp.found CROSS JOIN temp.fresh_services AS f ON f.path = found.path
 WHERE found.kind <> 'gone'
    ON CONFLICT(path) DO UPDATE SET
       "sid" = excluded."sid", "friendly_name" = excluded."friendly_name",
       "default_service_role_sid" = excluded."default_service_role_sid",
       "default_channel_role_sid" = excluded."default_channel_role_sid",
       "default_channel_creator_role_sid" = excluded."default_channel_creator_role_sid",
       "read_status_enabled" = excluded."read_status_enabled",
       "reachability_enabled" = excluded."reachability_enabled",
       "typing_indicator_timeout" = excluded."typing_indicator_timeout",
       "consumption_report_interval" = excluded."consumption_report_interval", "limits" = excluded."limits",
       "notifications" = excluded."notifications", "media" = excluded."media",
       "pre_webhook_url" = excluded."pre_webhook_url", "post_webhook_url" = excluded."post_webhook_url",
       "webhook_method" = excluded."webhook_method", "webhook_filters" = excluded."webhook_filters",
       "pre_webhook_retry_count" = excluded."pre_webhook_retry_count",
       "post_webhook_retry_count" = excluded."post_webhook_retry_count", "webhooks" = excluded."webhooks",
       "date_created" = excluded."date_created", "date_updated" = excluded."date_updated",
       "account_sid" = excluded."account_sid", "url" = excluded."url", "links" = excluded."links",
       gone_at = NULL;
UPDATE main.services SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
