-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --private 60 --states mixed --phones 20 --write-limit 0
-- A participant is copied as it is read: INSERT takes the messaging_binding that SELECT gives, of participants and of participant_conversations.
.echo off
CREATE TEMP TABLE pick AS SELECT sid, chat_service_sid AS service, conversation_sid AS conversation, messaging_binding, attributes, json_extract(messaging_binding, '$.address') AS address
  FROM participants WHERE json_extract(messaging_binding, '$.proxy_address') IS NOT NULL AND conversation_sid IN (SELECT sid FROM conversations WHERE state = 'active') ORDER BY json_extract(messaging_binding, '$.type') DESC, sid LIMIT 1;
CREATE TEMP TABLE target AS SELECT sid FROM conversations WHERE chat_service_sid = (SELECT service FROM pick) AND sid <> (SELECT conversation FROM pick) AND state = 'active' AND messaging_service_sid IS NOT NULL ORDER BY sid LIMIT 2;
DELETE FROM chat_requests;
.echo on
SELECT messaging_binding FROM pick;
BEGIN;
DELETE FROM participants WHERE chat_service_sid = (SELECT service FROM pick) AND conversation_sid = (SELECT conversation FROM pick) AND sid = (SELECT sid FROM pick);
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding, attributes) SELECT service, (SELECT min(sid) FROM target), messaging_binding, attributes FROM pick;
COMMIT;
SELECT state, body, status FROM chat_writes;
SELECT messaging_binding = (SELECT messaging_binding FROM pick) AS same, attributes = (SELECT attributes FROM pick) AS same FROM participants
 WHERE chat_service_sid = (SELECT service FROM pick) AND conversation_sid = (SELECT min(sid) FROM target) AND json_extract(messaging_binding, '$.address') = (SELECT address FROM pick);
-- The other list has nulls for what is not there.
CREATE TEMP TABLE other AS SELECT participant_sid, participant_messaging_binding AS binding FROM participant_conversations WHERE chat_service_sid = (SELECT service FROM pick) AND address = (SELECT address FROM pick) AND conversation_sid = (SELECT min(sid) FROM target);
SELECT binding FROM other;
BEGIN;
DELETE FROM participants WHERE chat_service_sid = (SELECT service FROM pick) AND conversation_sid = (SELECT min(sid) FROM target) AND sid = (SELECT participant_sid FROM other);
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT (SELECT service FROM pick), (SELECT max(sid) FROM target), binding FROM other;
COMMIT;
SELECT state, body, status FROM chat_writes;
-- A type that the address does not tell, and what an address has no place for.
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT max(sid) FROM target), json_set(messaging_binding, '$.type', 'rcs') FROM pick;
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT max(sid) FROM target), json_set(messaging_binding, '$.level', 'to') FROM pick;
