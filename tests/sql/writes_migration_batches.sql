-- sql/migrate_public_channels.sql moves a hundred at a time, the oldest first.
-- emulator: --seed 3 --services 2 --channels 330 --users 10 --members 10 --messages 10 --write-limit 0
SELECT type, count(*) FROM channels GROUP BY type;
.echo off
.output SCRATCH/shown
.read sql/migrate_public_channels.sql
.output
.echo on
SELECT * FROM temp.migration WHERE state <> 'sent';
SELECT type, count(*) FROM channels GROUP BY type;
SELECT (SELECT min(date_created) FROM channels WHERE type = 'public') >= (SELECT max(c.date_created) FROM channels AS c JOIN migration_batch USING (path)) AS oldest_first;
.echo off
.output SCRATCH/shown
.read sql/migrate_public_channels.sql
.read sql/migrate_public_channels.sql
.output
.echo on
SELECT type, count(*) FROM channels GROUP BY type;
SELECT count(*) AS calls, count(DISTINCT path) AS channels FROM chat_requests WHERE path LIKE '/v3/%';
