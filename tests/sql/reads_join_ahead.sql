-- Join readahead: the lists under the outer table's next rows are asked for side by side, 1, 2, 4 ... up to max_concurrency,
-- while they are used.
-- emulator: --seed 1 --services 24 --channels 160 --users 80 --messages 900 --members 300 --invites 60 --write-limit 0
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE here AS SELECT sid, type, row_number() OVER () AS n FROM channels WHERE service_sid = (SELECT service_sid FROM pick_channel);
CREATE TEMP TABLE size AS SELECT (SELECT count(*) FROM services) AS services, (SELECT count(*) FROM users WHERE service_sid = (SELECT service_sid FROM pick_channel)) AS users, (SELECT count(*) FROM here) AS channels;
CREATE TEMP VIEW totals AS
SELECT table_name, CASE count(*) WHEN channels THEN 'one for each channel' WHEN users THEN 'one for each user' WHEN services THEN 'one for each service' WHEN 1 THEN 'one' ELSE '?' END AS requests,
       count(*) - count(DISTINCT path) AS twice, sum(error IS NOT NULL) AS wasted
  FROM chat_requests, size GROUP BY table_name;
-- Requests that were used, and whether those in vain stay within the bound.
CREATE TEMP VIEW bound AS
SELECT table_name, sum(error IS NULL) AS needed, count(*) <= 1.25 * sum(error IS NULL) + 64 AS within, count(*) - count(DISTINCT path) AS twice,
       count(DISTINCT error) <= 2 AS explained FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=60
.shell tests/sql/control EMULATOR_URL reset
SELECT channels, users, services FROM size;
.echo on

-- Wide, because every guess is right.
SELECT count(*) > 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM channels AS c JOIN invites AS i ON i.channel_sid = c.sid WHERE c.service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM users AS u JOIN user_channels AS uc ON uc.user_sid = u.sid WHERE u.service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM services AS s JOIN roles AS r ON r.service_sid = s.sid;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM services AS s JOIN users AS u ON u.service_sid = s.sid;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM services AS s LEFT JOIN channels AS c ON c.service_sid = s.sid;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
-- ... in correlated subqueries too
.shell tests/sql/control EMULATOR_URL reset
SELECT sum(n) > 0 FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.channel_sid = c.sid) AS n FROM channels AS c WHERE c.service_sid = @service);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM channels AS c WHERE c.service_sid = @service AND EXISTS (SELECT 1 FROM messages AS m WHERE m.channel_sid = c.sid AND m.service_sid = c.service_sid);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM totals; DELETE FROM chat_requests;
-- ... and no wider than the setting
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT table_name, twice, wasted FROM totals; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';

-- A filter that the server knows leaves no wrong guess: no list of a public channel is asked for.
SELECT count(*) > 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.type = 'private' AND c.service_sid = @service;
SELECT count(*) = (SELECT count(*) FROM here WHERE type = 'private') FROM chat_requests WHERE table_name = 'messages';
SELECT within, twice FROM bound; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.type = 'private';
SELECT sum(path LIKE '%Type=public%') FROM chat_requests;
SELECT within, twice FROM bound; DELETE FROM chat_requests;

-- Switched off: one after another.
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) > 0 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service AND (SELECT n < 20 FROM here WHERE here.sid = c.sid);
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT * FROM bound; DELETE FROM chat_requests;
