-- emulator: --seed 1 --services 3 --channels 60 --users 40 --members 150 --messages 600 --roles 8 --credentials 4 --bindings 12 --webhooks 40 --private 60 --states mixed --phones 20 --addresses 7 --write-limit 0
-- What each lookup costs in Conversations' tables.
CREATE TABLE c AS SELECT * FROM conversations;
CREATE TABLE m AS SELECT * FROM conversation_messages;
CREATE TABLE r AS SELECT * FROM delivery_receipts;
CREATE TABLE p AS SELECT * FROM participants;
CREATE TABLE u AS SELECT * FROM conversation_users;
CREATE TABLE uc AS SELECT * FROM user_conversations;
CREATE TABLE ad AS SELECT * FROM address_configurations;
CREATE TABLE one AS SELECT c.sid, c.chat_service_sid, c.unique_name FROM c JOIN p ON p.conversation_sid = c.sid WHERE unique_name NOT LIKE '%/%' AND p.identity IS NOT NULL GROUP BY c.sid ORDER BY count(*) DESC, c.sid LIMIT 1;
DELETE FROM chat_requests;
-- By unique_name within a service: one request.
SELECT count(*) FROM conversations WHERE unique_name = (SELECT unique_name FROM one) AND chat_service_sid = (SELECT chat_service_sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
-- A name shaped like a SID would be taken for one: the list is read.
SELECT count(*) FROM conversations WHERE unique_name = 'CH00000000000000000000000000000001' AND chat_service_sid = (SELECT chat_service_sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
-- By SID, by path, and by lists of them.
SELECT count(*) FROM conversations WHERE sid = (SELECT sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM conversations WHERE path IN (SELECT '/Services/' || chat_service_sid || '/Conversations/' || sid FROM c ORDER BY sid LIMIT 3);
SELECT * FROM calls; DELETE FROM chat_requests;
-- A participant by identity in its conversation: one request.
SELECT count(*) FROM participants WHERE conversation_sid = (SELECT sid FROM one) AND identity = (SELECT identity FROM p WHERE conversation_sid = (SELECT sid FROM one) AND identity IS NOT NULL ORDER BY sid LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM participants WHERE conversation_sid = (SELECT sid FROM one) AND identity = 'nobody';
SELECT * FROM calls; DELETE FROM chat_requests;
-- A user by identity, an address by itself.
SELECT count(*) FROM conversation_users WHERE chat_service_sid = (SELECT chat_service_sid FROM one) AND identity = 'bob@example.com';
SELECT replace(call, 'Users', 'U'), status, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM address_configurations WHERE address = (SELECT address FROM ad WHERE address LIKE '+%' ORDER BY 1 LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
-- Receipts of a message, of a conversation, one by its path.
SELECT count(*) FROM delivery_receipts WHERE (chat_service_sid, conversation_sid, message_sid) = (SELECT chat_service_sid, conversation_sid, message_sid FROM r ORDER BY sid LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM r WHERE conversation_sid = (SELECT sid FROM one)) FROM delivery_receipts WHERE conversation_sid = (SELECT sid FROM one);
SELECT count(*) = 1 + (SELECT count(*) FROM m WHERE conversation_sid = (SELECT sid FROM one)) FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) FROM delivery_receipts WHERE path = (SELECT path FROM delivery_receipts ORDER BY sid LIMIT 1);
DELETE FROM chat_requests;
SELECT count(*) FROM delivery_receipts WHERE path = (SELECT '/Services/' || chat_service_sid || '/Conversations/' || conversation_sid || '/Messages/' || message_sid || '/Receipts/' || sid FROM r ORDER BY sid LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
-- Of a message that has been seen the conversation is known.
SELECT count(*) FROM delivery_receipts WHERE message_sid = (SELECT message_sid FROM r ORDER BY sid LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM r WHERE conversation_sid = (SELECT conversation_sid FROM r ORDER BY sid LIMIT 1)) FROM conversation_messages n JOIN delivery_receipts q ON q.message_sid = n.sid WHERE n.conversation_sid = (SELECT conversation_sid FROM r ORDER BY sid LIMIT 1);
SELECT count(*) = 1 + (SELECT count(*) FROM m WHERE conversation_sid = (SELECT conversation_sid FROM r ORDER BY sid LIMIT 1)) FROM chat_requests; DELETE FROM chat_requests;
-- What each user has in each conversation.
SELECT count(*) FROM user_conversations WHERE (chat_service_sid, user_sid, conversation_sid) = (SELECT chat_service_sid, user_sid, conversation_sid FROM uc ORDER BY user_sid, conversation_sid LIMIT 1);
SELECT * FROM calls; DELETE FROM chat_requests;
-- The configuration of one service, by the service and by its path; of the account.
SELECT count(*) FROM service_configurations WHERE chat_service_sid = (SELECT chat_service_sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*), path FROM service_webhooks WHERE path = '/Services/' || (SELECT chat_service_sid FROM one) || '/Configuration/Webhooks';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*), path FROM account_webhooks WHERE path = '/Configuration/Webhooks';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM account_configuration WHERE path = '/Configuration/Webhooks';
SELECT * FROM calls; DELETE FROM chat_requests;
-- Messages from the end of one conversation, and within bounds.
SELECT "index" FROM conversation_messages WHERE conversation_sid = (SELECT conversation_sid FROM m GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) ORDER BY "index" DESC LIMIT 3;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM conversation_messages WHERE conversation_sid = (SELECT conversation_sid FROM m GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) AND "index" BETWEEN 3 AND 5;
SELECT * FROM calls; DELETE FROM chat_requests;
-- Whose conversations: by identity, by address with its plus, both, several, and by a join.
SELECT count(*) = (SELECT count(*) FROM p WHERE identity = 'bob@example.com' AND chat_service_sid = (SELECT chat_service_sid FROM one)) FROM participant_conversations WHERE participant_identity = 'bob@example.com' AND chat_service_sid = (SELECT chat_service_sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
CREATE TABLE phone AS SELECT json_extract(messaging_binding, '$.address') AS address, chat_service_sid FROM p WHERE json_extract(messaging_binding, '$.address') LIKE '+%' ORDER BY sid LIMIT 1;
SELECT count(*) = (SELECT count(*) FROM p WHERE json_extract(messaging_binding, '$.address') = (SELECT address FROM phone) AND chat_service_sid = (SELECT chat_service_sid FROM phone)), min(address = (SELECT address FROM phone)) FROM participant_conversations WHERE address = (SELECT address FROM phone) AND chat_service_sid = (SELECT chat_service_sid FROM phone);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM participant_conversations WHERE address = '+15550000012' AND participant_identity = 'bob@example.com' AND chat_service_sid = (SELECT chat_service_sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM p WHERE identity IN ('bob@example.com', 'a_b')) FROM participant_conversations WHERE participant_identity IN ('bob@example.com', 'a_b');
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM p JOIN p q USING (chat_service_sid, identity) WHERE p.conversation_sid = (SELECT sid FROM one)) FROM p JOIN participant_conversations q ON q.participant_identity = p.identity AND q.chat_service_sid = p.chat_service_sid WHERE p.conversation_sid = (SELECT sid FROM one);
SELECT count(*) = (SELECT count(DISTINCT identity) FROM p WHERE conversation_sid = (SELECT sid FROM one)) FROM chat_requests; DELETE FROM chat_requests;
-- What cannot be there asks for nothing.
SELECT count(*) FROM participant_conversations WHERE participant_identity = '';
SELECT count(*) FROM participant_conversations WHERE participant_identity = NULL;
SELECT count(*) FROM participants WHERE conversation_sid = 'x';
SELECT count(*) FROM chat_requests;
