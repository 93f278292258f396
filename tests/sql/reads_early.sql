-- A scan of all lists begins long ones before their turn: pages of one list come one after another, and the longest is not to be waited for with
-- nothing beside it. The rows come in the lists' order all the same.
-- emulator: --seed 1 --services 1 --channels 90 --users 0 --members 0 --messages 12000 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 100 WHERE name = 'page_size';
CREATE TEMP TABLE lists AS SELECT row_number() OVER () AS place, sid, messages_count AS n, (messages_count + 99) / 100 AS pages FROM channels;
-- The place at which the first page of each channel's messages was asked for.
CREATE TEMP VIEW asked AS SELECT place, pages, row_number() OVER (ORDER BY id) AS turn FROM chat_requests, lists
  WHERE table_name = 'messages' AND path LIKE '%' || sid || '/Messages?%' AND path NOT LIKE '%PageToken=%';
CREATE TEMP VIEW totals AS SELECT count(*) AS requests, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on

SELECT max(place) FILTER (WHERE pages > 3) > 60 AS late, count(*) FILTER (WHERE pages > 3 AND place > 32) BETWEEN 1 AND 8 AS some FROM lists;
CREATE TEMP TABLE found AS SELECT channel_sid, "index" FROM messages;
-- Twice as many lists as requests may run at once are begun at first, and then the long ones.
SELECT max(turn) <= 32 + count(*) FILTER (WHERE place > 32) AS early FROM asked WHERE pages > 3;
SELECT requests = (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain FROM totals; DELETE FROM chat_requests;
-- In order, and all.
SELECT count(*) AS misplaced FROM (SELECT place < lag(place) OVER (ORDER BY found.rowid) AS back FROM found JOIN lists ON sid = channel_sid) WHERE back;
SELECT count(*) = count(DISTINCT channel_sid || "index") AS once, count(*) = (SELECT sum(n) FROM lists) AS every FROM found;
-- Where the first rows may be all, no more lists than may be asked for in vain. (Before SQLite 3.38 nobody tells of the LIMIT.)
SELECT count(*) FROM (SELECT 1 FROM messages LIMIT 1);
SELECT count(*) <= 64 AS few FROM asked; DELETE FROM chat_requests;
SELECT EXISTS (SELECT 1 FROM messages);
SELECT count(*) <= 64 AS few FROM asked; DELETE FROM chat_requests;
-- With little memory they wait for room, and each page is asked for once.
UPDATE chat_settings SET value = 1 WHERE name = 'memory_limit_mb';
SELECT count(date_updated) = (SELECT sum(n) FROM lists) AS every FROM messages;
SELECT requests = (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain FROM totals; DELETE FROM chat_requests;
-- Long lists that nobody comes to, since the statement ends before.
UPDATE chat_settings SET value = 64 WHERE name = 'memory_limit_mb';
UPDATE chat_settings SET value = 10 WHERE name = 'max_requests';
SELECT count(body) FROM messages;
SELECT count(*) FROM chat_requests;
