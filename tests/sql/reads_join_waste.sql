-- Join readahead where a filter makes guesses wrong: requests stay below 1.25 times the needed ones + 64 for each table.
-- emulator: --seed 1 --services 2 --channels 360 --users 80 --messages 3000 --members 2000 --write-limit 0
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE here AS SELECT sid, type, row_number() OVER () AS n FROM channels WHERE service_sid = (SELECT service_sid FROM pick_channel);
-- Requests that were used, and whether those in vain stay within the bound.
CREATE TEMP VIEW bound AS
SELECT table_name, sum(error IS NULL) AS needed, count(*) <= 1.25 * sum(error IS NULL) + 64 AS within, count(*) - count(DISTINCT path) AS twice,
       count(DISTINCT error) <= 2 AS explained FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=3
.shell tests/sql/control EMULATOR_URL reset
.echo on

-- Filters that SQLite checks: every second row, one in ten, the last one, none, the first half.
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n % 2 = 0 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n % 10 = 0 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n = 200 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n < 0 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n < 40 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
-- ... in pairs, so that every second guess is right
SELECT count(*) >= 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n % 6 < 2 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
-- ... three tables: the innermost list is read again for every row between
SELECT count(*) >= 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid JOIN messages AS x ON x.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n % 7 = 0 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid JOIN messages AS x ON x.channel_sid = c.sid
 WHERE c.service_sid = @service AND (SELECT n % 3 = 0 FROM here WHERE here.sid = c.sid);
SELECT * FROM bound; DELETE FROM chat_requests;
SELECT count(*) >= 0 FROM users AS u JOIN user_channels AS uc ON uc.user_sid = u.sid WHERE u.service_sid = @service AND u.identity LIKE '%7';
SELECT needed, within, twice FROM bound; DELETE FROM chat_requests;

-- LIMIT over a join ends early: at most what had been asked for ahead.
SELECT count(*) FROM (SELECT 1 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service LIMIT 5);
SELECT table_name, within, twice, explained FROM bound; DELETE FROM chat_requests;

