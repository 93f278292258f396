-- Lists under one's own table of channels: no row of the service's tells which one comes next, but the channels' own list tells which
-- there are. After three that had to be waited for it is read, and lists under channels to come are asked for ahead: never more of
-- them at once than have been asked for, and four, so that what is asked for in vain is at most as much, and 8.
-- emulator: --seed 1 --services 2 --channels 40 --users 80 --members 300 --messages 600 --write-limit 0
.echo off
CREATE TEMP TABLE here AS SELECT sid, service_sid, row_number() OVER () AS n FROM channels;
CREATE TEMP TABLE few AS SELECT sid, service_sid FROM here ORDER BY sid LIMIT 25;
CREATE TEMP TABLE some AS SELECT sid, service_sid FROM (SELECT *, row_number() OVER (ORDER BY sid) AS place FROM here) WHERE place % 8 < 5 ORDER BY sid;
CREATE TEMP TABLE copied AS SELECT sid, channel_sid, service_sid, identity FROM members;
CREATE TEMP TABLE said AS SELECT channel_sid, "index" FROM messages;
CREATE TEMP TABLE persons AS SELECT sid, friendly_name, row_number() OVER (ORDER BY substr(sid, 20)) AS n FROM users LIMIT 30;
CREATE TEMP VIEW asked AS
SELECT table_name, sum(error IS NULL) AS used, count(*) <= 2 * sum(error IS NULL) + 8 AS few_in_vain, sum(attempt = 1) - count(DISTINCT path) AS twice
  FROM chat_requests WHERE table_name IN ('members', 'messages', 'user_channels') GROUP BY table_name;
CREATE TEMP VIEW parents AS SELECT count(*) BETWEEN 1 AND 2 AS a_page_each FROM chat_requests WHERE table_name IN ('channels', 'users');
CREATE TEMP VIEW calls_of AS SELECT table_name, count(*) AS calls FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=10
.shell tests/sql/control EMULATOR_URL reset
.echo on

-- By their SIDs, 25 of 40: what is read, and that it is side by side.
SELECT count(*), count(e.sid) = (SELECT count(*) FROM few JOIN copied ON channel_sid = few.sid) AS right FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM parents; SELECT * FROM asked;
-- The first few are of two services, whose channels' lists are read side by side.
SELECT count(*) AS lists, max(julianday(started_at)) < min(julianday(started_at) + duration_ms / 86400000.0) AS beside FROM chat_requests WHERE table_name = 'channels'; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) = (SELECT count(*) FROM few JOIN said ON channel_sid = few.sid) AS right FROM few AS f CROSS JOIN messages AS m ON m.channel_sid = f.sid AND m.service_sid = f.service_sid;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM asked; DELETE FROM chat_requests;
-- ... with others between them
SELECT count(DISTINCT f.sid), count(e.sid) = (SELECT count(*) FROM some JOIN copied ON channel_sid = some.sid) AS right FROM some AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- ... and what lists hide is not asked for in those that are no more than likely
SELECT count(DISTINCT f.sid), count(m.attributes) = (SELECT count(*) FROM some JOIN said ON channel_sid = some.sid) AS right FROM some AS f LEFT JOIN messages AS m ON m.channel_sid = f.sid;
SELECT count(*) = (SELECT count(*) FROM some JOIN said ON channel_sid = some.sid) AS right, sum(error IS NOT NULL) AS in_vain FROM chat_requests WHERE path LIKE '%/Messages/%'; DELETE FROM chat_requests;
-- Backwards; in the list's order, and backwards; all of them in none that is the list's.
SELECT count(e.sid) > 0 FROM (SELECT * FROM few ORDER BY sid DESC LIMIT 25) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(e.sid) > 0 FROM (SELECT * FROM here ORDER BY n LIMIT 25) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(e.sid) > 0 FROM (SELECT * FROM here ORDER BY n DESC LIMIT 25) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(e.sid) = (SELECT count(*) FROM copied) AS right FROM (SELECT * FROM here ORDER BY substr(sid, 20) LIMIT 40) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM asked; DELETE FROM chat_requests;

