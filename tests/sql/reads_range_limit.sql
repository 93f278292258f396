-- A LIMIT on rows between two bounds: they are gone to by full pages, from the nearer end, and not by pages as small as the LIMIT.
.echo off
.read tests/sql/reads_pick
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
.parameter set @old "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 7)"
.parameter set @middle "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 160)"
.parameter set @new "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 315)"
CREATE TEMP VIEW walked AS SELECT count(*) <= 10 AS few, count(*) FILTER (WHERE error IS NULL) = 1 AS one, max(rows) AS rows FROM chat_requests;
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @old LIMIT 1);
SELECT few, one, rows <= 20 AS short FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @middle LIMIT 1);
SELECT few FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @new LIMIT 1);
SELECT few, one FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @middle AND "index" = @middle + 1 LIMIT 1 OFFSET 1);
SELECT few FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @middle AND @new LIMIT 2);
SELECT few FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index" - @old) FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @old AND @old + 5 LIMIT 2);
SELECT few, one, rows <= 20 AS short FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN -3 AND 5 LIMIT 2);
SELECT few, one FROM walked; DELETE FROM chat_requests;
