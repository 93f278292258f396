-- Counts that come with a channel's row tell how long its lists are: a short one is read instead of the second row that is looked up in it, and in a long
-- one as many rows as it has pages are looked up at once.
-- emulator: --seed 1 --services 1 --channels 40 --users 60 --members 300 --messages 1500 --private 100 --write-limit 0
.echo off
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE long AS SELECT sid, service_sid, messages_count AS n FROM channels ORDER BY messages_count DESC LIMIT 1;
CREATE TEMP TABLE short AS SELECT sid, service_sid FROM channels WHERE messages_count BETWEEN 4 AND 20 ORDER BY sid LIMIT 3;
CREATE TEMP TABLE few AS SELECT c.sid AS channel_sid, m.sid FROM short AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE m."index" < 5;
CREATE TEMP TABLE many AS SELECT m.sid FROM long AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid ORDER BY "index" LIMIT 20;
CREATE TEMP VIEW totals AS SELECT table_name, sum(path LIKE '%?%' AND error IS NULL) AS listed, sum(path NOT LIKE '%?%') AS looked_up, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name IN ('messages', 'members') GROUP BY table_name;
DELETE FROM chat_requests;
.echo on
SELECT (SELECT count(*) FROM short) AS channels, (SELECT count(*) > 9 FROM few) AS rows, n > 400 AS long FROM long;
-- Of three short lists four rows each: one is looked up, then the list is read.
SELECT count(*) = (SELECT count(*) FROM few) FROM channels AS c CROSS JOIN few AS t ON t.channel_sid = c.sid CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.sid = t.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- Without the channel's row nobody knows: some are looked up, and beside the fourth the channel is asked, which may have answered before the next one.
SELECT count(*) = (SELECT count(*) FROM few) FROM few AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT listed <= 3 AS each, looked_up BETWEEN 12 AND (SELECT count(*) FROM few) AS some, twice FROM totals; DELETE FROM chat_requests;
-- One row of each: no list.
SELECT count(*) FROM channels AS c CROSS JOIN (SELECT channel_sid, min(sid) AS sid FROM few GROUP BY 1) AS t ON t.channel_sid = c.sid CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.sid = t.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- Twenty rows of a long list, at once.
SELECT count(*) FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.sid = (SELECT sid FROM long) AND m.sid IN (SELECT sid FROM many);
SELECT * FROM totals; DELETE FROM chat_requests;
-- Conversations counts nothing.
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
SELECT count(*) FROM channels AS c CROSS JOIN few AS t ON t.channel_sid = c.sid CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.sid = t.sid;
SELECT listed FROM totals; DELETE FROM chat_requests;
