-- Keeps everything in ordinary tables of the database that is open, for a service that goes away: archive_channels,
-- archive_members, and so on. Run it again, and what has changed replaces what was there, what is new is added, and
-- what the service has deleted stays. Of messages it reads those only that are newer than the archive's.
--
--   sqlite3 archive.db '.load build/chat' '.read sql/cookbook/archive_service.sql'
--
-- Cost: all lists; on v1 also one request for each channel, user and so on, whose attributes the lists hide.

CREATE TABLE IF NOT EXISTS archive_services AS SELECT * FROM services WHERE false;
CREATE TABLE IF NOT EXISTS archive_channels AS SELECT * FROM channels WHERE false;
CREATE TABLE IF NOT EXISTS archive_members AS SELECT * FROM members WHERE false;
CREATE TABLE IF NOT EXISTS archive_messages AS SELECT * FROM messages WHERE false;
CREATE TABLE IF NOT EXISTS archive_users AS SELECT * FROM users WHERE false;
CREATE TABLE IF NOT EXISTS archive_roles AS SELECT * FROM roles WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS archive_services_key ON archive_services(sid);
CREATE UNIQUE INDEX IF NOT EXISTS archive_channels_key ON archive_channels(sid);
CREATE UNIQUE INDEX IF NOT EXISTS archive_members_key ON archive_members(sid);
CREATE UNIQUE INDEX IF NOT EXISTS archive_messages_key ON archive_messages(sid);
CREATE UNIQUE INDEX IF NOT EXISTS archive_messages_order ON archive_messages(channel_sid, "index");
CREATE UNIQUE INDEX IF NOT EXISTS archive_users_key ON archive_users(sid);
CREATE UNIQUE INDEX IF NOT EXISTS archive_roles_key ON archive_roles(sid);

BEGIN;
INSERT OR REPLACE INTO archive_services SELECT * FROM services;
INSERT OR REPLACE INTO archive_roles SELECT * FROM roles;
INSERT OR REPLACE INTO archive_users SELECT * FROM users;
INSERT OR REPLACE INTO archive_channels SELECT * FROM channels;
INSERT OR REPLACE INTO archive_members
SELECT member.*
  FROM archive_channels AS channel
  JOIN members AS member ON member.service_sid = channel.service_sid AND member.channel_sid = channel.sid;
INSERT OR REPLACE INTO archive_messages
SELECT message.*
  FROM archive_channels AS channel
  JOIN messages AS message
    ON message.service_sid = channel.service_sid
   AND message.channel_sid = channel.sid
   AND message."index" > ifnull((SELECT max(kept."index")
                                   FROM archive_messages AS kept
                                  WHERE kept.channel_sid = channel.sid), -1);
COMMIT;
SELECT (SELECT count(*) FROM archive_channels) AS channels, (SELECT count(*) FROM archive_members) AS members,
       (SELECT count(*) FROM archive_messages) AS messages, (SELECT count(*) FROM archive_users) AS users;
