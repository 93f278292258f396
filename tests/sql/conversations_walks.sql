-- emulator: --seed 1 --services 2 --channels 12 --users 20 --members 80 --messages 150 --private 100 --phones 20 --write-limit 0
-- Receipts of all messages of a service: three levels, whose lists are asked for side by side.
CREATE TABLE one AS SELECT chat_service_sid AS sid FROM conversations GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1;
CREATE TABLE m AS SELECT * FROM conversation_messages WHERE chat_service_sid = (SELECT sid FROM one);
CREATE TABLE c AS SELECT * FROM conversations WHERE chat_service_sid = (SELECT sid FROM one);
CREATE TABLE r AS SELECT r.sid, r.path AS path FROM m JOIN delivery_receipts AS r ON r.chat_service_sid = m.chat_service_sid AND r.conversation_sid = m.conversation_sid AND r.message_sid = m.sid;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=delay ms=50 times=0 path=*/Receipts?*
DELETE FROM chat_requests;
SELECT count(*) > 20, count(*) = (SELECT count(*) FROM r), min(path IN (SELECT path FROM r)) FROM delivery_receipts WHERE chat_service_sid = (SELECT sid FROM one);
.shell tests/sql/control EMULATOR_URL wide
-- Each list once: of the conversations, of each one's messages, of each message's receipts.
SELECT count(*) = 1 + (SELECT count(*) FROM c) + (SELECT count(*) FROM m), count(*) = count(DISTINCT path) FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
-- The list that must be given a value, for everybody, in both forms of paging and pages of 1, 7 and the most.
CREATE TABLE p AS SELECT sid, chat_service_sid AS service, identity, json_extract(messaging_binding, '$.address') AS address FROM participants;
CREATE TEMP VIEW everywhere AS SELECT q.participant_sid AS sid FROM (SELECT DISTINCT service, identity FROM p) AS i JOIN participant_conversations AS q ON q.participant_identity = i.identity AND q.chat_service_sid = i.service UNION ALL SELECT q.participant_sid FROM (SELECT DISTINCT service, address FROM p) AS i JOIN participant_conversations AS q ON q.address = i.address AND q.chat_service_sid = i.service;
CREATE TEMP VIEW same AS SELECT count(*) AS n, count(DISTINCT sid) = count(*) AND count(*) = (SELECT count(*) FROM p WHERE identity IS NOT NULL OR address IS NOT NULL) AND min(sid IN (SELECT sid FROM p)) AS same FROM everywhere;
UPDATE chat_settings SET value = 1 WHERE name = 'page_size';
SELECT * FROM same;
UPDATE chat_settings SET value = 7 WHERE name = 'page_size';
SELECT * FROM same;
.shell tests/sql/control EMULATOR_URL paging mode=page
SELECT * FROM same;
UPDATE chat_settings SET value = 1 WHERE name = 'page_size';
SELECT * FROM same;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
SELECT * FROM same;
.shell tests/sql/control EMULATOR_URL paging mode=token
SELECT * FROM same;
