-- A channel of 100,000 messages: only the pages between the nearer end and the bound are read.
-- emulator: --services 1 --channels 1 --messages 100000 --spread even --tidy --users 1 --members 1
.echo off
.parameter set @service "(SELECT sid FROM services)"
.parameter set @channel "(SELECT sid FROM channels)"
.parameter set @n 100000
CREATE TEMP VIEW walked AS
SELECT count(*) AS requests, sum(path LIKE '%Order=desc%') AS descending, sum(path LIKE '%Order=asc%') AS ascending, sum(rows) AS rows FROM chat_requests;
CREATE TEMP VIEW used AS
SELECT sum(error IS NULL) AS used, sum(error IS NOT NULL) <= 16 AS few_unused, sum(path LIKE '%Order=desc%') > 0 AS descending, sum(path LIKE '%Order=asc%') > 0 AS ascending FROM chat_requests;
DELETE FROM chat_requests;
.echo on

-- The newest: one request.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @n - 5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" DESC LIMIT 3;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" > @n - 4 ORDER BY "index";
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" > @n - 4 ORDER BY "index" DESC;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" > @n - 4 ORDER BY "index" LIMIT 2;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" = @n - 1;
SELECT * FROM walked; DELETE FROM chat_requests;

-- The oldest: one request.
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" < 5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" < 3 ORDER BY "index" DESC;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" = 0;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" BETWEEN 100 AND 120;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" BETWEEN 100 AND 102 ORDER BY "index" DESC;
SELECT * FROM walked; DELETE FROM chat_requests;

-- Reading on from a place, as an application that pages by itself does: what the order and LIMIT ask for, not the whole channel.
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" > 10 ORDER BY "index" LIMIT 3;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" < @n - 10 ORDER BY "index" DESC LIMIT 3;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE channel_sid = @channel AND "index" >= 10 LIMIT 3;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;

-- Further away, page after page from the nearer end. With two bounds one look at the newest page tells which that is.
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" >= @n - 4500;
SELECT * FROM used; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" < 4500;
SELECT * FROM used; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" BETWEEN 4500 AND 4600;
SELECT * FROM used; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" BETWEEN @n - 4600 AND @n - 4500;
SELECT * FROM used; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" = 4500;
SELECT * FROM used; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE channel_sid = @channel AND "index" = @n - 4500;
SELECT * FROM used; DELETE FROM chat_requests;

-- Counting by the ends.
SELECT max("index") FROM messages WHERE channel_sid = @channel;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;
SELECT min("index") FROM messages WHERE channel_sid = @channel;
SELECT requests <= 2 AS few FROM walked; DELETE FROM chat_requests;
