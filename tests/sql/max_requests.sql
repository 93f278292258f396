-- max_requests: a statement that needs so many requests succeeds, one less and it fails; nothing is sent beyond.
.echo off
.read tests/sql/reads_pick
DELETE FROM chat_requests;
CREATE TEMP TABLE asked (what TEXT, n INTEGER);
.echo on

-- Refused values, and what it is without.
UPDATE chat_settings SET value = 0 WHERE name = 'max_requests';
UPDATE chat_settings SET value = 'many' WHERE name = 'max_requests';
SELECT value, source FROM chat_settings WHERE name = 'max_requests';

-- Lists, exactly: every channel of every service.
UPDATE chat_settings SET value = 1000000 WHERE name = 'max_requests';
SELECT count(*) > 0 FROM channels;
INSERT INTO asked SELECT 'channels', count(*) FROM chat_requests; DELETE FROM chat_requests;
UPDATE chat_settings SET value = (SELECT n FROM asked WHERE what = 'channels') WHERE name = 'max_requests';
SELECT count(*) > 0 FROM channels;
SELECT count(*) = (SELECT n FROM asked WHERE what = 'channels') FROM chat_requests; DELETE FROM chat_requests;
UPDATE chat_settings SET value = (SELECT n - 1 FROM asked WHERE what = 'channels') WHERE name = 'max_requests';
SELECT count(*) > 0 FROM channels;
SELECT count(*) = (SELECT n - 1 FROM asked WHERE what = 'channels') FROM chat_requests; DELETE FROM chat_requests;

-- A join, and hidden attributes: what is asked for ahead takes nothing away.
UPDATE chat_settings SET value = 1000000 WHERE name = 'max_requests';
SELECT count(m.attributes) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service AND c.attributes IS NOT NULL;
INSERT INTO asked SELECT 'join', count(*) FROM chat_requests; DELETE FROM chat_requests;
UPDATE chat_settings SET value = (SELECT n FROM asked WHERE what = 'join') WHERE name = 'max_requests';
SELECT count(m.attributes) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service AND c.attributes IS NOT NULL;
SELECT count(*) = (SELECT n FROM asked WHERE what = 'join'), sum(error IS NOT NULL) FROM chat_requests; DELETE FROM chat_requests;
UPDATE chat_settings SET value = (SELECT n - 1 FROM asked WHERE what = 'join') WHERE name = 'max_requests';
SELECT count(m.attributes) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service AND c.attributes IS NOT NULL;
SELECT count(*) = (SELECT n - 1 FROM asked WHERE what = 'join') FROM chat_requests; DELETE FROM chat_requests;

-- A scan that ends at its first row needs no page and no list more.
UPDATE chat_settings SET value = 3 WHERE name = 'max_requests';
SELECT EXISTS (SELECT 1 FROM channels WHERE length(sid) > 0);
UPDATE chat_settings SET value = 2 WHERE name = 'max_requests';
SELECT EXISTS (SELECT 1 FROM channels WHERE length(sid) > 0);
DELETE FROM chat_requests;
-- Nor does one that ends among its lists.
UPDATE chat_settings SET value = 5 WHERE name = 'page_size';
UPDATE chat_settings SET value = 17 WHERE name = 'max_requests';
SELECT count(*) FROM (SELECT sid FROM members WHERE length(sid) > 0 LIMIT 30);
UPDATE chat_settings SET value = 16 WHERE name = 'max_requests';
SELECT count(*) FROM (SELECT sid FROM members WHERE length(sid) > 0 LIMIT 30);
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
DELETE FROM chat_requests;

-- Repetitions count.
UPDATE chat_settings SET value = 2 WHERE name = 'max_requests';
.shell tests/sql/control EMULATOR_URL fault action=status status=503 times=3 path='*/Services*'
SELECT count(*) FROM services;
SELECT status FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT count(*) FROM services;
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;

-- COMMIT: refused as a whole, before anything is sent.
BEGIN;
INSERT INTO channels (service_sid, friendly_name) SELECT service_sid, 'one' FROM pick_channel UNION ALL SELECT service_sid, 'two' FROM pick_channel UNION ALL SELECT service_sid, 'three' FROM pick_channel;
COMMIT;
SELECT count(*) FROM chat_requests WHERE method = 'POST';
UPDATE chat_settings SET value = 3 WHERE name = 'max_requests';
BEGIN;
INSERT INTO channels (service_sid, friendly_name) SELECT service_sid, 'one' FROM pick_channel UNION ALL SELECT service_sid, 'two' FROM pick_channel UNION ALL SELECT service_sid, 'three' FROM pick_channel;
COMMIT;
SELECT count(*) FROM chat_requests WHERE method = 'POST'; DELETE FROM chat_requests;

-- A statement that is a transaction of its own: what it reads and what it sends together.
UPDATE chat_settings SET value = 1 WHERE name = 'max_requests';
INSERT INTO channels (service_sid, friendly_name) SELECT sid, 'four' FROM services WHERE sid = @service;
SELECT method FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 2 WHERE name = 'max_requests';
INSERT INTO channels (service_sid, friendly_name) SELECT sid, 'four' FROM services WHERE sid = @service;
SELECT method FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
