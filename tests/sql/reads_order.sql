-- Pushdown: ORDER BY "index" within one channel is the server's own order; it is consumed, and a LIMIT stops the walk.
.echo off
.read tests/sql/reads_pick
UPDATE chat_settings SET value = 50 WHERE name = 'page_size';
CREATE TEMP VIEW one AS SELECT m.* FROM messages AS m WHERE m.service_sid = (SELECT service_sid FROM pick_channel) AND m.channel_sid = (SELECT sid FROM pick_channel);
-- The 324 messages of the channel are 7 pages of 50.
SELECT count(*) AS messages, (count(*) + 49) / 50 AS pages FROM pick_message;
DELETE FROM chat_requests;
.echo on

-- All of it, in each order: every page once.
SELECT group_concat("index") = (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message ORDER BY "index")) FROM (SELECT "index" FROM one ORDER BY "index");
SELECT count(*), sum(path LIKE '%Order=asc&PageSize=50%'), sum(path LIKE '%Order=desc%'), count(DISTINCT path) FROM chat_requests; DELETE FROM chat_requests;
SELECT group_concat("index") = (SELECT group_concat("index") FROM (SELECT "index" FROM pick_message ORDER BY "index" DESC)) FROM (SELECT "index" FROM one ORDER BY "index" DESC);
SELECT count(*), sum(path LIKE '%Order=asc%'), sum(path LIKE '%Order=desc&PageSize=50%'), count(DISTINCT path) FROM chat_requests; DELETE FROM chat_requests;

-- LIMIT: one request of as many rows as are wanted, OFFSET included.
SELECT "index" = (SELECT max("index") FROM pick_message) FROM one ORDER BY "index" DESC LIMIT 1;
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT 10);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" LIMIT 10);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT 10 OFFSET 15);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT 50);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
-- ... more than a page holds
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT 51);
SELECT count(*), sum(rows) FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT 10 OFFSET 120);
SELECT count(*), sum(rows) FROM calls; DELETE FROM chat_requests;
-- ... more than there are
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" LIMIT 1000000);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" LIMIT 10 OFFSET 1000000);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;

-- No LIMIT: -1. Nothing wanted: 0, and not even a request.
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT -1);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY "index" DESC LIMIT -1 OFFSET 300);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
SELECT "index" FROM one ORDER BY "index" DESC LIMIT 0;
SELECT "index" FROM one LIMIT 0;
SELECT "index" FROM one LIMIT 0 OFFSET 5;
SELECT count(*) FROM calls;

-- LIMIT without an order.
SELECT count(*) FROM (SELECT 1 FROM one LIMIT 3 OFFSET 4);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
-- ... by parameter
.parameter set @few 4
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" DESC LIMIT @few OFFSET @few);
SELECT call, rows FROM calls; DELETE FROM chat_requests;

-- A filter that SQLite checks needs more than it returns: whole pages, as far as needed.
SELECT count(*) FROM (SELECT 1 FROM one WHERE "index" % 2 = 0 ORDER BY "index" DESC LIMIT 5);
SELECT sum(error IS NULL) AS used, sum(error IS NOT NULL) <= 2 AS few_unused, sum(path LIKE '%Order=desc&PageSize=50%') = count(*) AS whole FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM one WHERE body IS NOT NULL LIMIT 60);
SELECT sum(error IS NULL) AS used, sum(error IS NOT NULL) <= 2 AS few_unused FROM chat_requests; DELETE FROM chat_requests;

-- Where SQLite sorts by something else it needs all.
SELECT count(*) FROM (SELECT body FROM one ORDER BY body LIMIT 5);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT "index" FROM one ORDER BY "index" % 10, "index" LIMIT 5);
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;

-- What stands beside the index and is one value in one channel orders nothing.
SELECT count(*) FROM (SELECT 1 FROM one ORDER BY service_sid, channel_sid DESC, "index" DESC, body LIMIT 5);
SELECT call, rows FROM calls; DELETE FROM chat_requests;

-- The SID of the channel alone names one list.
SELECT count(*) FROM (SELECT 1 FROM messages WHERE channel_sid = @channel ORDER BY "index" DESC LIMIT 5);
SELECT call, rows FROM calls; DELETE FROM chat_requests;

-- Over several channels SQLite sorts, and needs all.
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service ORDER BY "index" LIMIT 5);
SELECT count(*) > 36, count(*) - count(DISTINCT path) AS twice, sum(path LIKE '%Order=%') FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid IN (@channel, 'CH00000000000000000000000000000000') ORDER BY "index" LIMIT 5);
SELECT sum(status = 200), sum(status = 404), sum(path LIKE '%Order=%') FROM chat_requests; DELETE FROM chat_requests;

-- min and max are the ends.
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
SELECT max("index") = (SELECT max("index") FROM pick_message) FROM one;
SELECT min("index") = (SELECT min("index") FROM pick_message) FROM one;
SELECT count(*), count(DISTINCT call) FROM calls; DELETE FROM chat_requests;

-- DISTINCT, GROUP BY and window functions see the whole.
SELECT count(DISTINCT "index") = (SELECT count(*) FROM pick_message) FROM one;
SELECT count(*) = (SELECT count(*) FROM pick_message) FROM (SELECT "index" FROM one GROUP BY "index");
SELECT max(n) = (SELECT count(*) FROM pick_message) FROM (SELECT row_number() OVER (ORDER BY "index" DESC) AS n FROM one);
SELECT count(*) FROM (SELECT DISTINCT "index" FROM one LIMIT 3);
SELECT count(*) <= 4 FROM calls; DELETE FROM chat_requests;
