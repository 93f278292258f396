-- Lists at the places of an outer table's rows (messages of the channel whose member that is), inside a query: the next one is asked for as
-- soon as it is known, and many once scans have been seen to go from place to place.
-- emulator: --seed 1 --services 1 --channels 24 --users 60 --members 240 --messages 480 --spread even --invites 0 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
CREATE TEMP TABLE copied AS SELECT channel_sid, last_consumed_message_index AS at FROM members;
CREATE TEMP TABLE said AS SELECT channel_sid, max("index") AS latest FROM messages GROUP BY 1;
CREATE TEMP VIEW asked AS SELECT id, path, julianday(started_at) AS began, julianday(started_at) + duration_ms / 86400000.0 AS ended FROM chat_requests WHERE table_name = 'messages';
CREATE TEMP VIEW totals AS SELECT count(*) <= 24 AS few, count(*) - count(DISTINCT path) AS twice, total(error IS NOT NULL) <= 4 AS few_in_vain FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on

-- The rows of the second place come while the first list is waited for: the second list is asked for then.
.shell tests/sql/fault EMULATOR_URL action=delay ms=60 times=0 nth=2 'path=*/Members*'
.shell tests/sql/fault EMULATOR_URL action=delay ms=200 times=0 'path=*/Messages*'
SELECT count(*) = (SELECT count(*) FROM copied JOIN said USING (channel_sid) WHERE copied.at + 5 >= latest) AS right FROM members AS e
  WHERE e.last_consumed_message_index + 5 >= (SELECT max(m."index") FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid);
SELECT (SELECT began FROM asked ORDER BY id LIMIT 1 OFFSET 1) < (SELECT ended FROM asked ORDER BY id LIMIT 1) AS beside FROM asked LIMIT 1;
-- That the second scan takes it is enough for many of them: behind the first two none waits for one alone.
SELECT (SELECT began FROM asked ORDER BY id LIMIT 1 OFFSET 11) < (SELECT ended FROM asked ORDER BY id LIMIT 1 OFFSET 2) AS many FROM asked LIMIT 1;
SELECT * FROM totals; DELETE FROM chat_requests;
