-- sql/cookbook/full_text_search.sql: what is kept is what is there, and a second run reads what is new.
-- emulator: --seed 4 --services 2 --channels 20 --users 10 --members 40 --messages 300 --roles 2 --write-limit 0 --tidy
.open SCRATCH/search.db
.load EXTENSION_FILE
.echo off
.read sql/cookbook/full_text_search.sql
.echo on
SELECT count(*) = (SELECT count(*) FROM messages) FROM message_text;

-- Then somebody writes two messages.
CREATE TEMP TABLE busy AS SELECT service_sid, sid, messages_count FROM channels ORDER BY messages_count DESC, sid LIMIT 1;
INSERT INTO messages(service_sid, channel_sid, "from", body) SELECT service_sid, sid, 'ada', 'one zebra' FROM busy;
INSERT INTO messages(service_sid, channel_sid, "from", body) SELECT service_sid, sid, 'ada', 'two zebras' FROM busy;
DELETE FROM chat_requests;
.echo off
.parameter set :words "'zebra'"
.read sql/cookbook/full_text_search.sql
.echo on
-- No page of old messages was read: each channel's list was asked for once, from its newest end.
SELECT count(*) = (SELECT count(*) FROM channels) AS once_each, max(path LIKE '%Order=desc%') AS from_the_end
  FROM chat_requests WHERE path LIKE '%/Messages?%';
SELECT count(*) = (SELECT count(*) FROM messages) FROM message_text;
