-- Writes through tables of one's own, views and triggers; nothing hidden in a database can write.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- Two services side by side.
CREATE TEMP TABLE two AS SELECT sid FROM services WHERE sid <> @service ORDER BY sid LIMIT 1;
-- (Their definitions hold SIDs, so they are made by a query.)
.echo off
.headers off
.once SCRATCH/tables.sql
SELECT 'CREATE VIRTUAL TABLE mine USING channels(service_sid=' || quote(@service) || ');
CREATE VIRTUAL TABLE theirs USING channels(service_sid=' || quote((SELECT sid FROM two)) || ', api_version=''v2'');
CREATE VIRTUAL TABLE their_messages USING messages(service_sid=' || quote((SELECT sid FROM two)) || ');';
.read SCRATCH/tables.sql
.headers on
.echo on
SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%' ORDER BY name;
BEGIN;
INSERT INTO mine(unique_name) VALUES ('a');
INSERT INTO theirs(unique_name, created_by) VALUES ('a', 'me');
INSERT INTO their_messages(channel_sid, body) VALUES ('a', 'to theirs');
SAVEPOINT one;
INSERT INTO mine(unique_name) VALUES ('b');
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'c');
ROLLBACK TO one;
COMMIT;
SELECT * FROM writes;
INSERT INTO mine(service_sid, unique_name) VALUES ((SELECT sid FROM two), 'x');
UPDATE mine SET service_sid = (SELECT sid FROM two) WHERE unique_name = 'a';
UPDATE mine SET path = 'elsewhere' WHERE unique_name = 'a';
DELETE FROM mine WHERE unique_name = 'a';
SELECT * FROM writes;
DELETE FROM mine WHERE path IN (SELECT path FROM theirs);
DROP TABLE mine;

-- Triggers may not write, not even temporary ones; views are no tables.
CREATE TABLE local(x);
CREATE TEMP TRIGGER sends AFTER INSERT ON local BEGIN INSERT INTO messages(channel_sid, body) VALUES ('x', new.x); END;
INSERT INTO local VALUES (1);
DROP TRIGGER sends;
CREATE TRIGGER hidden AFTER INSERT ON local BEGIN DELETE FROM channels; END;
INSERT INTO local VALUES (1);
-- Who names the table himself may, whatever triggers there are.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'by hand');
WITH one(body) AS (VALUES ('insert INTO local')) INSERT OR IGNORE INTO main."messages"(service_sid, channel_sid, body) SELECT @service, @channel, body FROM one;
UPDATE channels SET friendly_name = 'By hand' WHERE service_sid = @service AND sid = @channel;
SELECT state, what FROM writes;
ROLLBACK;
DROP TRIGGER hidden;
SELECT state, body FROM writes;

-- Statements that read while they write, prepared once and run again: ordinary use of the shell's .import.
.shell printf 'first,1\n\042second, with comma\042,2\n' >SCRATCH/import.csv
CREATE TEMP TABLE lines(body, n);
.import --csv SCRATCH/import.csv lines
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, body FROM lines ORDER BY n;
SELECT state, body FROM writes;
SELECT changes(), total_changes() > 0;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND body IN (SELECT body FROM lines);
SELECT changes();
