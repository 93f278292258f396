-- Pushdown: ranges of "index", every operator with both orders. The walk begins at the end that the bounds are nearer to, and
-- stops once past them. The answer is always that of the copy.
.echo off
.read tests/sql/reads_pick
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
.parameter set @old "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 30)"
.parameter set @middle "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 160)"
.parameter set @new "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 300)"
-- The 324 messages of the channel are 17 pages of 20: 'asc 2' says two pages from the oldest on. (Pages asked for ahead in
-- vain depend on timing and have tests of their own.)
CREATE TEMP VIEW walked AS
SELECT group_concat(walk, ', ') AS walked FROM (SELECT CASE WHEN path LIKE '%Order=asc%' THEN 'asc ' WHEN path LIKE '%Order=desc%' THEN 'desc ' ELSE 'any ' END || sum(error IS NULL) AS walk
  FROM chat_requests GROUP BY path LIKE '%Order=asc%', path LIKE '%Order=desc%');
DELETE FROM chat_requests;
.echo on

-- One bound, no order.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @old;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" <= @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" <= @old;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" >= @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old;
SELECT * FROM walked; DELETE FROM chat_requests;

-- Ascending.
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" < @old ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @old ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" <= @old ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" <= @old ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" > @new ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @new ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" >= @new ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @new ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" < @new ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @new ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" > @old ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;

-- Descending.
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" < @old ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @old ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" <= @old ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" <= @old ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" > @new ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @new ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" >= @new ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @new ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" < @new ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @new ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" > @old ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;

-- Two bounds: within the first page, near the old end, near the new end, in the middle.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" BETWEEN 3 AND 15) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN 3 AND 15;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" BETWEEN @old AND @old + 5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @old AND @old + 5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" BETWEEN @new AND @new + 5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @new AND @new + 5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" BETWEEN @middle AND @middle + 5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @middle AND @middle + 5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @old AND "index" < @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old AND "index" < @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" >= @middle AND "index" <= @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @middle AND "index" <= @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @old AND "index" <= @middle) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old AND "index" <= @middle;
SELECT * FROM walked; DELETE FROM chat_requests;

-- ... in order
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" BETWEEN @old AND @old + 5 ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @old AND @old + 5 ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" BETWEEN @old AND @old + 5 ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @old AND @old + 5 ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" BETWEEN @new AND @new + 5 ORDER BY "index")) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @new AND @new + 5 ORDER BY "index");
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" BETWEEN @new AND @new + 5 ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" BETWEEN @new AND @new + 5 ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;

-- One index: the first, old, middle, new, a gap, past the end, below the beginning.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = 0) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = 0;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @old;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = @middle) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @middle;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @new;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = 1) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = 1;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = 1000000) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = 1000000;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = -1) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = -1;
SELECT * FROM walked; DELETE FROM chat_requests;

-- ... in order
SELECT group_concat("index") IS (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message WHERE "index" = @new ORDER BY "index" DESC)) AS same FROM (SELECT "index" FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @new ORDER BY "index" DESC);
SELECT * FROM walked; DELETE FROM chat_requests;

-- IN is left to SQLite: one walk.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" IN (@old, @new)) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" IN (@old, @new);
SELECT * FROM walked; DELETE FROM chat_requests;

-- Past the end, before the beginning, everything, nothing, contradictions.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > 1000000) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > 1000000;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < 0) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < 0;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" >= 0) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= 0;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < 1000000) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < 1000000;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @new AND "index" < @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @new AND "index" < @old;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > 5 AND "index" < 6) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > 5 AND "index" < 6;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = @old AND "index" = @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @old AND "index" = @new;
SELECT * FROM walked; DELETE FROM chat_requests;

-- Bounds that are no whole numbers, or no numbers: what cannot be sent is checked by SQLite.
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > @new - 0.5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @new - 0.5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < @old + 0.5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @old + 0.5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" = @old + 0.5) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" = @old + 0.5;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > CAST(@new AS TEXT)) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > CAST(@new AS TEXT);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < 'x') AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < 'x';
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > NULL) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > NULL;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" < 1e300) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < 1e300;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > -9223372036854775808) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > -9223372036854775808;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" > 9223372036854775807) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > 9223372036854775807;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE "index" <> @old) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" <> @old;
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM pick_message WHERE +"index" > @new) AS same FROM messages WHERE service_sid = @service AND channel_sid = @channel AND +"index" > @new;
SELECT * FROM walked; DELETE FROM chat_requests;

-- With LIMIT: the bound is skipped over, or stops the walk; no page beyond what the LIMIT needs.
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @new LIMIT 5);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" >= @old ORDER BY "index" DESC LIMIT 5);
SELECT * FROM walked; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" <= @new ORDER BY "index" LIMIT 5);
SELECT * FROM walked; DELETE FROM chat_requests;
-- ... from a bound on, in the order of the walk: the next page of a reader that pages by itself
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" > @old ORDER BY "index" LIMIT 5);
SELECT count(*) <= 3 AS few FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" < @new ORDER BY "index" DESC LIMIT 5);
SELECT count(*) <= 3 AS few FROM chat_requests; DELETE FROM chat_requests;
