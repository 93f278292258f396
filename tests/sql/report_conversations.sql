-- sql/report over an archive of Conversations: every query, over rows made by hand whose answers can be counted.
-- It asks the service for nothing.
.echo off
.read sql/archive/schema.sql
.read sql/archive/conversations_tables.sql
.mode list
.headers on
.nullvalue NULL

INSERT INTO archive_runs(run, kind, generation, media, started_at, ended_at, stage, first_change)
VALUES (1, 'update', 'conversations', 0, '2026-03-31T10:00:00Z', '2026-03-31T10:00:05Z', 6, 1),
       (2, 'update', 'conversations', 0, '2026-04-01T10:00:00Z', '2026-04-01T10:00:05Z', 6, 1);
INSERT INTO conversation_services(path, sid, friendly_name, gone_at)
VALUES ('/1', 'IS1', 'Shop', NULL), ('/2', 'IS2', '', NULL), ('/3', 'IS3', 'Gone', '2026-03-01T00:00:00Z');
INSERT INTO conversations(path, sid, chat_service_sid, friendly_name, unique_name, state, attributes, date_created, gone_at)
VALUES ('/1', 'CH1', 'IS1', 'Orders', 'orders', 'active', '{}', '2025-11-05T00:00:00Z', NULL),
       ('/2', 'CH2', 'IS1', NULL, 'returns', 'closed', printf('"%.*c"', 13200, 'x'), '2026-02-05T00:00:00Z', NULL),
       ('/3', 'CH3', 'IS2', '', NULL, 'active', '{}', '2026-02-06T00:00:00Z', NULL),
       ('/4', 'CH4', 'IS1', 'Gone', NULL, 'active', '{}', '2026-02-07T00:00:00Z', '2026-03-30T00:00:00Z'),
       ('/5', 'CH5', 'IS1', 'a' || char(0) || 'b\u0000\\c', NULL, 'active', '{}', '2026-03-07T00:00:00Z', NULL);
INSERT INTO conversation_users(path, sid, chat_service_sid, identity, attributes, date_created)
VALUES ('/1', 'US1', 'IS1', 'ann', '{}', '2025-11-04T00:00:00Z'), ('/2', 'US2', 'IS1', 'bob', '{}', '2026-03-01T00:00:00Z'),
       ('/3', 'US3', 'IS2', 'ann', printf('"%.*c"', 16000, 'x'), '2026-03-02T00:00:00Z');
INSERT INTO participants(path, sid, chat_service_sid, conversation_sid, identity, messaging_binding, attributes,
                         last_read_message_index, last_read_timestamp, gone_at)
VALUES ('/1', 'MB1', 'IS1', 'CH1', 'ann', NULL, '{}', 2, '2026-03-20T08:00:00Z', NULL), -- has 4 and 7 to read, 5 is gone
       ('/2', 'MB2', 'IS1', 'CH1', 'bob', NULL, '{}', NULL, NULL, NULL),                -- never: 0, 4, not his own
       ('/3', 'MB3', 'IS1', 'CH1', NULL, '{"type":"sms","address":"+1555"}', '{}', NULL, NULL, NULL),
       ('/4', 'MB4', 'IS1', 'CH1', 'cat', NULL, '{}', 9, '2026-03-31T08:00:00Z', NULL), -- all
       ('/5', 'MB5', 'IS1', 'CH1', 'dan', NULL, '{}', NULL, NULL, '2026-03-01T00:00:00Z'),
       ('/6', 'MB6', 'IS2', 'CH3', 'ann', NULL, '{}', NULL, NULL, NULL),                -- another service's ann
       ('/7', 'MB7', 'IS1', 'CH4', 'bob', NULL, '{}', NULL, NULL, NULL),                -- the conversation is gone
       ('/8', 'MB8', 'IS1', 'CH5', 'cat', NULL, '{}', NULL, NULL, NULL);                -- nothing to read
INSERT INTO conversation_messages(path, sid, chat_service_sid, conversation_sid, "index", author, body, media, attributes,
                                  date_created, gone_at)
