-- An UPDATE of settings changes all that it names, or nothing. A setting is not the transaction's: it stays after ROLLBACK.
CREATE TEMP VIEW three AS SELECT name, value, source FROM chat_settings WHERE name IN ('page_size', 'max_retries', 'request_log');

-- The second of three is bad; the last; the first.
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 7 WHEN 'max_retries' THEN 'many' ELSE 70 END WHERE name IN ('page_size', 'max_retries', 'request_log');
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 7 WHEN 'max_retries' THEN 8 ELSE 'many' END WHERE name IN ('page_size', 'max_retries', 'request_log');
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 'many' WHEN 'max_retries' THEN 8 ELSE 70 END WHERE name IN ('page_size', 'max_retries', 'request_log');
UPDATE OR IGNORE chat_settings SET value = CASE name WHEN 'page_size' THEN 7 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
UPDATE OR FAIL chat_settings SET value = CASE name WHEN 'page_size' THEN 7 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
SELECT * FROM three;
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 7 WHEN 'max_retries' THEN 8 ELSE 70 END WHERE name IN ('page_size', 'max_retries', 'request_log');
SELECT * FROM three;

-- Nothing of it takes effect: the log keeps its rows.
SELECT count(*) FROM services;
UPDATE chat_settings SET value = CASE name WHEN 'request_log' THEN 0 ELSE 'many' END WHERE name IN ('request_log', 'memory_limit_mb');
SELECT count(*) FROM chat_requests;
UPDATE chat_settings SET value = 0 WHERE name = 'request_log';
SELECT count(*) FROM chat_requests;
UPDATE chat_settings SET value = 70 WHERE name = 'request_log';

-- Inside a transaction too, and what earlier statements have set stays.
BEGIN;
UPDATE chat_settings SET value = 9 WHERE name IN ('page_size', 'max_retries');
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 10 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
SELECT * FROM three;
SAVEPOINT s;
UPDATE chat_settings SET value = 11 WHERE name IN ('page_size', 'max_retries');
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 12 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
SELECT * FROM three;
ROLLBACK TO s;
SELECT * FROM three;
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 12 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
RELEASE s;
SELECT * FROM three;
ROLLBACK;
SELECT * FROM three;
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 12 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
SELECT * FROM three;

-- The error that ends the whole transaction takes back what its own statement has set.
BEGIN;
UPDATE chat_settings SET value = 13 WHERE name = 'page_size';
UPDATE OR ROLLBACK chat_settings SET value = CASE name WHEN 'page_size' THEN 14 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
SELECT * FROM three;
ROLLBACK;
SELECT * FROM three;

-- A url that is taken back has its credentials again.
UPDATE chat_settings SET value = 'set-here' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = CASE name WHEN 'url' THEN 'https://example.com' ELSE 'many' END WHERE name IN ('url', 'api_key_secret', 'memory_limit_mb') AND name <> 'api_key_secret';
SELECT name, value, source FROM chat_settings WHERE name GLOB 'api_key*';
UPDATE chat_settings SET value = CASE name WHEN 'url' THEN 'https://example.com' ELSE '' END WHERE name IN ('url', 'auth_token');
SELECT name, value, source FROM chat_settings WHERE name GLOB 'api_key*';
UPDATE chat_settings SET value = NULL WHERE name = 'api_key_secret';
SELECT count(*) FROM services;

-- Origins and credentials for them in one statement, whichever row comes first; or nothing of it.
CREATE TEMP VIEW account AS SELECT name, value, source FROM chat_settings WHERE name IN ('url', 'conversations_url', 'media_url', 'api_key', 'api_key_secret');
UPDATE chat_settings SET value = CASE name WHEN 'api_key' THEN 'SK00000000000000000000000000000001' WHEN 'api_key_secret' THEN 'given' ELSE 'https://example.com' END WHERE name IN ('url', 'conversations_url', 'media_url', 'api_key', 'api_key_secret');
SELECT * FROM account;
UPDATE chat_settings SET value = CASE name WHEN 'api_key' THEN 'SK00000000000000000000000000000002' WHEN 'api_key_secret' THEN '' ELSE 'https://example.org' END WHERE name IN ('url', 'conversations_url', 'media_url', 'api_key', 'api_key_secret');
SELECT * FROM account;
-- A secret that is given as it shows is not given: it goes with its origins.
UPDATE chat_settings SET value = CASE WHEN name IN ('url', 'conversations_url', 'media_url') THEN 'https://example.org' ELSE value END WHERE name IN ('url', 'conversations_url', 'media_url', 'api_key', 'api_key_secret');
SELECT * FROM account;
-- The order of UPDATE FROM is another.
UPDATE chat_settings SET value = given.value FROM (SELECT 'api_key' AS name, 'SK00000000000000000000000000000001' AS value UNION ALL SELECT 'api_key_secret', 'emulator-secret' UNION ALL SELECT 'url', 'EMULATOR_URL' UNION ALL SELECT 'media_url', 'https://example.net' UNION ALL SELECT 'conversations_url', 'https://example.net') AS given WHERE given.name = chat_settings.name;
SELECT * FROM account;
SELECT count(*) FROM services;
-- ... also where they were the environment's, which an origin before them takes away.
UPDATE chat_settings SET value = NULL WHERE name IN ('url', 'conversations_url', 'media_url', 'api_key', 'api_key_secret');
UPDATE chat_settings SET value = given.value FROM (SELECT 'url' AS name, 'https://example.org' AS value UNION ALL SELECT 'conversations_url', 'https://example.org' UNION ALL SELECT 'media_url', 'https://example.org' UNION ALL SELECT 'api_key', 'SK00000000000000000000000000000001' UNION ALL SELECT 'api_key_secret', 'given') AS given WHERE given.name = chat_settings.name;
SELECT * FROM account;
UPDATE chat_settings SET value = 'EMULATOR_URL' WHERE name = 'url';
UPDATE chat_settings SET value = NULL WHERE name IN ('conversations_url', 'media_url', 'api_key', 'api_key_secret');
DROP VIEW account;

-- How a secret shows is not the secret: a set one stays what it is, one that is not set is refused.
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 2 ELSE value END WHERE name IN ('page_size', 'api_key', 'api_key_secret', 'auth_token');
SELECT name, value, source FROM chat_settings WHERE name IN ('page_size', 'api_key', 'api_key_secret', 'auth_token');
SELECT count(*) FROM services;
UPDATE chat_settings SET value = '****' WHERE name = 'auth_token';

-- Text that is not UTF-8.
UPDATE chat_settings SET value = CAST(x'50617274FF79' AS TEXT) WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = CAST(x'50617274FF79' AS TEXT) WHERE name = 'page_size';
UPDATE chat_settings SET value = CAST(x'ED9FBFEDA080' AS TEXT) WHERE name = 'edge';
UPDATE chat_settings SET value = x'FE' WHERE name = 'write_journal';
UPDATE chat_settings SET value = 'https://ex' || CAST(x'FF' AS TEXT) || 'ample.com' WHERE name = 'url';

-- Of a table that was made within the transaction SQLite does not tell when statements fail.
BEGIN;
CREATE VIRTUAL TABLE temp.mine USING chat_settings;
UPDATE mine SET value = 3 WHERE name = 'page_size';
COMMIT;
UPDATE mine SET value = CASE name WHEN 'page_size' THEN 12 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
UPDATE mine SET value = 3 WHERE name = 'page_size';
SELECT * FROM three;
