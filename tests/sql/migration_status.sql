-- sql/migration_status.sql: how far a service has come, and what is wrong with single channels.
-- emulator: --seed 5 --services 2 --channels 12 --users 20 --members 60 --messages 200 --phones 6 --write-limit 0
SELECT type, count(*) FROM channels GROUP BY type;
DELETE FROM chat_requests;
.echo off
.read sql/migration_status.sql
.echo on
SELECT problem, count(*), sum(found) FROM migration_channels GROUP BY problem;
-- Each list once but the services' own, and of a channel that both have four requests or a little more.
SELECT count(*) <= 4 * (SELECT sum(found) FROM migration_channels) + 20 AS few FROM chat_requests;
SELECT count(*) = 0 AS nothing_written FROM chat_requests WHERE method <> 'GET';
-- Chat's side is Chat's whatever api_version says; one service only.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = (SELECT min(sid) FROM services) WHERE name = 'service_sid';
.echo off
.read sql/migration_status.sql
.echo on
UPDATE chat_settings SET value = NULL WHERE name IN ('api_version', 'service_sid');
-- Moved, and verified.
.echo off
.read sql/migrate_public_channels.sql
.read sql/migration_status.sql
.echo on
SELECT count(*) AS problems FROM migration_channels WHERE problem IS NOT NULL;
-- What is not right is told: participants that are not there, a message that is not there yet, a conversation not found.
.shell tests/sql/fault EMULATOR_URL port=conversations action=body times=0 'path=*Participants?*' 'body={\"participants\":[],\"meta\":{\"next_page_url\":null,\"key\":\"participants\"}}'
.echo off
.read sql/migration_status.sql
.shell tests/sql/control EMULATOR_URL reset
.echo on
SELECT problem, count(*) FROM migration_channels GROUP BY problem;
.shell tests/sql/fault EMULATOR_URL port=conversations action=body times=0 'path=*Messages?*' 'body={\"messages\":[],\"meta\":{\"next_page_url\":null,\"key\":\"messages\"}}'
.echo off
.read sql/migration_status.sql
.shell tests/sql/control EMULATOR_URL reset
.echo on
SELECT problem, count(*) FROM migration_channels GROUP BY problem;
.shell tests/sql/fault EMULATOR_URL port=conversations action=body times=0 'path=*Conversations?*' 'body={\"conversations\":[],\"meta\":{\"next_page_url\":null,\"key\":\"conversations\"}}'
.echo off
.read sql/migration_status.sql
.shell tests/sql/control EMULATOR_URL reset
.echo on
SELECT problem, count(*) FROM migration_channels GROUP BY problem;
-- What could not be read is not called right.
.shell tests/sql/fault EMULATOR_URL port=conversations action=status status=403 'message=No' times=0 'path=*Participants*'
.echo off
.read sql/migration_status.sql
.echo on
SELECT problem, count(*) FROM migration_channels GROUP BY problem;
