-- Messages with a file: its name, kind and size, largest first. Version v1 of the API knows no files: there the first
-- query says so.
-- Cost: all messages.

SELECT 'v1 knows no files: UPDATE chat_settings SET value = ''v2'' WHERE name = ''api_version'';' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'v1';

SELECT media ->> '$.filename' AS file, media ->> '$.content_type' AS content_type, media ->> '$.size' AS bytes,
       "from" AS author, channel_sid, date_created
  FROM messages
 WHERE media IS NOT NULL
 ORDER BY bytes DESC, channel_sid, "index";
