-- From public to private, the one thing that version 3 of the API does; and sql/migrate_public_channels.sql.
-- emulator: --tidy --write-limit 0
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

UPDATE channels SET type = 'private' WHERE service_sid = @service AND sid = @channel;
SELECT * FROM writes;
SELECT type FROM channels WHERE service_sid = @service AND sid = @channel;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;
-- Private already: no call.
UPDATE channels SET type = 'private' WHERE service_sid = @service AND sid = @channel;
SELECT count(*) AS calls FROM chat_requests WHERE path LIKE '/v3/%';

-- With a messaging service, and together with what v1 takes: two calls, in order.
UPDATE channels SET friendly_name = 'Moved', type = 'private', messaging_service_sid = 'MG00000000000000000000000000000001'
 WHERE service_sid = @service AND sid = @other;
SELECT * FROM writes;
SELECT friendly_name, type FROM channels WHERE service_sid = @service AND sid = @other;

-- Refused before anything is sent.
UPDATE channels SET type = 'public' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET type = 'secret' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET type = NULL WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET messaging_service_sid = 'MG00000000000000000000000000000001' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET type = 'private', messaging_service_sid = 'MG00000000000000000000000000000001' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET type = 'private', messaging_service_sid = 'none' WHERE type = 'public' AND service_sid = @service;
INSERT INTO channels(service_sid, messaging_service_sid) VALUES (@service, 'MG00000000000000000000000000000001');

-- The first call is sent, the second refused: both are told.
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=50393 'message=Channel type can only be changed to private' 'path=/v3/*'
UPDATE channels SET friendly_name = 'Half', type = 'private'
 WHERE path = (SELECT path FROM channels WHERE service_sid = @service AND type = 'public' ORDER BY sid LIMIT 1);
SELECT * FROM writes;

-- The script for all of them. It shows first what there is.
SELECT type, count(*) FROM channels GROUP BY type;
-- Looked at first.
BEGIN;
.echo off
.output SCRATCH/shown
.read sql/migrate_public_channels.sql
.output
.echo on
SELECT state, count(*) FROM chat_writes GROUP BY state;
ROLLBACK;
SELECT type, count(*) FROM channels GROUP BY type;
-- A call in the middle is refused: the rest of the batch waits for the next run.
UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency';
.shell tests/sql/fault EMULATOR_URL action=status status=403 'message=Not now' 'path=/v3/*' nth=3
.echo off
.read sql/migrate_public_channels.sql
.echo on
SELECT type, count(*) FROM channels GROUP BY type;
.echo off
.read sql/migrate_public_channels.sql
.echo on
SELECT type, count(*) FROM channels GROUP BY type;
-- Nothing is left to do.
.echo off
.read sql/migrate_public_channels.sql
