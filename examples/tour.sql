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

-- And an export of all channels to CSV.
.output build/demo/channels.csv
.read sql/export_channels.sql
.output
