-- Pages of one list come one after another. Where counts tell that lists under rows to come are long, these are begun first, and a page of a list
-- that is begun leaves before the first ones of others: so the longest is not waited for at the end.
-- emulator: --seed 1 --services 1 --channels 18 --users 0 --members 0 --messages 1200 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE lists AS SELECT row_number() OVER () AS place, sid, (messages_count + 19) / 20 AS pages FROM channels;
-- The place at which the first page of each channel's messages was asked for.
CREATE TEMP VIEW asked AS SELECT place, pages, row_number() OVER (ORDER BY id) AS turn FROM chat_requests, lists
  WHERE table_name = 'messages' AND path LIKE '%' || sid || '/Messages?%' AND path NOT LIKE '%PageToken=%';
CREATE TEMP VIEW totals AS SELECT count(*) AS requests, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on

SELECT max(place) FILTER (WHERE pages > 3) > 9 AS late, count(*) FILTER (WHERE pages > 3) BETWEEN 1 AND 4 AS some FROM lists;
SELECT count(*) > 0 FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid;
-- Right after the one that the first row leads to.
SELECT max(turn) <= 1 + count(*) AS early FROM asked WHERE pages > 3;
SELECT requests = (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain FROM totals; DELETE FROM chat_requests;
-- So they are under a subquery, once one has gone to its end.
SELECT count(*) > 0 FROM (SELECT (SELECT count(body) FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) AS n FROM channels AS c) WHERE n >= 0;
SELECT max(turn) < max(place) AS earlier FROM asked WHERE pages > 3;
SELECT requests = (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain FROM totals; DELETE FROM chat_requests;
-- Not where the first rows may be all, or the lists' newest rows.
SELECT count(*) FROM (SELECT 1 FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid LIMIT 1);
SELECT count(*) <= 2 AS few FROM asked; DELETE FROM chat_requests;
SELECT count(newest) > 0 FROM (SELECT (SELECT max("index") FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) AS newest FROM channels AS c);
SELECT max(rows) <= 2 AS small, in_vain FROM chat_requests, totals WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- A list that the outer loop reads as well is read on for what is looked up in it.
SELECT count(*) > 0 FROM messages AS a CROSS JOIN messages AS b ON b.service_sid = a.service_sid AND b.channel_sid = a.channel_sid AND b."index" = a."index" + 1;
SELECT requests = (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain, (SELECT count(*) FROM chat_requests WHERE purpose = 'look-up') AS looked_up FROM totals; DELETE FROM chat_requests;
-- But not for one row of it.
SELECT count(*) FROM (SELECT 1 FROM messages AS a CROSS JOIN messages AS b ON b.service_sid = a.service_sid AND b.channel_sid = a.channel_sid AND b."index" = a."index" + 1 LIMIT 1);
SELECT count(*) <= 1 AS few FROM chat_requests WHERE purpose IS NOT NULL; DELETE FROM chat_requests;
