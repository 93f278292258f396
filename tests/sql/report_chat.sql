-- sql/report over an archive of Chat: the queries that read what Conversations has not or has otherwise, and all of them
-- over an archive that holds nothing. It asks the service for nothing.
.echo off
.read sql/archive/schema.sql
.read sql/archive/chat_tables.sql
INSERT INTO archive_runs(run, kind, generation, media, started_at, stage, first_change, error)
VALUES (1, 'update', 'v2', 0, '2026-04-01T10:00:00Z', 2, 1, 'stopped');
.read sql/report/chat.sql
.read sql/report/open.sql
.mode list
.headers on
.nullvalue NULL
.echo on
-- Nothing in it:
.read sql/report/summary.sql
.read sql/report/by_day.sql
.read sql/report/busiest_channels.sql
.read sql/report/busiest_authors.sql
.read sql/report/response_times.sql
.read sql/report/who_reads.sql
.read sql/report/most_unread.sql
.read sql/report/growth.sql
.read sql/report/near_limits.sql
.read sql/report/receipts.sql
.read sql/report/undelivered_errors.sql
.read sql/report/undelivered_people.sql
DROP TABLE temp.report_messages;
DROP TABLE temp.report_window;
DROP TABLE temp.report_reading;

-- Limits are the services' own, or else Twilio's.
INSERT INTO services(path, sid, friendly_name, limits)
VALUES ('/1', 'IS1', 'Shop', '{"channel_members":2,"user_channels":10}'), ('/2', 'IS2', 'Team', NULL);
INSERT INTO channels(path, sid, service_sid, friendly_name, date_created)
VALUES ('/1', 'CH1', 'IS1', 'Orders', '2026-03-01T00:00:00Z'), ('/2', 'CH2', 'IS2', 'General', '2026-03-01T00:00:00Z'),
       ('/3', 'CH3', 'IS1', 'Returns', '2026-03-01T00:00:00Z');
INSERT INTO members(path, sid, service_sid, channel_sid, identity, last_consumed_message_index, last_consumption_timestamp)
VALUES ('/1', 'MB1', 'IS1', 'CH1', 'ann', 1, '2026-03-31T00:00:00Z'), ('/2', 'MB2', 'IS1', 'CH1', 'bob', 0, '2026-03-30T00:00:00Z'),
       ('/3', 'MB3', 'IS2', 'CH2', 'ann', NULL, NULL), ('/4', 'MB4', 'IS1', 'CH3', 'ann', NULL, NULL);
INSERT INTO messages(path, sid, service_sid, channel_sid, "index", "from", body, date_created)
VALUES ('/1', 'IM1', 'IS1', 'CH1', 0, 'ann', 'one', '2026-03-30T12:00:00Z'),
       ('/2', 'IM2', 'IS1', 'CH1', 1, 'bob', printf('%.*c', 30000, 'x'), '2026-03-31T12:00:00Z'),
       ('/3', 'IM3', 'IS1', 'CH1', 2, 'ann', 'three', '2026-03-31T12:02:00Z'),
       ('/4', 'IM4', 'IS2', 'CH2', 0, 'cat', 'four', '2026-03-31T12:02:00Z');
.read sql/report/open.sql
.read sql/report/summary.sql
.read sql/report/by_day.sql
.read sql/report/busiest_channels.sql
.read sql/report/busiest_authors.sql
.read sql/report/response_times.sql
.read sql/report/who_reads.sql
.read sql/report/most_unread.sql
.read sql/report/near_limits.sql
.read sql/report/receipts.sql
SELECT count(*) AS calls FROM chat_requests;
