-- The order of messages is the server's: newest first, and ranges of the index, stop where they can.
.parameter set @service "(SELECT service_sid FROM channels ORDER BY messages_count DESC, sid LIMIT 1)"
.parameter set @channel "(SELECT sid FROM channels ORDER BY messages_count DESC, sid LIMIT 1)"
CREATE TEMP TABLE copy AS SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel;
CREATE TEMP VIEW one AS SELECT * FROM messages WHERE service_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@service')
   AND channel_sid = (SELECT value FROM temp.sqlite_parameters WHERE key = '@channel');
UPDATE chat_settings SET value = '20' WHERE name = 'page_size';
DELETE FROM chat_requests;

-- All of it.
SELECT count(*) = (SELECT count(*) FROM copy), max("index") > count(*) FROM one;
SELECT count(*) > 5 FROM calls; DELETE FROM chat_requests;

-- LIMIT: no page before it is needed.
SELECT "index" = (SELECT max("index") FROM copy) FROM one ORDER BY "index" DESC LIMIT 1;
SELECT count(*) FROM calls; DELETE FROM chat_requests;
SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" LIMIT 3;
SELECT count(*) FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel LIMIT 10);
SELECT count(*) FROM calls; DELETE FROM chat_requests;
SELECT "index" = (SELECT "index" FROM copy ORDER BY "index" DESC LIMIT 1 OFFSET 2)
  FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" DESC LIMIT 1 OFFSET 2;
SELECT count(*) FROM calls; DELETE FROM chat_requests;

-- Bounds: the walk begins at the nearer end and stops past the bound.
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" < 4)
  FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < 4;
SELECT count(*) <= 2 AS few FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" BETWEEN 8 AND 10)
  FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN 8 AND 10;
SELECT count(*) <= 2 AS few FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > 1000000;
SELECT count(*) <= 2 AS few FROM calls; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM messages
 WHERE service_sid = @service AND channel_sid = @channel AND "index" >= (SELECT max("index") - 3 FROM copy);
SELECT count(*) <= 2 AS few FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages
 WHERE service_sid = @service AND channel_sid = @channel AND "index" = (SELECT min("index") + 0 FROM copy);
SELECT count(*) <= 2 AS few FROM calls; DELETE FROM chat_requests;

-- Bounds that are not whole numbers mean what they mean in SQL.
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" < 2.5) FROM one WHERE "index" < 2.5;
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" <= 2) FROM one WHERE "index" <= '2';
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" < 3) FROM one WHERE "index" < 'x' AND "index" < 3;
SELECT count(*) FROM one WHERE "index" > 'x';
SELECT count(*) FROM one WHERE "index" > NULL;
SELECT count(*) FROM one WHERE "index" < -1e300;
SELECT count(*) FROM one WHERE "index" > 9223372036854775807;
SELECT count(*) = (SELECT count(*) FROM copy) FROM one WHERE "index" < x'00';
SELECT count(*) = (SELECT count(*) FROM copy WHERE "index" > 3 AND "index" <= 30) FROM one WHERE "index" > 3.0 AND "index" <= 30.9;
DELETE FROM chat_requests;

-- Over several channels SQLite sorts.
SELECT count(DISTINCT channel_sid) > 1 FROM (SELECT * FROM messages ORDER BY "index" LIMIT 10);
