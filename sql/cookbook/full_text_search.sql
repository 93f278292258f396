-- Full-text search: messages are kept in a local FTS5 index, which further runs bring up to date, and searched there.
-- For something else than "meeting": .parameter set :words "'invoice OR refund'"
-- Cost: the first time all messages; then, of each channel, what is new.

CREATE VIRTUAL TABLE IF NOT EXISTS message_text USING fts5(
  channel_sid UNINDEXED, "index" UNINDEXED, author UNINDEXED, date_created UNINDEXED, body);
CREATE TABLE IF NOT EXISTS message_text_seen(channel_sid TEXT PRIMARY KEY, "index" INTEGER) WITHOUT ROWID;

BEGIN;
INSERT INTO message_text(channel_sid, "index", author, date_created, body)
SELECT message.channel_sid, message."index", message."from", message.date_created, message.body
  FROM channels AS channel
  JOIN messages AS message
    ON message.service_sid = channel.service_sid
   AND message.channel_sid = channel.sid
   AND message."index" > ifnull((SELECT seen."index"
                                   FROM message_text_seen AS seen
                                  WHERE seen.channel_sid = channel.sid), -1);
INSERT OR REPLACE INTO message_text_seen SELECT channel_sid, max("index") FROM message_text GROUP BY channel_sid;
COMMIT;

SELECT channel_sid, "index", author, snippet(message_text, 4, '[', ']', '...', 8) AS found
  FROM message_text
 WHERE message_text MATCH ifnull(:words, 'meeting')
 ORDER BY rank, channel_sid, "index"
 LIMIT 20;
