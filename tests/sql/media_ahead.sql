-- Attachments that a join comes to one after another are asked for side by side, as far as the outer rows have come, and so
-- are their contents. Lists answer at once, and no more than four at a time are asked for; attachments take their time.
-- emulator: --seed 1 --services 1 --channels 4 --users 10 --members 10 --messages 3000 --spread even --media-bytes 2000 --write-limit 0
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
.shell tests/sql/fault EMULATOR_URL port=media action=delay ms=60 times=0
SELECT count(*) > 60, count(*) = sum(f.message_sid = m.sid) FROM messages AS m JOIN media AS f ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid';
.shell tests/sql/control EMULATOR_URL wide
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL port=content action=delay ms=60 times=0
SELECT count(*) > 60, count(*) = sum(length(f.content) = f.size) FROM messages AS m, json_each('[' || m.media || ']') AS j JOIN media AS f ON f.service_sid = m.service_sid AND f.sid = j.value ->> 'sid' WHERE m.media IS NOT NULL;
.shell tests/sql/control EMULATOR_URL wide
-- One after another, if reading ahead is switched off: the same answer.
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
CREATE TEMP TABLE a AS SELECT service_sid, media ->> 'sid' AS sid FROM messages AS m WHERE media IS NOT NULL LIMIT 9;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) = 9, count(*) = sum(length(f.content) = f.size) FROM a JOIN media AS f USING (service_sid, sid);
.shell tests/sql/control EMULATOR_URL max_concurrent
