-- Each origin is asked with its own credentials, and what is changed of one says nothing of the other.
SELECT count(*) > 0 FROM services;
SELECT count(*) >= 0 FROM conversations;
SELECT DISTINCT table_name, origin, status FROM chat_requests ORDER BY 1; DELETE FROM chat_requests;
SELECT count(*) >= 0 AS both FROM services AS s LEFT JOIN conversations AS v ON v.chat_service_sid = s.sid;
SELECT origin, count(*) > 0, count(DISTINCT path) = count(*) AS each_once FROM chat_requests GROUP BY 1 ORDER BY min(table_name); DELETE FROM chat_requests;

-- Another origin for one of them: credentials of the environment do not go there, and do to the other.
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'conversations_url';
SELECT count(*) FROM conversations;
SELECT count(*) > 0 FROM services;
-- Those that are set with SQL serve the origins in force then; a change of one forgets them for that one.
UPDATE chat_settings SET value = NULL WHERE name = 'conversations_url';
UPDATE chat_settings SET value = 'AC00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'emulator-token' WHERE name = 'api_key_secret';
SELECT (SELECT count(*) > 0 FROM services) AS chat, (SELECT count(*) >= 0 FROM conversations) AS conversations;
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'conversations_url';
SELECT count(*) FROM conversations;
SELECT count(*) > 0 FROM services;
UPDATE chat_settings SET value = NULL WHERE name IN ('conversations_url', 'api_key', 'api_key_secret');

-- Calls to one do not keep the other from being changed; their own they do.
BEGIN;
INSERT INTO conversations(chat_service_sid, friendly_name) SELECT sid, 'queued' FROM services ORDER BY sid LIMIT 1;
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'conversations_url';
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'url';
UPDATE chat_settings SET value = NULL WHERE name = 'url';
COMMIT;
SELECT state, status FROM chat_writes;

-- A host that is gone is Chat's alone to explain.
.shell tests/sql/fault EMULATOR_URL action=status status=410 body=gone times=100
SELECT count(*) FROM services;
.shell tests/sql/control EMULATOR_URL reset
UPDATE chat_settings SET value = 'https://conversations.invalid' WHERE name = 'conversations_url';
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'x' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = 0 WHERE name = 'max_retries';
SELECT count(*) FROM conversations;
