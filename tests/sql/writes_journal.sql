-- The write journal: every call is written down beside the database before it is sent, and again when its outcome is known.
-- environment: TWILIO_CONFIG_DIR=SCRATCH
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- A database in memory has no place for it: nothing is sent without the journal that was asked for.
UPDATE chat_settings SET value = 'calls' WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'x');
SELECT state FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM ledger;
SELECT service_sid, sid, (SELECT sid FROM pick_message) AS message FROM pick;
.echo off
.headers off
.once SCRATCH/picked.sql
SELECT 'CREATE TEMP TABLE pick AS SELECT ' || quote(@service) || ' AS service_sid, ' || quote(@channel) || ' AS sid, ' || quote(@message) || ' AS message;';
.open SCRATCH/data.db
.read SCRATCH/picked.sql
.headers on
.parameter init
.parameter set @service "(SELECT service_sid FROM pick)"
.parameter set @channel "(SELECT sid FROM pick)"
.parameter set @message "(SELECT message FROM pick)"
.load EXTENSION_FILE
.echo on
CREATE TABLE local(x);
UPDATE chat_settings SET value = 'calls' WHERE name = 'write_journal';
BEGIN;
INSERT INTO local VALUES (1);
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'one'), (@service, @channel, 'two');
UPDATE messages SET body = 'changed' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SAVEPOINT s;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
ROLLBACK TO s;
COMMIT;
ATTACH 'SCRATCH/data.db-writes' AS journal;
SELECT id, state, table_name, method, path, body, sid, status, error FROM journal.calls;

-- What is refused, unknown or never sent; secrets are not in it.
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 message=no method=POST nth=2
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'three'), (@service, @channel, 'four'), (@service, @channel, 'five');
.shell tests/sql/fault EMULATOR_URL action=reset method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'six');
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'seven');
ROLLBACK;
INSERT INTO credentials(type, secret) VALUES ('fcm', 'hidden');
SELECT id, state, body, status, error FROM journal.calls WHERE id > 3;
SELECT at GLOB '20[0-9][0-9]-*T*Z' AS dated FROM journal.calls GROUP BY 1;

-- Unset again: no more rows. Another name: another table.
UPDATE chat_settings SET value = NULL WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'eight');
UPDATE chat_settings SET value = 'other' WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'nine');
SELECT count(*) FROM journal.calls;
SELECT state, body FROM journal.other;
-- A table of that name with other columns, or a journal that cannot be written: nothing is sent.
CREATE TABLE journal.wrong(x);
UPDATE chat_settings SET value = 'wrong' WHERE name = 'write_journal';
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'ten');
SELECT state, error FROM chat_writes;
UPDATE chat_settings SET value = '' WHERE name = 'write_journal';

-- Whose call it is; a journal of an earlier version gets the column.
CREATE TABLE journal.old(id INTEGER PRIMARY KEY, at TEXT, state TEXT, table_name TEXT, method TEXT, path TEXT, body TEXT, sid TEXT, status INTEGER, error TEXT);
INSERT INTO journal.old(state, body) VALUES ('sent', 'Body=long%20ago');
UPDATE chat_settings SET value = 'old' WHERE name = 'write_journal';
.shell tests/sql/profiles SCRATCH
CREATE VIRTUAL TABLE temp.sales USING messages(profile = 'sales');
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'mine');
INSERT INTO sales(service_sid, channel_sid, body) VALUES (@service, @channel, 'theirs');
COMMIT;
SELECT state, body, profile FROM journal.old;
SELECT sql FROM journal.sqlite_master WHERE name = 'wrong';
