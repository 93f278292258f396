-- A message makes an inactive conversation active again: a state that is given after one in the same transaction is sent, though it is the one shown.
-- emulator: --seed 3 --services 1 --channels 8 --private 100 --users 8 --members 20 --messages 40 --write-limit 0
.echo off
CREATE TEMP TABLE two AS SELECT sid, unique_name, row_number() OVER (ORDER BY sid) AS n FROM conversations WHERE unique_name IS NOT NULL ORDER BY sid LIMIT 2;
CREATE TEMP VIEW sent AS SELECT state, method, replace(replace(path, (SELECT sid FROM two WHERE n = 1), '1'), (SELECT sid FROM two WHERE n = 2), '2') LIKE '%/1' AS first, body FROM chat_writes WHERE body LIKE 'State%' OR body LIKE '%Name%';
UPDATE conversations SET state = 'inactive' WHERE sid IN (SELECT sid FROM two);
.echo on

SELECT state FROM conversations WHERE sid IN (SELECT sid FROM two);
BEGIN;
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'x' FROM two WHERE n = 1;
UPDATE conversations SET state = 'inactive' WHERE sid IN (SELECT sid FROM two);
COMMIT;
-- In that one alone.
SELECT * FROM sent;
SELECT state FROM conversations WHERE sid IN (SELECT sid FROM two);
-- By Chat's name of the table, before and after, and what else is the same stays unsent.
BEGIN;
UPDATE conversations SET state = 'active' WHERE sid = (SELECT sid FROM two WHERE n = 1);
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT sid FROM two WHERE n = 1);
INSERT INTO messages(service_sid, channel_sid, body) SELECT (SELECT sid FROM services), sid, 'x' FROM two WHERE n = 1;
UPDATE conversations SET state = 'inactive', friendly_name = friendly_name WHERE sid = (SELECT sid FROM two WHERE n = 1);
COMMIT;
SELECT * FROM sent;
SELECT state FROM conversations WHERE sid IN (SELECT sid FROM two);
-- What does not give it leaves it alone; nor has what was rolled back woken anything.
BEGIN;
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'x' FROM two WHERE n = 1;
UPDATE conversations SET friendly_name = 'new' WHERE sid = (SELECT sid FROM two WHERE n = 1);
COMMIT;
SELECT * FROM sent;
SELECT state FROM conversations WHERE sid IN (SELECT sid FROM two);
UPDATE conversations SET state = 'inactive' WHERE sid = (SELECT sid FROM two WHERE n = 1);
BEGIN;
SAVEPOINT a;
INSERT INTO conversation_messages(conversation_sid, body) SELECT sid, 'x' FROM two WHERE n = 1;
ROLLBACK TO a;
UPDATE conversations SET state = 'inactive', friendly_name = 'newer' WHERE sid = (SELECT sid FROM two WHERE n = 1);
COMMIT;
SELECT * FROM sent;
