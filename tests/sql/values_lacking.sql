-- A column that the version in force lacks reads NULL, so comparing it finds nothing: that is told, once for each, where somebody
-- looks. Not without progress, since this is no terminal.
SELECT count(*) FROM messages WHERE media IS NOT NULL;
UPDATE chat_settings SET value = 'on' WHERE name = 'progress';
SELECT count(*) > 0 FROM messages WHERE media IS NULL;
EXPLAIN QUERY PLAN SELECT count(*) FROM messages WHERE media IS NOT NULL;
SELECT count(*) FROM messages WHERE media IS NOT NULL;
SELECT count(*) FROM messages WHERE media LIKE '%png%';
SELECT count(*) FROM channels WHERE messaging_service_sid = 'MG00000000000000000000000000000000' OR friendly_name = 'none';

UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(*) > 0 FROM messages WHERE media IS NOT NULL;
SELECT count(*) FROM services WHERE webhooks LIKE '%a%' AND limits LIKE '%a%';
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
SELECT count(*) FROM channels WHERE members_count = 0 AND messages_count < 5 AND created_by IS NULL;
DELETE FROM channels WHERE members_count = 0;
SELECT count(*) FROM users WHERE joined_channels_count BETWEEN 0 AND 10;
CREATE VIRTUAL TABLE temp.old USING messages(api_version = 'v1');
SELECT count(*) FROM old WHERE media > '';
SELECT count(*) FROM conversations WHERE state = 'nowhere' AND attributes > '';