-- In subqueries, two of them, and what ends at its first row.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(DISTINCT sid), sum(members) = (SELECT count(*) FROM few JOIN copied ON channel_sid = few.sid) AS right, sum(said) = (SELECT count(DISTINCT few.sid) FROM few JOIN said ON channel_sid = few.sid) AS also
  FROM (SELECT f.sid, (SELECT count(*) FROM members AS e WHERE e.channel_sid = f.sid) AS members, (SELECT count("index") FROM (SELECT "index" FROM messages AS m WHERE m.channel_sid = f.sid ORDER BY "index" DESC LIMIT 1)) AS said FROM few AS f);
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM asked; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) = (SELECT count(DISTINCT few.sid) FROM few JOIN said ON channel_sid = few.sid) AS right FROM few AS f WHERE EXISTS (SELECT 1 FROM messages AS m WHERE m.channel_sid = f.sid);
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM asked WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- Under rows that are looked up by the table's; and under users.
.shell tests/sql/control EMULATOR_URL reset
SELECT count(e.sid) = (SELECT count(*) FROM few JOIN copied ON channel_sid = few.sid) AS right FROM few AS f CROSS JOIN channels AS c ON c.sid = f.sid LEFT JOIN members AS e ON e.channel_sid = c.sid AND e.service_sid = c.service_sid;
.shell tests/sql/control EMULATOR_URL wide
SELECT * FROM asked WHERE table_name = 'members'; DELETE FROM chat_requests;
SELECT count(DISTINCT p.sid) FROM persons AS p LEFT JOIN user_channels AS u ON u.user_sid = p.sid;
SELECT * FROM asked; DELETE FROM chat_requests;

-- Three tell nothing.
SELECT count(*) > 0 FROM (SELECT * FROM few LIMIT 3) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT * FROM calls_of; DELETE FROM chat_requests;
-- Nor do lists of which each is asked for with a value of its own.
SELECT count(e.sid) AS found FROM (SELECT few.sid, (SELECT min(identity) FROM copied WHERE channel_sid = few.sid) AS who FROM few WHERE sid IN (SELECT channel_sid FROM copied)) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.identity = f.who;
SELECT count(DISTINCT path) - count(*) AS twice, count(*) = (SELECT count(DISTINCT few.sid) FROM few JOIN copied ON channel_sid = few.sid) AS one_each FROM chat_requests; DELETE FROM chat_requests;
-- With the same value they do.
SELECT count(*) FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.identity = 'nobody';
SELECT * FROM asked; DELETE FROM chat_requests;

-- What ends early pays no more than once again.
SELECT count(*) FROM (SELECT f.sid FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid LIMIT 50);
SELECT few_in_vain, twice FROM asked WHERE table_name = 'members'; DELETE FROM chat_requests;
-- One at a time, and with a budget: none ahead.
UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency';
SELECT count(DISTINCT f.sid) FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT * FROM calls_of; DELETE FROM chat_requests;
-- ... but where it is not known which service each is in, which the lists of channels tell for less
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
SELECT count(DISTINCT f.sid) FROM some AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT table_name, sum(error IS NULL AND status = 200) AS used, sum(error LIKE 'not used%' OR error LIKE 'cut off%') AS in_vain, sum(coalesce(status, 0) = 404) <= 12 AS seldom_nowhere FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'api_key';
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';
UPDATE chat_settings SET value = 25 WHERE name = 'max_requests';
SELECT count(DISTINCT f.sid) FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT * FROM calls_of; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
-- A list of channels that cannot be read is nobody's problem.
.shell tests/sql/fault EMULATOR_URL action=status status=403 times=2 'path=*/Channels?Type=*'
SELECT count(DISTINCT f.sid), count(e.sid) = (SELECT count(*) FROM few JOIN copied ON channel_sid = few.sid) AS right FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT table_name, status, count(*) FROM chat_requests GROUP BY 1, 2; DELETE FROM chat_requests;

-- Where it is not known which service each is in, the lists of all tell, and no more than the first ones are looked for in each.
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
SELECT count(DISTINCT f.sid), count(e.sid) = (SELECT count(*) FROM few JOIN copied ON channel_sid = few.sid) AS right FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid;
SELECT table_name, sum(error IS NULL AND status = 200) AS used, sum(attempt = 1) - count(DISTINCT path) AS twice, sum(coalesce(status, 0) = 404) <= 12 AS seldom_nowhere FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
