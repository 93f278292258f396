-- The lists under the outer table's next rows are asked for side by side from the first one on, where nothing says that rows
-- are left out or that the statement ends early; else one list at first. Each of these fails at its first row.
-- emulator: --seed 1 --services 1 --channels 60 --users 0 --members 0 --messages 600 --spread even --latency 3
.echo off
SELECT count(*) FROM channels;
CREATE TEMP VIEW asked AS
SELECT CASE WHEN count(*) > 12 THEN 'many' WHEN count(*) <= 3 THEN 'few' ELSE count(*) END AS lists FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on
SELECT abs(iif(m.sid IS NULL, 0, -9223372036854775808)) FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- A term that SQLite checks.
SELECT abs(iif(m.sid IS NULL, 0, -9223372036854775808)) FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.members_count >= 0;
SELECT * FROM asked; DELETE FROM chat_requests;
-- Rows that are to be few.
SELECT count(*) FROM (SELECT 1 FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid LIMIT 1);
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT EXISTS (SELECT 1 FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid);
SELECT * FROM asked; DELETE FROM chat_requests;
-- Also of a query inside it, where nothing says that it may be left out, or end at its first row.
SELECT abs((SELECT count(m.sid) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) * 0 - 9223372036854775807 - 1) FROM channels AS c;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT abs((SELECT count(m.sid) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) * 0 - 9223372036854775807 - 1) FROM channels AS c WHERE c.members_count >= 0;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT abs((SELECT count(sid) FROM (SELECT m.sid FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid LIMIT 1)) * 0 - 9223372036854775807 - 1) FROM channels AS c;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT abs(CASE WHEN c.sid > '' THEN (SELECT count(m.sid) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) END * 0 - 9223372036854775807 - 1) FROM channels AS c;
SELECT * FROM asked; DELETE FROM chat_requests;
-- Of two queries the second one may be left out by the first.
SELECT abs(n + (SELECT count(m.sid) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) * 0 - 9223372036854775807 - 1)
  FROM (SELECT *, (SELECT count(e.sid) FROM members AS e WHERE e.service_sid = i.service_sid AND e.channel_sid = i.sid) AS n FROM channels AS i) AS c;
SELECT * FROM asked; DELETE FROM chat_requests;
