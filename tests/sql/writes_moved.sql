-- emulator: --seed 3 --services 2 --channels 12 --private 100 --users 20 --members 60 --messages 100 --phones 8 --write-limit 0
-- environment: TWILIO_CHAT_API_VERSION=v2
-- Who leaves one conversation and comes into another in one transaction: the first call is slow, and the other waits for it. A
-- pair of addresses stands in one conversation only.
CREATE TEMP TABLE phone AS SELECT sid, conversation_sid, chat_service_sid AS service, json_extract(messaging_binding, '$.address') AS address, json_extract(messaging_binding, '$.proxy_address') AS proxy
  FROM participants WHERE json_extract(messaging_binding, '$.type') = 'sms' AND json_extract(messaging_binding, '$.proxy_address') IS NOT NULL ORDER BY sid LIMIT 1;
CREATE TEMP TABLE target AS SELECT sid FROM conversations WHERE chat_service_sid = (SELECT service FROM phone) AND sid <> (SELECT conversation_sid FROM phone) AND state = 'active' ORDER BY sid LIMIT 2;
CREATE TEMP VIEW calls_made AS SELECT state, operation, table_name, status FROM chat_writes;
CREATE TEMP VIEW pair AS SELECT conversation_sid, sid FROM participants WHERE json_extract(messaging_binding, '$.address') = (SELECT address FROM phone) AND json_extract(messaging_binding, '$.proxy_address') = (SELECT proxy FROM phone);
UPDATE conversations SET messaging_service_sid = 'MG00000000000000000000000000000001' WHERE chat_service_sid = (SELECT service FROM phone) AND sid IN (SELECT sid FROM target);
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=DELETE
BEGIN;
DELETE FROM participants WHERE chat_service_sid = (SELECT service FROM phone) AND conversation_sid = (SELECT conversation_sid FROM phone) AND sid = (SELECT sid FROM phone);
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
COMMIT;
SELECT * FROM calls_made;
SELECT conversation_sid = (SELECT min(sid) FROM target) AS moved FROM pair;
-- One who changes the own number leaves the old one to others.
CREATE TEMP TABLE now AS SELECT * FROM pair;
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Participants/MB*
BEGIN;
UPDATE participants SET messaging_binding = json_set(messaging_binding, '$.proxy_address', '+15005550099') WHERE chat_service_sid = (SELECT service FROM phone) AND conversation_sid = (SELECT conversation_sid FROM now) AND sid = (SELECT sid FROM now);
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT max(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
COMMIT;
SELECT * FROM calls_made;
-- The same for a conversation that is made together with its participants.
DELETE FROM now;
INSERT INTO now SELECT * FROM pair;
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=DELETE
BEGIN;
DELETE FROM participants WHERE chat_service_sid = (SELECT service FROM phone) AND conversation_sid = (SELECT conversation_sid FROM now) AND sid = (SELECT sid FROM now);
INSERT INTO conversations(chat_service_sid, unique_name, participants) SELECT service, 'together', json_array(json_object('messaging_binding', json_object('address', address, 'proxy_address', proxy))) FROM phone;
COMMIT;
SELECT * FROM calls_made;
-- A member who is new is a user, who can then be invited elsewhere.
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Members
BEGIN;
INSERT INTO members(service_sid, channel_sid, identity) SELECT service, (SELECT min(sid) FROM target), 'quite new' FROM phone;
INSERT INTO invites(service_sid, channel_sid, identity) SELECT service, (SELECT max(sid) FROM target), 'quite new' FROM phone;
COMMIT;
SELECT * FROM calls_made;
-- In the order of the statements: who comes before the other has left is refused, however slow that is, and nobody leaves.
DELETE FROM now;
INSERT INTO now SELECT * FROM pair;
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Participants
BEGIN;
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
DELETE FROM participants WHERE chat_service_sid = (SELECT service FROM phone) AND conversation_sid = (SELECT conversation_sid FROM now) AND sid = (SELECT sid FROM now);
COMMIT;
SELECT * FROM calls_made;
SELECT count(*) AS moved FROM pair, now WHERE pair.conversation_sid <> now.conversation_sid;
-- The same where the number is changed, or the conversation closed or deleted.
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Participants
BEGIN;
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
UPDATE participants SET messaging_binding = json_set(messaging_binding, '$.proxy_address', '+15005550098') WHERE chat_service_sid = (SELECT service FROM phone) AND conversation_sid = (SELECT conversation_sid FROM now) AND sid = (SELECT sid FROM now);
COMMIT;
SELECT * FROM calls_made;
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Participants
BEGIN;
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
UPDATE conversations SET state = 'closed' WHERE chat_service_sid = (SELECT service FROM phone) AND sid = (SELECT conversation_sid FROM now);
COMMIT;
SELECT * FROM calls_made;
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Participants
BEGIN;
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
DELETE FROM conversations WHERE chat_service_sid = (SELECT service FROM phone) AND sid = (SELECT conversation_sid FROM now);
COMMIT;
SELECT * FROM calls_made;
-- Closing it first makes room.
.shell tests/sql/fault EMULATOR_URL action=delay ms=300 method=POST path=*Conversations/CH*
BEGIN;
UPDATE conversations SET state = 'closed' WHERE chat_service_sid = (SELECT service FROM phone) AND sid = (SELECT conversation_sid FROM now);
INSERT INTO participants(chat_service_sid, conversation_sid, messaging_binding) SELECT service, (SELECT min(sid) FROM target), json_object('address', address, 'proxy_address', proxy) FROM phone;
COMMIT;
SELECT * FROM calls_made;
