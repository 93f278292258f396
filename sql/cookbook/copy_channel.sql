-- Makes a private copy of a channel in its own service: its name, attributes, members and messages. Messages keep
-- author and text. Which: .parameter set :channel "'general'"; the copy's name ends in "-copy".
-- Nothing is sent before COMMIT: look at chat_writes, and say ROLLBACK instead if it is not what you want.
-- It ends at its first error, since the shell would go on to COMMIT. All is read before BEGIN; who types along says
-- ROLLBACK after an error behind it, before all else: nothing has been sent.
-- Cost: the channel, its members and messages, and a call for each that is written.

.bail on
DROP TABLE IF EXISTS temp.original;
CREATE TEMP TABLE original AS
SELECT service_sid, sid, unique_name, friendly_name, attributes
  FROM channels
 WHERE unique_name = ifnull(:channel, 'support')
 ORDER BY service_sid
 LIMIT 1;
DROP TABLE IF EXISTS temp.original_members;
CREATE TEMP TABLE original_members AS
SELECT member.identity
  FROM original
  JOIN members AS member ON member.service_sid = original.service_sid AND member.channel_sid = original.sid
 ORDER BY member.date_created, member.sid;
DROP TABLE IF EXISTS temp.original_messages;
CREATE TEMP TABLE original_messages AS
SELECT message."from", message.body, message.attributes
  FROM original
  JOIN messages AS message ON message.service_sid = original.service_sid AND message.channel_sid = original.sid
 WHERE message.body IS NOT NULL
 ORDER BY message."index";

DROP TABLE IF EXISTS temp.written_before;
CREATE TEMP TABLE written_before AS SELECT ifnull(max(seq), 0) AS seq FROM chat_writes;
BEGIN;
INSERT INTO channels(service_sid, unique_name, friendly_name, type, attributes)
SELECT service_sid, unique_name || '-copy', friendly_name || ' (copy)', 'private', attributes FROM original;
INSERT INTO members(service_sid, channel_sid, identity)
SELECT original.service_sid, original.unique_name || '-copy', member.identity
  FROM original, original_members AS member
 ORDER BY member.rowid;
INSERT INTO messages(service_sid, channel_sid, "from", body, attributes)
SELECT original.service_sid, original.unique_name || '-copy', message."from", message.body, message.attributes
  FROM original, original_messages AS message
 ORDER BY message.rowid;
COMMIT;
SELECT table_name, state, count(*) AS calls
  FROM chat_writes
 WHERE seq > (SELECT seq FROM written_before)
 GROUP BY table_name, state
 ORDER BY min(seq);
