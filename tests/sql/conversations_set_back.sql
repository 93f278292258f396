-- emulator: --seed 1 --services 1 --channels 4 --private 100 --write-limit 0
-- Back to the NULL that the row has, in one transaction: after an earlier UPDATE that is a change as well, and the service
-- would keep the earlier value without a word where it is given an empty one.
CREATE TEMP VIEW pending AS SELECT operation, body FROM chat_writes WHERE state = 'pending';
INSERT INTO conversations(chat_service_sid, unique_name) SELECT sid, 'unnamed' FROM conversation_services;
BEGIN;
UPDATE conversations SET friendly_name = 'named' WHERE unique_name = 'unnamed';
UPDATE conversations SET friendly_name = NULL WHERE unique_name = 'unnamed';
UPDATE conversations SET friendly_name = '' WHERE unique_name = 'unnamed';
SELECT * FROM pending;
COMMIT;
SELECT friendly_name, unique_name FROM conversations WHERE friendly_name = 'named';
-- Likewise under Chat's names.
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
INSERT INTO channels(service_sid, unique_name) SELECT sid, 'nameless' FROM conversation_services;
BEGIN;
UPDATE channels SET friendly_name = 'called' WHERE unique_name = 'nameless';
UPDATE channels SET friendly_name = NULL WHERE unique_name = 'nameless';
SELECT * FROM pending;
ROLLBACK;
