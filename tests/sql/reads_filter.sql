-- Pushdown: the list's own filters, = and IN. SQLite checks every row again.
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE guest AS SELECT service_sid, channel_sid, identity FROM invites ORDER BY sid LIMIT 1;
DELETE FROM chat_requests;
.echo on

-- channels.type: the filter replaces the usual pair.
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'private';
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'public';
SELECT count(*) FROM channels WHERE service_sid = @service AND type IN ('public', 'private');
SELECT count(*) FROM channels WHERE service_sid = @service AND type IN ('private', 'private', NULL);
SELECT * FROM calls; DELETE FROM chat_requests;

-- A type that the API does not know may be a later one's: everything is listed, and SQLite compares.
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'secret';
SELECT count(*) FROM channels WHERE service_sid = @service AND type IN ('private', 'secret');
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'PRIVATE';
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'PRIVATE' COLLATE NOCASE;
SELECT count(*) FROM channels WHERE service_sid = @service AND type <> 'public';
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;

-- No type at all.
SELECT count(*) FROM channels WHERE service_sid = @service AND type IN (NULL);
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'public' AND type = 'private';
SELECT count(*) <= 1 FROM calls; DELETE FROM chat_requests;

-- members.identity and invites.identity.
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'Bob@Example.com';
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity IN ('alice', 'nobody', 'Bob@Example.com', 'a&b=c +%');
SELECT count(*) FROM invites WHERE (service_sid, channel_sid, identity) = (SELECT service_sid, channel_sid, identity FROM guest);
SELECT * FROM calls WHERE call GLOB '*/Channels/*/*' OR call NOT GLOB '*/Channels/CH*'; DELETE FROM chat_requests;

-- With the SID, the single resource; SQLite compares the identity.
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'alice' AND sid = 'MB00000000000000000000000000000000';
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Without the channel: each channel's list is asked with the filter.
SELECT count(*) > 1 FROM members WHERE service_sid = @service AND identity = 'alice';
SELECT count(*) = 1 + (SELECT count(*) FROM channels WHERE service_sid = @service),
       sum(call LIKE '%/Members?Identity=alice&PageSize=1000') = count(*) - 1, sum(rows) < 3 * count(*) FROM calls;
DELETE FROM chat_requests;

-- An empty identity would be no filter; a space at its end may be trimmed: the list without one.
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = '';
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'alice ';
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'ALICE' COLLATE NOCASE;
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;

-- More names than a URL has room for: the list without a filter, once.
WITH RECURSIVE name(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM name LIMIT 1000)
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity IN (SELECT 'somebody ' || n FROM name);
SELECT count(*) < 12 AS few, sum(call GLOB '*/Members?PageSize=1000') AS whole, min(status) AS status FROM calls; DELETE FROM chat_requests;
-- ... and as many as it has
WITH RECURSIVE name(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM name LIMIT 50)
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity IN (SELECT 'somebody ' || n FROM name);
SELECT count(*) <= 12 AS few, min(call LIKE '%Identity=somebody%201&Identity=somebody%202&%') FROM calls; DELETE FROM chat_requests;

-- There is no filter on anything else.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "from" = 'alice' AND body LIKE '%x%' AND date_created > '2000';
SELECT call, status FROM calls; DELETE FROM chat_requests;
