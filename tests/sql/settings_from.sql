-- UPDATE FROM within a transaction: SQLite opens no savepoint for it, and so does not tell its end. It is as any UPDATE of settings.
CREATE TEMP VIEW four AS SELECT group_concat(name || '=' || coalesce(value, 'NULL'), ' ') AS settings FROM chat_settings WHERE name IN ('page_size', 'max_retries', 'readonly', 'timeout_ms');
CREATE TABLE own(x UNIQUE ON CONFLICT ROLLBACK);
INSERT INTO own VALUES (1);

-- ROLLBACK changes no setting, nor do those of savepoints, of an outermost one too.
BEGIN;
UPDATE chat_settings SET value = 20 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = 1 WHERE name = 'max_retries';
ROLLBACK;
SELECT * FROM four;
SAVEPOINT a;
UPDATE chat_settings SET value = 21 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
SAVEPOINT b;
UPDATE chat_settings SET value = 2 FROM (VALUES ('max_retries')) AS x WHERE x.column1 = name;
ROLLBACK TO b;
SELECT * FROM four;
UPDATE chat_settings SET value = 22 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
ROLLBACK TO a;
ROLLBACK;
SELECT * FROM four;
BEGIN;
UPDATE chat_settings SET value = 3 WHERE name = 'max_retries';
UPDATE chat_settings SET value = 23 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
ROLLBACK;
SELECT * FROM four;
-- Nor does a transaction that another statement's failure ends.
BEGIN;
UPDATE chat_settings SET value = 24 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
INSERT INTO own VALUES (1);
SELECT * FROM four;
ROLLBACK;

-- A statement that fails changes nothing: it, or one after it.
BEGIN;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('page_size', 7), ('max_retries', 'many')) AS x WHERE x.column1 = name;
SELECT * FROM four;
UPDATE chat_settings SET value = 8 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = CASE name WHEN 'page_size' THEN 9 ELSE 'many' END WHERE name IN ('page_size', 'max_retries');
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('page_size', 9), ('max_retries', 'many')) AS x WHERE x.column1 = name;
SELECT * FROM four;
UPDATE OR ROLLBACK chat_settings SET value = x.column2 FROM (VALUES ('page_size', 10), ('max_retries', 'many')) AS x WHERE x.column1 = name;
SELECT * FROM four;
COMMIT;
SAVEPOINT a;
UPDATE OR IGNORE chat_settings SET value = x.column2 FROM (VALUES ('page_size', 10), ('max_retries', 'many')) AS x WHERE x.column1 = name;
RELEASE a;
SELECT * FROM four;
-- One row of several that match.
BEGIN;
UPDATE chat_settings SET value = x.column1 FROM (VALUES (30), (30)) AS x WHERE name = 'page_size';
COMMIT;
SELECT * FROM four;

-- The same setting again.
BEGIN;
UPDATE chat_settings SET value = 11 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = 12 WHERE name = 'page_size';
SELECT * FROM four;
UPDATE chat_settings SET value = NULL FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = 13 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
COMMIT;
SELECT * FROM four;

-- In force for the statement after it, whatever it uses.
SELECT count(*) FROM services;
BEGIN;
UPDATE chat_settings SET value = 1 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
DELETE FROM chat_requests;
SELECT count(*) FROM services;
SELECT * FROM calls;
UPDATE chat_settings SET value = 2 FROM (VALUES ('request_log')) AS x WHERE x.column1 = name;
SELECT count(*) FROM chat_requests;
UPDATE chat_settings SET value = 'not-known-here' FROM (VALUES ('api_key_secret')) AS x WHERE x.column1 = name;
SELECT count(*) FROM services;
UPDATE chat_settings SET value = NULL FROM (VALUES ('api_key_secret'), ('page_size'), ('request_log')) AS x WHERE x.column1 = name;
SELECT count(*) FROM services;
ROLLBACK;
-- Writes too: a read before them is not needed.
BEGIN;
UPDATE chat_settings SET value = 'not-known-here' FROM (VALUES ('api_key_secret')) AS x WHERE x.column1 = name;
INSERT INTO services(friendly_name) VALUES ('of another account');
COMMIT;
ROLLBACK;
SELECT state, status FROM chat_writes;
-- One that fails is in force no more than it is shown, and makes nothing of what was before it.
BEGIN;
UPDATE chat_settings SET value = NULL FROM (VALUES ('api_key_secret')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('api_key_secret', 'not-known-here'), ('max_retries', 'many')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('max_retries', 3), ('api_key_secret', '')) AS x WHERE x.column1 = name;
SELECT count(*) FROM services;
COMMIT;

-- A table under another name that goes before its transaction ends, and both names in one.
CREATE VIRTUAL TABLE temp.mine USING chat_settings;
BEGIN;
UPDATE mine SET value = 40 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE chat_settings SET value = 41 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
UPDATE mine SET value = x.column2 FROM (VALUES ('page_size', 42), ('max_retries', 'many')) AS x WHERE x.column1 = name;
SELECT * FROM four;
UPDATE mine SET value = 43 FROM (VALUES ('page_size')) AS x WHERE x.column1 = name;
DROP TABLE mine;
ROLLBACK;
SELECT * FROM four;
