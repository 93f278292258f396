-- Messages with a file: its name, kind and size, largest first. Version v2 of the API only knows of files:
--   UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
-- Cost: all messages.

SELECT media ->> '$.filename' AS file, media ->> '$.content_type' AS content_type, media ->> '$.size' AS bytes,
       "from" AS author, channel_sid, date_created
  FROM messages
 WHERE media IS NOT NULL
 ORDER BY bytes DESC, channel_sid, "index";
