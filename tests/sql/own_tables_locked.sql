-- What a statement writes into one of the own tables that fails only when it ends: nothing of it is done.
-- emulator: --seed 1 --services 2 --channels 2 --users 2 --messages 4 --bindings 0 --webhooks 0 --write-limit 0

-- Another connection reads the file, which is in rollback-journal mode: nothing can be committed to it.
.open SCRATCH/shared.db
.load EXTENSION_FILE
CREATE TABLE own(x UNIQUE ON CONFLICT ROLLBACK);
INSERT INTO own VALUES (1);
CREATE TEMP VIEW kept AS SELECT (SELECT count(*) FROM chat_requests) AS requests, value AS page_size FROM chat_settings WHERE name = 'page_size';
CREATE VIRTUAL TABLE temp.mine USING chat_requests;
SELECT count(*) FROM services;
SELECT count(*) FROM services;
SELECT * FROM kept;
.connection 1
.open SCRATCH/shared.db
BEGIN;
SELECT * FROM own;
.connection 0
DELETE FROM chat_requests;
SELECT * FROM kept;
DELETE FROM chat_requests WHERE id > 1;
SELECT * FROM kept;
DELETE FROM chat_requests WHERE id IN (SELECT id FROM chat_requests) AND (SELECT count(*) FROM own) = 1;
SELECT * FROM kept;
UPDATE chat_settings SET value = 7 WHERE name = 'page_size';
SELECT * FROM kept;
-- TEMP is not locked.
DELETE FROM temp.mine WHERE id = 1;
SELECT * FROM kept;
-- In a transaction the statement has succeeded: COMMIT fails, and may be tried again. What is deleted is no part of it.
BEGIN;
DELETE FROM chat_requests WHERE id = 2;
SELECT * FROM kept;
COMMIT;
SELECT * FROM kept;
ROLLBACK;
SELECT * FROM kept;
SELECT count(*) FROM services;
SELECT count(*) FROM services;
SELECT * FROM kept;
.connection 1
ROLLBACK;
.connection 0
DELETE FROM chat_requests;
SELECT * FROM kept;

-- Nor is what the end of a transaction takes back, ours or another statement's.
SELECT count(*) FROM services;
SELECT count(*) FROM services;
SELECT count(*) FROM services;
BEGIN;
DELETE FROM chat_requests WHERE id % 3 = 0;
SAVEPOINT a;
DELETE FROM temp.mine WHERE id % 3 = 1;
ROLLBACK TO a;
SELECT * FROM kept;
INSERT INTO own VALUES (1);
SELECT * FROM kept;
ROLLBACK;
SELECT count(*) FROM services;
SELECT count(*) FROM services;
-- What is deleted takes no places of a log that becomes smaller.
SELECT * FROM kept;
BEGIN;
DELETE FROM chat_requests WHERE id > (SELECT id FROM chat_requests ORDER BY id LIMIT 1 OFFSET 1);
UPDATE chat_settings SET value = 2 WHERE name = 'request_log';
SELECT * FROM kept;
UPDATE chat_requests SET path = 'x';
ROLLBACK;
SELECT * FROM kept;
BEGIN;
DELETE FROM chat_requests WHERE id > (SELECT min(id) FROM chat_requests);
SELECT count(*) FROM services;
SELECT * FROM kept;
COMMIT;
SELECT * FROM kept;
UPDATE chat_settings SET value = NULL WHERE name = 'request_log';
SELECT count(*) FROM services;
BEGIN;
DELETE FROM chat_requests WHERE id >= (SELECT max(id) FROM chat_requests);
DELETE FROM temp.mine WHERE path = '';
UPDATE chat_settings SET value = x.column1 FROM (VALUES (2)) AS x WHERE name = 'request_log';
SELECT * FROM kept;
COMMIT;
SELECT * FROM kept;
-- A table that was made within the transaction is not told of its failures.
BEGIN;
CREATE VIRTUAL TABLE temp.other USING chat_requests;
DELETE FROM other;
ROLLBACK;
SELECT * FROM kept;
