-- Made by ext/package/make-archive. What stands under a row that this run found to be gone is gone too: the service
-- will not list it any more. (The run's number as a join would have SQLite read all of archive_changes, for a Bloom
-- filter.)

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.roles AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'roles', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'friendly_name', a."friendly_name", 'type', a."type",
           'permissions', a."permissions", 'date_created', a."date_created", 'date_updated', a."date_updated",
           'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.roles AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.roles SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.channels AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'channels', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'unique_name', a."unique_name", 'friendly_name',
           a."friendly_name", 'type', a."type", 'attributes', a."attributes", 'created_by', a."created_by",
           'members_count', a."members_count", 'messages_count', a."messages_count", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'messaging_service_sid', a."messaging_service_sid",
           'account_sid', a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.channels AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.channels SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.users AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'users', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'identity', a."identity", 'friendly_name',
           a."friendly_name", 'role_sid', a."role_sid", 'attributes', a."attributes", 'is_online', a."is_online",
           'is_notifiable', a."is_notifiable", 'joined_channels_count', a."joined_channels_count", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.users AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.users SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.bindings AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'bindings', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'identity', a."identity", 'binding_type',
           a."binding_type", 'endpoint', a."endpoint", 'credential_sid', a."credential_sid", 'message_types',
           a."message_types", 'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid',
           a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.bindings AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.bindings SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.members AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'members', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'identity', a."identity",
           'role_sid', a."role_sid", 'attributes', a."attributes", 'last_consumed_message_index',
           a."last_consumed_message_index", 'last_consumption_timestamp', a."last_consumption_timestamp",
           'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid",
           'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.members AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.members SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.invites AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'invites', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'identity', a."identity",
           'role_sid', a."role_sid", 'created_by', a."created_by", 'date_created', a."date_created", 'date_updated',
           a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.invites AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.invites SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.channel_webhooks AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'channel_webhooks', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'type', a."type",
           'configuration', a."configuration", 'date_created', a."date_created", 'date_updated', a."date_updated",
           'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.channel_webhooks AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.channel_webhooks SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.messages AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'messages', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'index', a."index",
           'from', a."from", 'body', a."body", 'attributes', a."attributes", 'type', a."type", 'media', a."media",
           'was_edited', a."was_edited", 'last_updated_by', a."last_updated_by", 'date_created', a."date_created",
           'date_updated', a."date_updated", 'to', a."to", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.messages AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.messages SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.user_channels AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'user_channels', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'channel_sid', a."channel_sid", 'service_sid', a."service_sid", 'user_sid', a."user_sid", 'member_sid',
           a."member_sid", 'status', a."status", 'notification_level', a."notification_level",
           'last_consumed_message_index', a."last_consumed_message_index", 'unread_messages_count',
           a."unread_messages_count", 'account_sid', a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.user_channels AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.user_channels SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.user_bindings AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'user_bindings', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'user_sid', a."user_sid", 'identity', a."identity",
           'binding_type', a."binding_type", 'endpoint', a."endpoint", 'credential_sid', a."credential_sid",
           'message_types', a."message_types", 'date_created', a."date_created", 'date_updated', a."date_updated",
           'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.user_bindings AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.user_bindings SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.media AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'media', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'service_sid', a."service_sid", 'channel_sid', a."channel_sid", 'message_sid',
           a."message_sid", 'content_type', a."content_type", 'filename', a."filename", 'size', a."size",
           'category', a."category", 'author', a."author", 'date_created', a."date_created", 'date_upload_updated',
           a."date_upload_updated", 'date_updated', a."date_updated", 'is_multipart_upstream',
           a."is_multipart_upstream", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.media AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.media SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
 WHERE path IN (SELECT path FROM temp.found);
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
