-- The tour that `make demo` gives. examples/demo.sh runs it step by step and shows after each which
-- calls of the REST API it took. A step is what stands between empty lines; its comment is the heading.

-- Every resource of the API is a table.
SELECT friendly_name AS service, substr(sid, 1, 8) || '…' AS sid,
       limits ->> 'channel_members' AS max_members, date_created
  FROM services;

-- A filter that the server knows is left to the server: see Type=private in the calls.
SELECT friendly_name AS channel, members_count AS members, messages_count AS messages
  FROM channels
 WHERE type = 'private' AND messages_count > 0
 ORDER BY messages_count DESC
 LIMIT 5;

-- A join: what was said last in a channel known by its name. One page of one nested list is asked for.
SELECT channel.friendly_name AS channel, message."from", message.body, message.date_created
  FROM channels AS channel
  JOIN messages AS message
    ON message.service_sid = channel.service_sid AND message.channel_sid = channel.sid
 WHERE channel.service_sid = (SELECT sid FROM services ORDER BY date_created LIMIT 1)
   AND channel.unique_name = 'general'
 ORDER BY message."index" DESC
 LIMIT 5;

-- An aggregate over every message: services, channels, messages are walked for you, many at a time.
SELECT "from" AS author, count(*) AS messages, count(DISTINCT channel_sid) AS channels,
       max(date_created) AS latest
  FROM messages
 GROUP BY author
 ORDER BY messages DESC, author
 LIMIT 5;

-- EXPLAIN QUERY PLAN tells beforehand what would be asked, without asking.
EXPLAIN QUERY PLAN
SELECT body FROM messages
 WHERE service_sid = 'IS0' AND channel_sid = 'CH0' ORDER BY "index" DESC LIMIT 10;

-- A write. Inside a transaction it waits for COMMIT; chat_writes previews the calls.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body)
SELECT service_sid, sid, 'The office is closed on Friday.'
  FROM channels
 WHERE unique_name = 'general';
SELECT state, operation, method, count(*) AS calls
  FROM chat_writes
 GROUP BY state, operation, method;
COMMIT;
SELECT state, count(*) AS calls, count(sid) AS messages_made FROM chat_writes GROUP BY state;

-- Chat has ended; Conversations goes on with its channels, once they are private. Which are not?
SELECT c.friendly_name AS channel, c.type, c.members_count AS members
  FROM channels AS c
  LEFT JOIN conversations AS v ON v.sid = c.sid AND v.chat_service_sid = c.service_sid
 WHERE v.sid IS NULL
 ORDER BY c.date_created
 LIMIT 3;

-- One of them is moved, with version 3 of Chat's API ...
CREATE TEMP TABLE moved AS
SELECT sid, service_sid, path FROM channels WHERE type = 'public' ORDER BY date_created LIMIT 1;
UPDATE channels SET type = 'private' WHERE path = (SELECT path FROM moved);
SELECT state, method, substr(path, 1, 16) || '…' AS path FROM chat_writes;

-- ... and found again in Conversations, with its participants.
SELECT v.friendly_name AS conversation, v.state,
       (SELECT count(*) FROM participants AS p
         WHERE p.chat_service_sid = v.chat_service_sid
           AND p.conversation_sid = v.sid) AS participants
  FROM conversations AS v
 WHERE (v.chat_service_sid, v.sid) IN (SELECT service_sid, sid FROM moved);

-- And an export of all channels to CSV.
.output build/demo/channels.csv
.read sql/export_channels.sql
.output
