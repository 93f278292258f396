-- A number that nobody has may be made of NULL, as by coalesce(), in a row of another list at the same place: then the numbers that the
-- next rows have tell what will be looked up, and in which lists, and these are read in place of the first look-up already.
-- emulator: --seed 2 --services 1 --channels 18 --users 40 --members 120 --messages 1200 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
CREATE TEMP VIEW totals AS SELECT count(*) AS requests, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain,
  count(*) FILTER (WHERE purpose = 'look-up') AS looked_up FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on
SELECT last_consumed_message_index FROM members LIMIT 1;
DELETE FROM chat_requests;
SELECT sum(n) > 0 FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e);
SELECT * FROM totals; DELETE FROM chat_requests;
-- But not for one row.
SELECT sum(n) >= 0 FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e LIMIT 1);
SELECT requests FROM totals; DELETE FROM chat_requests;
