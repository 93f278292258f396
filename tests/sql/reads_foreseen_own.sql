-- A name that is looked for under each conversation of a service: these are listed beside the outer loop's first page. And where lists are
-- read in place of look-ups, the outer list's next pages leave before them: only one that has come tells where the next is.
-- emulator: --seed 1 --services 2 --channels 60 --users 100 --members 240 --messages 20 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
CREATE TEMP VIEW foreseen AS SELECT count(DISTINCT c.id) AS lists, coalesce(sum(c.id < u.id), 0) AS foreseen FROM conversation_services AS s
  LEFT JOIN chat_requests AS c ON c.path LIKE '%' || s.sid || '/Conversations?%' AND c.path NOT LIKE '%PageToken=%'
  LEFT JOIN chat_requests AS u ON u.path LIKE '%' || s.sid || '/Users?%PageToken=%' AND u.path LIKE '%Page=1&%';
CREATE TEMP VIEW totals AS SELECT count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests;
-- What was sent, in its order: the last page of users among the first pages of participants.
CREATE TEMP VIEW turns AS SELECT table_name, path LIKE '%PageToken=%' AS goes_on, row_number() OVER (ORDER BY started_at, id) AS turn FROM chat_requests
  WHERE table_name IN ('conversation_users', 'participants');
CREATE TEMP VIEW behind AS SELECT sum(turn > (SELECT max(turn) FROM turns WHERE table_name = 'conversation_users')) > 0 AS participants_behind FROM turns
  WHERE table_name = 'participants' AND NOT goes_on;
CREATE TEMP TABLE service AS SELECT sid FROM conversation_services LIMIT 1;
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM conversation_users AS u CROSS JOIN participants AS m ON m.chat_service_sid = u.chat_service_sid AND m.identity = u.identity;
SELECT * FROM foreseen, totals; SELECT * FROM behind; DELETE FROM chat_requests;
-- Not where a conversation may be given, nor the service.
SELECT count(*) FROM conversation_users AS u CROSS JOIN participants AS m ON m.chat_service_sid = u.chat_service_sid AND m.conversation_sid = u.friendly_name AND m.identity = u.identity;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
-- Nor where the first row may be all, or none may be.
SELECT 1 FROM conversation_users AS u CROSS JOIN participants AS m ON m.chat_service_sid = u.chat_service_sid AND m.identity = u.identity LIMIT 1;
SELECT lists <= 1 AS few FROM foreseen; DELETE FROM chat_requests;
SELECT count(*) FROM conversation_users AS u CROSS JOIN participants AS m ON m.chat_service_sid = u.chat_service_sid AND m.identity = u.identity WHERE u.friendly_name = 'nobody';
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
