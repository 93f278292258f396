-- Of a row that is changed very often by two names the last value wins all the same; and what a service has one of each is not
-- what is changed so often.
-- emulator: --seed 3 --services 1 --channels 2 --users 2 --members 2 --messages 2 --write-limit 0
.echo off
CREATE TEMP TABLE one AS SELECT sid AS service FROM services;
CREATE TEMP VIEW sent AS SELECT seq, path, body FROM chat_writes;
UPDATE service_configurations SET reachability_enabled = 1 WHERE chat_service_sid = (SELECT service FROM one);
.mode list
.headers off
.output SCRATCH/often.sql
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 520) SELECT printf('UPDATE services SET pre_webhook_url = ''https://%d.example'' WHERE sid = (SELECT service FROM one);
UPDATE service_webhooks SET pre_webhook_url = ''https://other%d.example'' WHERE chat_service_sid = (SELECT service FROM one);', i, i) FROM n;
.output
.headers on
BEGIN;
.read SCRATCH/often.sql
.echo on
UPDATE services SET pre_webhook_url = 'https://other520.example' WHERE sid = (SELECT service FROM one);
SELECT count(*) >= 1040 AS each, count(*) FILTER (WHERE path LIKE '%Configuration') AS others FROM sent;
UPDATE service_configurations SET reachability_enabled = 1 WHERE chat_service_sid = (SELECT service FROM one);
SELECT count(*) FILTER (WHERE path LIKE '%Configuration') AS others FROM sent;
UPDATE service_webhooks SET pre_webhook_url = 'https://last.example' WHERE chat_service_sid = (SELECT service FROM one);
SELECT body FROM sent WHERE seq = (SELECT max(seq) FROM sent);
ROLLBACK;