VALUES ('/1', 'IM1', 'IS1', 'CH1', 0, 'ann', 'one', NULL, '{}', '2025-11-05T12:00:00Z', NULL),
       ('/2', 'IM2', 'IS1', 'CH1', 2, 'bob', 'two', NULL, '{}', '2026-03-28T12:00:30Z', NULL),
       ('/3', 'IM3', 'IS1', 'CH1', 4, '+1555', 'three', '[{"sid":"ME1"},{"sid":"ME2"}]', '{}', '2026-03-28T12:01:30Z', NULL),
       ('/4', 'IM4', 'IS1', 'CH1', 5, 'bob', 'gone', NULL, '{}', '2026-03-28T14:01:30Z', '2026-03-31T10:00:00Z'),
       ('/5', 'IM5', 'IS1', 'CH1', 7, 'bob', printf('%.*c', 400, 'y'), NULL, '{}', '2026-03-28T14:01:30Z', NULL),
       ('/6', 'IM6', 'IS1', 'CH1', 8, 'ann', 'mine', NULL, printf('"%.*c"', 3500, 'x'), '2026-03-31T23:30:00Z', NULL),
       ('/7', 'IM7', 'IS2', 'CH3', 0, 'dan', 'four', NULL, '{}', '2026-03-27T01:00:00Z', NULL),
       ('/8', 'IM8', 'IS2', 'CH3', 1, 'ann', 'back in time', NULL, '{}', '2026-03-27T00:00:00Z', NULL),
       ('/9', 'IM9', 'IS1', 'CH4', 0, 'bob', 'five', NULL, '{}', '2026-03-29T00:00:00Z', NULL),
       ('/10', 'IM10', 'IS1', 'CH4', 1, NULL, 'six', NULL, '{}', '2026-03-29T00:00:00Z', NULL),
       ('/11', 'IM11', 'IS1', 'CH2', 0, 'ann', 'undated', NULL, '{}', NULL, NULL),
       ('/12', 'IM12', 'IS1', 'CH2', 1, 'bob', 'of the future', NULL, '{}', '9999-12-31T23:59:59Z', NULL),
       ('/13', 'IM13', 'IS1', 'CH2', 2, 'bob', 'no date', NULL, '{}', 'yesterday', NULL);
INSERT INTO delivery_receipts(path, sid, chat_service_sid, conversation_sid, message_sid, participant_sid, status,
                              error_code, date_created)
VALUES ('/1', 'DY1', 'IS1', 'CH1', 'IM5', 'MB3', 'undelivered', 30003, '2026-03-28T14:01:30Z'),
       ('/2', 'DY2', 'IS1', 'CH1', 'IM4', 'MB3', 'failed', 30003, '2026-03-28T14:01:30Z'),
       ('/3', 'DY3', 'IS1', 'CH1', 'IM2', 'MB3', 'failed', 12345, '2026-03-28T14:01:30Z'),
       ('/4', 'DY4', 'IS1', 'CH1', 'IM6', 'MB3', 'read', 0, '2026-03-31T23:30:00Z'),
       ('/5', 'DY5', 'IS1', 'CH1', 'IM6', 'MB9', 'failed', NULL, '2026-03-31T23:30:00Z'),
       ('/6', 'DY6', 'IS1', 'CH1', 'IM6', 'MB3', NULL, NULL, '2026-03-31T23:30:00Z'),
       ('/7', 'DY7', 'IS1', 'CH1', 'IM1', 'MB3', 'failed', 30003, '2025-11-05T12:00:00Z'); -- before these days

CREATE TEMP TABLE report_options AS SELECT 7 AS days, '+01:00' AS zone;
.echo on
.read sql/report/conversations.sql
.read sql/report/open.sql
SELECT * FROM report_window;
SELECT channel_sid, place, author, gone, day, hour, nth, waited FROM report_messages ORDER BY channel_sid, place;
SELECT sid, channel_sid, identity, read_to, unread FROM report_reading ORDER BY sid;
SELECT sid, name FROM report_channels ORDER BY sid;
.read sql/report/summary.sql
.read sql/report/by_day.sql
.read sql/report/by_hour.sql
.read sql/report/response_times.sql
.read sql/report/busiest_channels.sql
.read sql/report/busiest_authors.sql
.read sql/report/who_reads.sql
.read sql/report/most_unread.sql
.read sql/report/growth.sql
.read sql/report/near_limits.sql
.read sql/report/receipts.sql
.read sql/report/undelivered_errors.sql
.read sql/report/undelivered_people.sql
-- Five years and more: quarters; a century: years, the oldest in the first one.
INSERT INTO conversations(path, sid, date_created) VALUES ('/6', 'CH6', '2021-01-01T00:00:00Z');
.read sql/report/growth.sql
INSERT INTO conversations(path, sid, date_created) VALUES ('/7', 'CH7', '1926-01-01T00:00:00Z');
.read sql/report/growth.sql
SELECT count(*) AS calls FROM chat_requests;
