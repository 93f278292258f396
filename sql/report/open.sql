-- TEMP tables that the report's queries have in common; after chat.sql or conversations.sql, which see. Before it, if
-- the days are not to be the 90 up to the latest message, or the times not in UTC:
--   CREATE TEMP TABLE report_options AS SELECT 30 AS days, 'localtime' AS zone;      (or '+02:00')

CREATE TEMP TABLE IF NOT EXISTS report_options AS SELECT 90 AS days, '+00:00' AS zone;

-- Every message, also those that have been deleted since: it was written. In its channel `nth` of those that are still
-- there; `waited`: seconds since the one before it, where somebody else wrote that. `day` and the like in the zone of
-- the options; NULL where the date is none, or later than the archive itself.
CREATE TEMP TABLE report_messages AS
SELECT channel_sid, place, author, gone IS NOT NULL AS gone, created,
       date(sane, zone) AS day, CAST(strftime('%H', sane, zone) AS INTEGER) AS hour,
       count(*) FILTER (WHERE gone IS NULL) OVER later AS nth,
       CASE WHEN author <> lag(author) OVER later AND sane >= lag(sane) OVER later
            THEN CAST(round((julianday(sane) - julianday(lag(sane) OVER later)) * 86400) AS INTEGER) END AS waited
  FROM (SELECT *, CASE WHEN created < limits.latest AND julianday(created) IS NOT NULL THEN created END AS sane
          FROM report_written,
               (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(coalesce(ended_at, started_at)), '+1 day') AS latest
                  FROM archive_runs) AS limits) AS written, report_options
WINDOW later AS (PARTITION BY channel_sid ORDER BY place, written.sid);
CREATE INDEX temp.report_messages_channel ON report_messages(channel_sid, author, place);
CREATE INDEX temp.report_messages_place ON report_messages(channel_sid, place, nth);
CREATE INDEX temp.report_messages_day ON report_messages(day);

-- The days that the report looks at: up to that of the latest message.
CREATE TEMP TABLE report_window AS
SELECT max(date(max(day), '-' || (days - 1) || ' days'), min(day)) AS first, max(day) AS last
  FROM report_messages, report_options;

-- How much each member has still to read in each channel: messages that others have written, above what the member has
-- read (`read_to`, which the application sets; NULL: never). Only of channels, members and messages that are there.
CREATE TEMP TABLE report_reading AS
SELECT member.sid, member.service_sid, member.channel_sid, member.identity, member.name, member.read_to, member.read_at,
       (SELECT ifnull(max(nth), 0) FROM report_messages AS message WHERE message.channel_sid = member.channel_sid)
       - ifnull((SELECT nth FROM report_messages AS message
                  WHERE message.channel_sid = member.channel_sid AND message.place <= member.read_to
                  ORDER BY message.place DESC, nth DESC LIMIT 1), 0)
       - (SELECT count(*) FROM report_messages AS message
           WHERE message.channel_sid = member.channel_sid AND message.author = member.identity
             AND message.place > ifnull(member.read_to, -1) AND NOT message.gone) AS unread
  FROM report_members AS member
  JOIN report_channels AS channel ON channel.sid = member.channel_sid
 WHERE member.gone IS NULL AND channel.gone IS NULL AND NOT member.outside AND member.identity IS NOT NULL;
