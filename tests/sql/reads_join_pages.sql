-- Join readahead goes on across the pages of the outer list, and among rows that are fetched one by one: the lists under them
-- are asked for wide, although one page holds few of them.
-- emulator: --paging page --seed 1 --services 1 --channels 96 --users 20 --messages 400 --members 100 --write-limit 0
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE here AS SELECT sid FROM channels;
UPDATE chat_settings SET value = 4 WHERE name = 'page_size';
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=60
.shell tests/sql/control EMULATOR_URL reset
.echo on
SELECT count(*) FROM channels AS c JOIN invites AS i ON i.channel_sid = c.sid AND i.service_sid = c.service_sid WHERE c.service_sid = @service;
-- How many lists were under way when another was begun, at the most: with pages of four rows, more than two pages lead to, whose
-- lists may seem to be under way together (times are in milliseconds).
CREATE TEMP TABLE times AS SELECT id, julianday(started_at) AS began, julianday(started_at) + duration_ms / 86400000.0 AS ended FROM chat_requests WHERE table_name = 'invites';
SELECT max((SELECT count(*) FROM times AS b WHERE b.id <= a.id AND b.ended > a.began)) >= 12 AS wide FROM times AS a;
SELECT count(*) - (SELECT count(*) FROM here) AS more, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name = 'invites'; DELETE FROM chat_requests;
