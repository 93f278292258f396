-- sql/cookbook/archive_service.sql and full_text_search.sql: what is kept is what is there, and a second run reads what is new.
-- emulator: --seed 4 --services 2 --channels 20 --users 10 --members 40 --messages 300 --roles 2 --write-limit 0 --tidy
.open SCRATCH/archive.db
.load EXTENSION_FILE
.echo off
.read sql/cookbook/archive_service.sql
.echo on
SELECT count(*) FROM (SELECT * FROM archive_messages EXCEPT SELECT * FROM messages);
SELECT count(*) FROM (SELECT * FROM messages EXCEPT SELECT * FROM archive_messages);
SELECT count(*) FROM (SELECT * FROM archive_members EXCEPT SELECT * FROM members);
SELECT count(*) FROM (SELECT * FROM channels EXCEPT SELECT * FROM archive_channels);
SELECT count(*) FROM (SELECT * FROM users EXCEPT SELECT * FROM archive_users);
SELECT count(*) FROM (SELECT * FROM roles EXCEPT SELECT * FROM archive_roles);

-- Then somebody writes two messages and renames a channel. What is new is added, what has changed is replaced.
CREATE TEMP TABLE busy AS SELECT service_sid, sid, messages_count FROM channels ORDER BY messages_count DESC, sid LIMIT 1;
INSERT INTO messages(service_sid, channel_sid, "from", body) SELECT service_sid, sid, 'ada', 'one zebra' FROM busy;
INSERT INTO messages(service_sid, channel_sid, "from", body) SELECT service_sid, sid, 'ada', 'two zebras' FROM busy;
UPDATE channels SET friendly_name = 'Renamed' WHERE sid = (SELECT sid FROM busy);
DELETE FROM chat_requests;
.echo off
.read sql/cookbook/archive_service.sql
.echo on
SELECT body FROM archive_messages WHERE channel_sid = (SELECT sid FROM busy) ORDER BY "index" DESC LIMIT 2;
SELECT friendly_name FROM archive_channels WHERE sid = (SELECT sid FROM busy);
-- No page of old messages was read: each channel's list was asked for once, from its newest end, and the two new messages
-- were fetched for the attributes that lists hide.
SELECT count(*) = (SELECT count(*) FROM channels) AS once_each, max(path LIKE '%Order=desc%') AS from_the_end
  FROM chat_requests WHERE path LIKE '%/Messages?%';
SELECT count(*) FROM chat_requests WHERE path LIKE '%/Messages/%';

.echo off
.read sql/cookbook/full_text_search.sql
.parameter set :words "'zebra'"
.read sql/cookbook/full_text_search.sql
.echo on
SELECT count(*) = (SELECT count(*) FROM messages) FROM message_text;
