-- Views that answer everyday questions. TEMP, because the tables behind them belong to a connection and its
-- credentials, not to a database file:
--
--   .load build/chat
--   .read sql/views.sql
--   SELECT * FROM channel_activity ORDER BY last_message_at DESC LIMIT 10;
--
-- Each says what it costs in requests. A view asks for no more than the columns that a query takes from it.

-- One row for each channel: how busy it is, and who spoke last.
-- Cost: the list of channels; with the last_message_ columns, one more request for each channel.
DROP VIEW IF EXISTS temp.channel_activity;
CREATE TEMP VIEW channel_activity AS
SELECT channel.service_sid,
       channel.sid AS channel_sid,
       channel.unique_name,
       channel.friendly_name,
       channel.type,
       channel.members_count AS members,
       channel.messages_count AS messages,
       (SELECT message.date_created
          FROM messages AS message
         WHERE message.service_sid = channel.service_sid AND message.channel_sid = channel.sid
         ORDER BY message."index" DESC
         LIMIT 1) AS last_message_at,
       (SELECT message."from"
          FROM messages AS message
         WHERE message.service_sid = channel.service_sid AND message.channel_sid = channel.sid
         ORDER BY message."index" DESC
         LIMIT 1) AS last_message_from
  FROM channels AS channel;

-- One row for each member, with the user that the identity stands for. The user's columns are NULL for a member whose
-- user is gone.
-- Cost: the lists of members, and those of the users of their services, at most twice and sixteen requests more. Naming
-- a channel_sid keeps it to one list of members.
DROP VIEW IF EXISTS temp.members_with_users;
CREATE TEMP VIEW members_with_users AS
SELECT member.service_sid,
       member.channel_sid,
       member.sid AS member_sid,
       member.identity,
       member.role_sid,
       member.last_consumed_message_index,
       member.last_consumption_timestamp,
       member.date_created AS member_since,
       user.sid AS user_sid,
       user.friendly_name,
       user.is_online,
       user.is_notifiable,
       user.joined_channels_count,
       user.attributes AS user_attributes
  FROM members AS member
  LEFT JOIN users AS user ON user.service_sid = member.service_sid AND user.identity = member.identity;

-- The newest message of each channel that has any.
-- Cost: the list of channels, and one request of a row or two for each of them; on v1 one more for attributes.
DROP VIEW IF EXISTS temp.last_message_per_channel;
CREATE TEMP VIEW last_message_per_channel AS
SELECT channel.service_sid,
       channel.sid AS channel_sid,
       channel.unique_name,
       channel.friendly_name,
       message.sid AS message_sid,
       message."index",
       message."from",
       message.body,
       message.date_created,
       message.attributes
  FROM channels AS channel
  JOIN messages AS message
    ON message.service_sid = channel.service_sid
   AND message.channel_sid = channel.sid
   AND message."index" = (SELECT newest."index"
                            FROM messages AS newest
                           WHERE newest.service_sid = channel.service_sid AND newest.channel_sid = channel.sid
                           ORDER BY newest."index" DESC
                           LIMIT 1);
