-- A conversation without a state, as Chat may have left it, is not made active by a message: a state that it is given after one is sent.
-- emulator: --seed 3 --services 1 --channels 12 --private 100 --users 3 --members 12 --messages 12 --spread even --states mixed --write-limit 0
CREATE TEMP TABLE stateless AS SELECT chat_service_sid AS service, sid FROM conversations WHERE state IS NULL ORDER BY sid LIMIT 1;
SELECT count(*) FROM stateless;
BEGIN;
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) SELECT service, sid, 'x' FROM stateless;
UPDATE conversations SET state = 'active' WHERE sid = (SELECT sid FROM stateless);
SELECT body FROM chat_writes;
COMMIT;
SELECT state FROM conversations WHERE sid = (SELECT sid FROM stateless);
