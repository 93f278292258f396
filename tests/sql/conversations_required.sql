-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --private 60 --states mixed --phones 20 --write-limit 0
-- What the API must be given: every query that gives it works, whatever way SQLite takes; any other says what to give.
CREATE TABLE p AS SELECT * FROM participants;
CREATE TABLE everybody AS SELECT DISTINCT coalesce(identity, json_extract(messaging_binding, '$.address')) AS name, chat_service_sid AS service FROM p;
CREATE TABLE people AS SELECT name FROM everybody GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5;
CREATE TABLE phones AS SELECT DISTINCT name FROM everybody WHERE name LIKE '%+1555%' ORDER BY 1 LIMIT 4;
CREATE TABLE w AS SELECT q.*, q.path AS path, q.address AS address FROM everybody JOIN participant_conversations q ON q.participant_identity = name AND q.chat_service_sid = service UNION ALL SELECT q.*, q.path AS path, q.address AS address FROM everybody JOIN participant_conversations q ON q.address = name AND q.chat_service_sid = service;
SELECT count(*) = (SELECT count(*) FROM p WHERE coalesce(identity, json_extract(messaging_binding, '$.address')) IS NOT NULL), count(DISTINCT path) = count(*), count(address) > 10 FROM w;
CREATE TABLE attached AS SELECT DISTINCT chat_service_sid AS service, json_extract(media, '$[0].sid') AS medium FROM conversation_messages WHERE media IS NOT NULL;
DELETE FROM chat_requests;
-- One value or the other: a list for each.
SELECT count(*) = (SELECT count(*) FROM w WHERE participant_identity = (SELECT name FROM people) OR address = (SELECT name FROM phones)), count(*) > 0 FROM participant_conversations WHERE participant_identity = (SELECT name FROM people) OR address = (SELECT name FROM phones);
SELECT count(*) FROM chat_requests WHERE path LIKE '%/ParticipantConversations?%'; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM people JOIN w AS q WHERE q.participant_identity = people.name OR q.address = people.name), count(*) > 0 FROM people JOIN participant_conversations AS q WHERE q.participant_identity = people.name OR q.address = people.name;
SELECT count(*) = (SELECT count(*) FROM people, phones, w AS q WHERE q.participant_identity = people.name OR q.address = phones.name), count(*) > 0 FROM people, phones, participant_conversations AS q WHERE q.participant_identity = people.name OR q.address = phones.name;
SELECT count(*) = (SELECT count(*) FROM people JOIN w AS q WHERE (q.participant_identity = people.name AND q.conversation_state = 'active') OR (q.address = '+15550000103' AND q.chat_service_sid > 'IS8')), count(*) > 0 FROM people JOIN participant_conversations AS q WHERE (q.participant_identity = people.name AND q.conversation_state = 'active') OR (q.address = '+15550000103' AND q.chat_service_sid > 'IS8');
-- The same row by both ways is one row.
SELECT count(*) = (SELECT count(*) FROM w WHERE participant_identity = (SELECT name FROM people)) FROM people JOIN participant_conversations AS q WHERE people.name = (SELECT name FROM people) AND (q.participant_identity = people.name OR (q.participant_identity = (SELECT name FROM people) AND q.address IS NULL));
-- The outer table gives it, in LEFT JOIN, EXISTS, subqueries, IN, IS, rows, views.
SELECT count(*) = (SELECT count(*) FROM everybody LEFT JOIN w AS q ON q.participant_identity = name OR q.address = name) FROM everybody LEFT JOIN participant_conversations AS q ON q.participant_identity = name OR q.address = name;
SELECT count(*) FROM people WHERE EXISTS (SELECT 1 FROM participant_conversations AS q WHERE q.participant_identity = people.name OR q.address = people.name);
SELECT count(*) = (SELECT sum((SELECT count(*) FROM w AS q WHERE q.participant_identity = name)) FROM people), count(*) FROM (SELECT 1 FROM people JOIN participant_conversations AS q ON q.participant_identity IS people.name);
SELECT (SELECT group_concat(n) FROM (SELECT (SELECT count(*) FROM participant_conversations AS q WHERE q.participant_identity = name) AS n FROM people)) = (SELECT group_concat(n) FROM (SELECT (SELECT count(*) FROM w AS q WHERE q.participant_identity = name) AS n FROM people));
SELECT count(*) = (SELECT count(*) FROM w WHERE (chat_service_sid, participant_identity) IN (SELECT service, name FROM everybody)) FROM participant_conversations WHERE (chat_service_sid, participant_identity) IN (SELECT service, name FROM everybody);
SELECT count(*) = (SELECT count(*) FROM w WHERE participant_identity IN (SELECT name FROM people) OR address IN (SELECT name FROM phones)) FROM participant_conversations WHERE participant_identity IN (SELECT name FROM people) OR address IN (SELECT name FROM phones);
CREATE TEMP VIEW v AS SELECT people.name AS who, q.conversation_sid FROM participant_conversations q JOIN people ON q.participant_identity = people.name;
SELECT count(*) = (SELECT count(*) FROM people JOIN w AS q ON q.participant_identity = name), (SELECT count(*) FROM v WHERE who = (SELECT name FROM people)) = (SELECT count(*) FROM w WHERE participant_identity = (SELECT name FROM people)) FROM v;
SELECT count(*) = (SELECT count(*) FROM w a JOIN w b ON a.conversation_sid = b.conversation_sid AND b.address IN (SELECT name FROM phones) WHERE a.participant_identity IN (SELECT name FROM people)) FROM participant_conversations a, participant_conversations b WHERE a.conversation_sid = b.conversation_sid AND b.address IN (SELECT name FROM phones) AND a.participant_identity IN (SELECT name FROM people);
SELECT count(*) = (SELECT count(*) FROM w a JOIN w b USING (participant_identity) WHERE a.participant_identity IN (SELECT name FROM people)) FROM participant_conversations a JOIN participant_conversations b USING (participant_identity) WHERE b.participant_identity IN (SELECT name FROM people);
-- Of a table without a list, the whole address, however it is said.
SELECT count(*) = (SELECT count(*) FROM attached), count(*) > 4 FROM media WHERE (service_sid, sid) IN (SELECT service, medium FROM attached);
SELECT count(*) FROM media WHERE (service_sid = (SELECT service FROM attached LIMIT 1) AND sid = (SELECT medium FROM attached LIMIT 1)) OR (service_sid = (SELECT service FROM attached LIMIT 1 OFFSET 3) AND sid = (SELECT medium FROM attached LIMIT 1 OFFSET 3));
SELECT count(*) = (SELECT count(*) FROM attached) FROM attached LEFT JOIN media ON sid = medium AND service_sid = service;
SELECT count(*) = (SELECT count(*) FROM attached) FROM media a JOIN media b USING (service_sid, sid) JOIN attached ON b.sid = medium AND b.service_sid = service;
SELECT count(*) = (SELECT count(*) FROM attached) FROM media WHERE path IN (SELECT '/Services/' || service || '/Media/' || medium FROM attached) OR (sid = 'ME00000000000000000000000000000001' AND service_sid = (SELECT service FROM attached));
-- Switched off for comparison is only what can be done without.
UPDATE chat_settings SET value = 'lookup,parent,filter' WHERE name = 'without';
SELECT count(*) = (SELECT count(*) FROM w WHERE participant_identity = (SELECT name FROM people)) FROM participant_conversations WHERE participant_identity = (SELECT name FROM people);
SELECT count(*) = (SELECT count(*) FROM attached) FROM attached JOIN media ON sid = medium AND service_sid = service;
UPDATE chat_settings SET value = NULL WHERE name = 'without';
-- What does not give it is told what to give, and asks for nothing.
DELETE FROM chat_requests;
SELECT count(*) FROM people JOIN participant_conversations AS q WHERE q.participant_identity = people.name OR q.conversation_sid = 'CH00000000000000000000000000000001';
SELECT count(*) FROM participant_conversations AS q WHERE q.participant_identity = (SELECT name FROM people) OR q.conversation_sid = 'CH00000000000000000000000000000001';
SELECT count(*) FROM people JOIN participant_conversations AS q WHERE q.participant_identity > people.name;
SELECT count(*) FROM people JOIN participant_conversations AS q WHERE q.participant_identity = people.name COLLATE NOCASE;
SELECT count(*) FROM participant_conversations AS q WHERE q.participant_identity = q.conversation_sid;
SELECT count(*) FROM participant_conversations AS q LEFT JOIN people ON q.participant_identity = people.name;
SELECT count(*) FROM participant_conversations AS q CROSS JOIN people ON q.participant_identity = people.name;
SELECT count(*) FROM participant_conversations a, participant_conversations b WHERE a.participant_identity = b.participant_identity;
SELECT count(*) FROM participant_conversations a, participant_conversations b WHERE a.participant_identity = b.participant_identity OR a.address = b.address;
SELECT count(*) FROM attached JOIN media ON service_sid = service OR sid = medium;
SELECT count(*) FROM attached JOIN media ON service_sid = service;
SELECT count(*) FROM media LEFT JOIN attached ON sid = medium AND service_sid = service;
SELECT count(*) FROM media a JOIN media b USING (service_sid, sid);
-- (SQLite concludes nothing about b's service from a's.)
SELECT count(*) = (SELECT count(*) FROM attached) FROM media a JOIN media b USING (service_sid, sid) JOIN attached ON b.sid = medium AND a.service_sid = service;
SELECT count(*) FROM media WHERE (service_sid = (SELECT service FROM attached) AND sid = (SELECT medium FROM attached)) OR sid = 'ME00000000000000000000000000000001';
-- A number may equal many texts.
CREATE TABLE dialled(number INTEGER, text TEXT);
INSERT INTO dialled VALUES (15550000103, '+15550000103');
SELECT count(*) FROM dialled JOIN participant_conversations ON address = number;
SELECT count(*) FROM dialled JOIN participant_conversations ON participant_identity = number;
SELECT count(*) FROM participant_conversations WHERE address IN (SELECT number FROM dialled);
SELECT count(*) FROM participant_conversations WHERE participant_identity = 15550000103;
SELECT count(*) FROM participant_conversations WHERE participant_identity = 'a' || char(0);
SELECT count(*) FROM participant_conversations WHERE participant_identity = 'a' || char(0) OR address = 7.0;
SELECT count(*) FROM chat_requests;
-- As a text it is one.
SELECT count(*) FROM participant_conversations WHERE address IN (15550000103, 7);
SELECT count(*) > 0 FROM dialled JOIN participant_conversations ON address = '+' || number;
SELECT count(*) FROM dialled JOIN participant_conversations ON address = CAST(number AS TEXT);
