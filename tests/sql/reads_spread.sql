-- What is looked up several times in each list of a kind costs as much more as there are lists, also those of which nobody knows yet. The
-- requests on a list are at most twice its pages and eight more.
-- emulator: --seed 1 --services 1 --channels 24 --users 60 --members 200 --messages 200 --invites 60 --write-limit 0
.echo off
CREATE TEMP VIEW totals AS SELECT count(*) FILTER (WHERE purpose = 'look-up') AS looked_up, count(*) < 2 * (SELECT count(*) FROM lists) + 16 AS within,
  count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'invites' AND path LIKE '%/Invites%';
CREATE TEMP TABLE lists AS SELECT sid FROM channels;
CREATE TEMP TABLE nobody AS SELECT 'IN0000000000000000000000000000000' || value AS sid FROM json_each('[1, 2, 3, 4]');
DELETE FROM chat_requests;
.echo on

-- Three channels of twenty-four are known when the look-up begins.
UPDATE chat_settings SET value = 3 WHERE name = 'page_size';
SELECT (SELECT count(*) FROM invites WHERE sid IN (SELECT sid FROM nobody WHERE rowid < 3)), (SELECT count(*) > 0 FROM invites);
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT (SELECT sid FROM invites WHERE sid IN (SELECT sid FROM nobody) LIMIT 1), (SELECT count(*) > 0 FROM invites);
SELECT * FROM totals; DELETE FROM chat_requests;
