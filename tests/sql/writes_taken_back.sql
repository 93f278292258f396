-- emulator: --private 100
-- A call that was taken back, by a statement that is refused or by a later match of the same row, leaves nothing behind: its number is
-- another call's then, and that was taken for the one about the user's row.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
CREATE TEMP TABLE two AS SELECT row_number() OVER (ORDER BY path) AS n, path, conversation_sid AS conversation, participant_sid AS sid, user_sid AS user FROM user_conversations WHERE conversation_sid = (SELECT conversation_sid FROM participants GROUP BY 1 HAVING count(identity) > 1 ORDER BY 1 LIMIT 1);
.parameter init
INSERT INTO temp.sqlite_parameters SELECT '@in', conversation FROM two WHERE n = 1 UNION ALL SELECT '@one', sid FROM two WHERE n = 1 UNION ALL SELECT '@two', sid FROM two WHERE n = 2 UNION ALL SELECT '@user', user FROM two WHERE n = 2;
CREATE TEMP VIEW seen AS SELECT two.n, p.last_read_message_index AS "index", p.attributes FROM two JOIN participants AS p ON p.conversation_sid = two.conversation AND p.sid = two.sid WHERE n < 3 ORDER BY 1;
CREATE TEMP VIEW writes AS SELECT count(*) AS calls FROM chat_writes;
UPDATE participants SET attributes = '{}', last_read_message_index = 0 WHERE conversation_sid = @in AND sid IN (@one, @two);
-- Refused at its second row.
BEGIN;
UPDATE participants SET attributes = '[1]' WHERE conversation_sid = @in AND sid = @one;
UPDATE user_conversations SET last_read_message_index = 1, last_read_timestamp = iif(participant_sid = @one, '2015-01-01T00:00:00Z', 'nonsense') WHERE conversation_sid = @in AND participant_sid IN (@one, @two);
UPDATE participants SET last_read_message_index = 2 WHERE conversation_sid = @in AND sid = @two;
UPDATE user_conversations SET last_read_message_index = 2 WHERE conversation_sid = @in AND participant_sid = @one;
COMMIT;
SELECT * FROM writes;
SELECT * FROM seen;
-- Rolled back to a savepoint besides.
BEGIN;
UPDATE participants SET attributes = '[2]' WHERE conversation_sid = @in AND sid = @one;
SAVEPOINT a;
UPDATE user_conversations SET last_read_message_index = 1, last_read_timestamp = iif(participant_sid = @one, '2015-01-01T00:00:00Z', 'nonsense') WHERE conversation_sid = @in AND participant_sid IN (@one, @two);
ROLLBACK TO a;
RELEASE a;
UPDATE conversation_users SET attributes = '{"gone":1}' WHERE sid = @user;
UPDATE participants SET attributes = '{"gone":1}' WHERE conversation_sid = @in AND sid = @one;
COMMIT;
SELECT * FROM writes;
SELECT * FROM seen;
-- A later match of the row gives back what the one before gave.
BEGIN;
UPDATE user_conversations SET last_read_message_index = 3 WHERE conversation_sid = @in AND participant_sid = @one;
UPDATE user_conversations SET last_read_message_index = v.column1 FROM (VALUES (4), (3)) AS v WHERE conversation_sid = @in AND participant_sid = @one;
UPDATE participants SET last_read_message_index = 5 WHERE conversation_sid = @in AND sid = @two;
UPDATE user_conversations SET last_read_message_index = 5 WHERE conversation_sid = @in AND participant_sid = @one;
COMMIT;
SELECT * FROM writes;
SELECT * FROM seen;
-- What is equal is not sent, though another row's call has the number.
CREATE TEMP TABLE role AS SELECT sid AS role FROM conversation_roles WHERE type = 'conversation' AND chat_service_sid = (SELECT chat_service_sid FROM conversations WHERE sid = @in) AND sid NOT IN (SELECT role_sid FROM participants WHERE conversation_sid = @in AND sid = @one) ORDER BY sid LIMIT 1;
BEGIN;
UPDATE user_conversations SET last_read_message_index = 6 WHERE conversation_sid = @in AND participant_sid = @one;
UPDATE user_conversations SET last_read_message_index = v.column1 FROM (VALUES (7), (6)) AS v WHERE conversation_sid = @in AND participant_sid = @one;
UPDATE participants SET attributes = '[9]' WHERE conversation_sid = @in AND sid = @two;
UPDATE participants SET attributes = '{"gone":1}', role_sid = (SELECT role FROM role) WHERE conversation_sid = @in AND sid = @one;
SELECT replace(body, (SELECT role FROM role), 'RL...') AS body FROM chat_writes;
ROLLBACK;
-- The last match of a row says who it is, and the one before did not: known to be somebody else's; and the other way round, not.
CREATE TEMP TABLE was AS SELECT identity FROM participants WHERE conversation_sid = @in AND sid = @one;
BEGIN;
UPDATE participants SET identity = v.column1, attributes = v.column2 FROM (VALUES ((SELECT identity FROM was), '[7]'), ('somebody', '[8]')) AS v WHERE conversation_sid = @in AND sid = @one;
UPDATE user_conversations SET last_read_message_index = 4 WHERE conversation_sid = @in AND user_sid = (SELECT user FROM two WHERE n = 1);
SELECT state, body FROM chat_writes;
ROLLBACK;
BEGIN;
UPDATE participants SET identity = v.column1, attributes = v.column2 FROM (VALUES ('somebody', '[8]'), ((SELECT identity FROM was), '[7]')) AS v WHERE conversation_sid = @in AND sid = @one;
UPDATE user_conversations SET last_read_message_index = 4 WHERE conversation_sid = @in AND user_sid = (SELECT user FROM two WHERE n = 1);
SELECT state, body FROM chat_writes;
ROLLBACK;
