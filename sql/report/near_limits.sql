-- Where Twilio's limits are: of each kind the fullest one (nth 1), and all others that are at least four fifths full,
-- but twenty of a kind at most. Of what is there now; but of messages within a second, whenever that was.

WITH used(name, what, service_sid, used) AS (
  SELECT 'members', channel.name, channel.service_sid, count(*)
    FROM report_members AS member JOIN report_channels AS channel ON channel.sid = member.channel_sid
   WHERE member.gone IS NULL AND channel.gone IS NULL GROUP BY channel.sid
  UNION ALL
  SELECT 'outside', channel.name, channel.service_sid, count(*)
    FROM report_members AS member JOIN report_channels AS channel ON channel.sid = member.channel_sid
   WHERE member.gone IS NULL AND channel.gone IS NULL AND member.outside GROUP BY channel.sid
  UNION ALL
  SELECT 'channels', member.name, member.service_sid, count(*)
    FROM report_members AS member JOIN report_channels AS channel ON channel.sid = member.channel_sid
   WHERE member.gone IS NULL AND channel.gone IS NULL AND NOT channel.closed AND NOT member.outside
   GROUP BY member.service_sid, member.identity
  UNION ALL
  SELECT 'channel attributes', name, service_sid, attributes_bytes FROM report_channels WHERE gone IS NULL
  UNION ALL
  SELECT 'user attributes', name, service_sid, attributes_bytes FROM report_users WHERE gone IS NULL
  UNION ALL
  SELECT 'member attributes', member.name || ' in ' || channel.name, member.service_sid, member.attributes_bytes
    FROM report_members AS member JOIN report_channels AS channel ON channel.sid = member.channel_sid
   WHERE member.gone IS NULL AND channel.gone IS NULL
  UNION ALL
  SELECT 'rate', channel.name, channel.service_sid, max(messages)
    FROM (SELECT channel_sid, count(*) AS messages FROM report_messages WHERE day IS NOT NULL
           GROUP BY channel_sid, created) AS second
    JOIN report_channels AS channel ON channel.sid = second.channel_sid
   GROUP BY channel.sid),
-- Of messages, which are many, the fullest of each channel.
fullest AS (
  SELECT channel_sid, max(body_bytes) AS body, max(attached) AS media, max(attributes_bytes) AS attributes
    FROM report_written WHERE gone IS NULL GROUP BY channel_sid),
everything AS (
  SELECT * FROM used
  UNION ALL
  SELECT limits.name, channel.name, channel.service_sid,
         CASE limits.name WHEN 'body' THEN body WHEN 'media' THEN media ELSE fullest.attributes END
    FROM fullest
    JOIN report_channels AS channel ON channel.sid = fullest.channel_sid AND channel.gone IS NULL
    JOIN report_limits AS limits ON limits.name IN ('body', 'media', 'message attributes')),
ranked AS (
  SELECT limits.kind, limits.unit, what, service.name AS service, used,
         CASE everything.name WHEN 'members' THEN ifnull(members_allowed, allowed)
                              WHEN 'channels' THEN ifnull(channels_allowed, allowed) ELSE allowed END AS allowed
    FROM everything
    JOIN report_limits AS limits ON limits.name = everything.name
    LEFT JOIN report_services AS service ON service.sid = everything.service_sid
   WHERE used > 0),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY kind ORDER BY 1.0 * used / allowed DESC, what, service) AS nth
    FROM ranked WHERE allowed > 0)
SELECT kind, nth, what, service, used, allowed, unit, CAST(round(100.0 * used / allowed) AS INTEGER) AS percent
  FROM numbered
 WHERE nth = 1 OR nth <= 20 AND used >= 0.8 * allowed
 ORDER BY max(100.0 * used / allowed) OVER (PARTITION BY kind) DESC, kind, nth;
