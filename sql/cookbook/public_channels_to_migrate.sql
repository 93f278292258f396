-- What is left to do before a move to Conversations, which shows private channels only: public channels by service.
-- sql/migrate_public_channels.sql does it.
-- Cost: the public channels, which the server picks out.

SELECT service.friendly_name AS service, count(*) AS public_channels, sum(channel.members_count) AS members,
       sum(channel.messages_count) AS messages
  FROM services AS service
  JOIN channels AS channel ON channel.service_sid = service.sid
 WHERE channel.type = 'public'
 GROUP BY service.sid
 ORDER BY public_channels DESC, service.sid;
