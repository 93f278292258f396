-- Made by ext/package/make-archive. What stands under a row that this run found to be gone is gone too: the service
-- will not list it any more. (The run's number as a join would have SQLite read all of archive_changes, for a Bloom
-- filter.)

BEGIN IMMEDIATE;
DELETE FROM temp.batch;
DELETE FROM temp.found;
INSERT OR IGNORE INTO temp.found(path, kind)
SELECT a.path, 'gone'
  FROM main.archive_changes AS c
 CROSS JOIN main.service_configurations AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'service_configurations', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'chat_service_sid', a."chat_service_sid", 'default_chat_service_role_sid',
           a."default_chat_service_role_sid", 'default_conversation_role_sid', a."default_conversation_role_sid",
           'default_conversation_creator_role_sid', a."default_conversation_creator_role_sid",
           'reachability_enabled', a."reachability_enabled", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.service_configurations AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.service_configurations SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.service_notifications AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'service_notifications', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'chat_service_sid', a."chat_service_sid", 'new_message', a."new_message", 'added_to_conversation',
           a."added_to_conversation", 'removed_from_conversation', a."removed_from_conversation", 'log_enabled',
           a."log_enabled", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.service_notifications AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.service_notifications SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.service_webhooks AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'service_webhooks', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'chat_service_sid', a."chat_service_sid", 'pre_webhook_url', a."pre_webhook_url", 'post_webhook_url',
           a."post_webhook_url", 'filters', a."filters", 'method', a."method", 'account_sid', a."account_sid",
           'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.service_webhooks AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.service_webhooks SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversation_roles AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_roles', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'friendly_name', a."friendly_name", 'type',
           a."type", 'permissions', a."permissions", 'date_created', a."date_created", 'date_updated',
           a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversation_roles AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversation_roles SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversations AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversations', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'unique_name', a."unique_name",
           'friendly_name', a."friendly_name", 'state', a."state", 'attributes', a."attributes", 'timers',
           a."timers", 'bindings', a."bindings", 'messaging_service_sid', a."messaging_service_sid", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversations AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversations SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversation_users AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_users', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'identity', a."identity", 'friendly_name',
           a."friendly_name", 'role_sid', a."role_sid", 'attributes', a."attributes", 'is_online', a."is_online",
           'is_notifiable', a."is_notifiable", 'date_created', a."date_created", 'date_updated', a."date_updated",
           'account_sid', a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversation_users AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversation_users SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversation_bindings AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_bindings', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'identity', a."identity", 'binding_type',
           a."binding_type", 'endpoint', a."endpoint", 'credential_sid', a."credential_sid", 'message_types',
           a."message_types", 'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid',
           a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversation_bindings AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversation_bindings SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.participants AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'participants', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'identity', a."identity", 'messaging_binding', a."messaging_binding", 'role_sid', a."role_sid",
           'attributes', a."attributes", 'last_read_message_index', a."last_read_message_index",
           'last_read_timestamp', a."last_read_timestamp", 'date_created', a."date_created", 'date_updated',
           a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.participants AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.participants SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversation_webhooks AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_webhooks', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'target', a."target", 'configuration', a."configuration", 'date_created', a."date_created",
           'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversation_webhooks AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversation_webhooks SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.conversation_messages AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'conversation_messages', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'index', a."index", 'author', a."author", 'body', a."body", 'media', a."media", 'attributes',
           a."attributes", 'participant_sid', a."participant_sid", 'delivery', a."delivery", 'content_sid',
           a."content_sid", 'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid',
           a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.conversation_messages AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.conversation_messages SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.user_conversations AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'user_conversations', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'conversation_sid', a."conversation_sid", 'chat_service_sid', a."chat_service_sid", 'user_sid',
           a."user_sid", 'participant_sid', a."participant_sid", 'unique_name', a."unique_name", 'friendly_name',
           a."friendly_name", 'conversation_state', a."conversation_state", 'notification_level',
           a."notification_level", 'last_read_message_index', a."last_read_message_index", 'unread_messages_count',
           a."unread_messages_count", 'attributes', a."attributes", 'timers', a."timers", 'created_by',
           a."created_by", 'date_created', a."date_created", 'date_updated', a."date_updated", 'account_sid',
           a."account_sid", 'url', a."url", 'links', a."links",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.user_conversations AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.user_conversations SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
 CROSS JOIN main.delivery_receipts AS a ON a.path > c.path || '/' AND a.path < c.path || '0'
 WHERE c.run = (SELECT run FROM temp.run) AND c.kind = 'gone' AND a.gone_at IS NULL;
INSERT INTO main.archive_changes(run, table_name, path, kind, at, before)
SELECT run.run, 'delivery_receipts', a.path, 'gone', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       json_object('path', a.path,
           'sid', a."sid", 'chat_service_sid', a."chat_service_sid", 'conversation_sid', a."conversation_sid",
           'message_sid', a."message_sid", 'participant_sid', a."participant_sid", 'channel_message_sid',
           a."channel_message_sid", 'status', a."status", 'error_code', a."error_code", 'date_created',
           a."date_created", 'date_updated', a."date_updated", 'account_sid', a."account_sid", 'url', a."url",
           'gone_at', a.gone_at)
  FROM temp.run CROSS JOIN temp.found CROSS JOIN main.delivery_receipts AS a ON a.path = found.path
 ORDER BY found.rowid;
UPDATE main.delivery_receipts SET gone_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
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
