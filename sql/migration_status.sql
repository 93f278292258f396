-- How far a service has come on the way from Chat to Conversations, which shows private channels only: what Chat has
-- against what Conversations has of it. Reads both, writes nothing. Run it in the sqlite3 shell:
--
--   .load build/chat
--   .read sql/migration_status.sql
--
-- It shows one row for each service:
--   channels, public, private   what Chat has; public ones are still to be moved (sql/migrate_public_channels.sql)
--   found, missing              the private ones that Conversations shows, and does not
--   members, participants       of the channels found: Chat's members, and Conversations' participants with an identity
--   behind                      of the channels found: those whose last message is another one there
--   not_compared                of the channels found: all of them if reading failed, with an error above; else 0
-- and leaves the temporary table migration_channels, a row for each channel, for a closer look:
--   SELECT * FROM migration_channels WHERE problem IS NOT NULL;
--
-- One service only: UPDATE chat_settings SET value = 'IS...' WHERE name = 'service_sid' before.
-- Cost: the lists of channels and of conversations, twice; members, participants and the last message of each channel
-- that both have: four requests for each of them, and a few for those between them.

-- Chat's side by its own version, whatever api_version says.
DROP TABLE IF EXISTS temp.migration_chat_channels;
DROP TABLE IF EXISTS temp.migration_chat_members;
DROP TABLE IF EXISTS temp.migration_chat_messages;
CREATE VIRTUAL TABLE temp.migration_chat_channels USING channels(api_version='v1');
CREATE VIRTUAL TABLE temp.migration_chat_members USING members(api_version='v1');
CREATE VIRTUAL TABLE temp.migration_chat_messages USING messages(api_version='v1');

DROP TABLE IF EXISTS temp.migration_found;
CREATE TEMP TABLE migration_found(sid PRIMARY KEY, service_sid);
INSERT INTO migration_found SELECT sid, chat_service_sid FROM conversations;

DROP TABLE IF EXISTS temp.migration_channels;
CREATE TEMP TABLE migration_channels(
  sid PRIMARY KEY, service_sid, unique_name, friendly_name, type, found,
  members, participants, last_message, last_message_there, problem);
INSERT INTO migration_channels(sid, service_sid, unique_name, friendly_name, type, found)
SELECT channel.sid, channel.service_sid, channel.unique_name, channel.friendly_name, channel.type, found.sid IS NOT NULL
  FROM migration_chat_channels AS channel
  LEFT JOIN migration_found AS found ON found.sid = channel.sid AND found.service_sid = channel.service_sid;

-- Beside each other, each list once: what both have.
UPDATE migration_channels AS channel
   SET members = (SELECT count(*) FROM migration_chat_members AS member
                   WHERE member.service_sid = channel.service_sid AND member.channel_sid = channel.sid),
       participants = (SELECT count(participant.identity) FROM participants AS participant
                        WHERE participant.chat_service_sid = channel.service_sid
                          AND participant.conversation_sid = channel.sid),
       last_message = (SELECT message.sid FROM migration_chat_messages AS message
                        WHERE message.service_sid = channel.service_sid AND message.channel_sid = channel.sid
                        ORDER BY message."index" DESC LIMIT 1),
       last_message_there = (SELECT message.sid FROM conversation_messages AS message
                              WHERE message.chat_service_sid = channel.service_sid
                                AND message.conversation_sid = channel.sid
                              ORDER BY message."index" DESC LIMIT 1)
 WHERE found;

UPDATE migration_channels
   SET problem = CASE
       WHEN type = 'public' THEN 'public: to be moved'
       WHEN NOT found THEN 'private, but Conversations does not show it'
       WHEN found AND members IS NULL THEN 'not compared: reading failed'
       WHEN members <> participants THEN 'members and participants differ in number'
       WHEN last_message IS NOT last_message_there THEN 'the last message is another one'
       END;

SELECT service_sid AS service, count(*) AS channels, sum(type = 'public') AS public, sum(type = 'private') AS private,
       sum(found) AS found, sum(type = 'private' AND NOT found) AS missing, sum(members) AS members,
       sum(participants) AS participants, sum(found AND last_message IS NOT last_message_there) AS behind,
       sum(found AND members IS NULL) AS not_compared
  FROM migration_channels
 GROUP BY service_sid
 ORDER BY service_sid;
