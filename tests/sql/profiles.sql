-- Profiles of the vendor's command line tool: two accounts on one connection. (Both may sign in here: one as the key, one as
-- the account with its token.)
-- environment: TWILIO_CONFIG_DIR=SCRATCH
CREATE VIRTUAL TABLE temp.sales USING channels(profile = 'sales');
CREATE VIRTUAL TABLE temp.dev USING channels(profile = 'dev');
CREATE VIRTUAL TABLE temp.bad USING channels(profile = 'bad');
CREATE VIRTUAL TABLE temp.half USING channels(profile = 'half');

-- Nothing is read before a table is used; then what is missing is said, and read again as soon as it is there.
SELECT count(*) FROM sales;
INSERT INTO sales(service_sid, friendly_name) VALUES ('IS00000000000000000000000000000001', 'x');
SELECT name, value, source FROM chat_settings WHERE name = 'profile';
.shell echo '{"profiles"' >SCRATCH/config.json
SELECT count(*) FROM sales;
.shell tests/sql/profiles SCRATCH
SELECT count(*) > 0 FROM sales;
SELECT count(*) FROM half;
SELECT count(*) FROM bad;

-- Each asks for itself: the log tells them apart, and the same page of both is asked for twice.
DELETE FROM chat_requests;
SELECT (SELECT count(*) FROM sales) = (SELECT count(*) FROM dev) AS same;
SELECT profile, count(*) > 3, min(status), max(status), count(DISTINCT path) = count(*) AS each_once FROM chat_requests GROUP BY profile;
SELECT count(*) = (SELECT count(*) FROM chat_requests) / 2 AS both FROM chat_requests AS a JOIN chat_requests AS b USING (origin, path) WHERE a.profile = 'sales' AND b.profile = 'dev';
SELECT count(*) > 0 AND count(*) = (SELECT count(*) FROM sales) AS joined FROM sales AS s JOIN dev AS d ON d.sid = s.sid AND d.service_sid = s.service_sid;

-- What one has seen the other has not: where a channel lives is found out for each.
CREATE TEMP TABLE picked AS SELECT sid, service_sid FROM sales ORDER BY sid LIMIT 1;
DELETE FROM chat_requests;
SELECT count(*) FROM sales WHERE sid = (SELECT sid FROM picked);
SELECT profile, count(*) FROM chat_requests GROUP BY profile; DELETE FROM chat_requests;
DROP TABLE temp.dev;
CREATE VIRTUAL TABLE temp.dev USING channels(profile = 'dev');
SELECT count(*) FROM dev WHERE sid = (SELECT sid FROM picked);
SELECT profile, count(*) > 1 FROM chat_requests GROUP BY profile; DELETE FROM chat_requests;

-- A transaction is one of all accounts; each call goes to its own.
BEGIN;
UPDATE sales SET friendly_name = 'by sales' WHERE sid = (SELECT sid FROM picked) AND service_sid = (SELECT service_sid FROM picked);
UPDATE dev SET friendly_name = 'by dev' WHERE sid = (SELECT sid FROM picked) AND service_sid = (SELECT service_sid FROM picked);
INSERT INTO channels(service_sid, friendly_name) SELECT service_sid, 'by nobody' FROM picked;
SELECT seq, state, table_name, profile, body FROM chat_writes;
COMMIT;
SELECT seq, state, profile FROM chat_writes;
SELECT method, profile, status FROM chat_requests WHERE method = 'POST' ORDER BY profile;
BEGIN;
INSERT INTO sales(service_sid, friendly_name) SELECT service_sid, 'sent' FROM picked;
INSERT INTO bad(service_sid, friendly_name) SELECT service_sid, 'refused' FROM picked;
COMMIT;
SELECT state, profile, status FROM chat_writes;

-- Where calls are queued for a profile its origin cannot be changed.
BEGIN;
INSERT INTO sales(service_sid, friendly_name) SELECT service_sid, 'dropped' FROM picked;
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'url';
ROLLBACK;
-- Another origin is not a profile's.
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'url';
SELECT count(*) FROM sales;
UPDATE chat_settings SET value = NULL WHERE name = 'url';
SELECT count(*) > 0 FROM sales;

-- The setting: the account of all tables that name no other.
UPDATE chat_settings SET value = 'active' WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'region', 'edge', 'api_key', 'api_key_secret', 'account_sid', 'auth_token');
DELETE FROM chat_requests;
SELECT count(*) > 0 FROM services;
SELECT profile, status FROM chat_requests;
UPDATE chat_settings SET value = 'bad' WHERE name = 'profile';
SELECT count(*) > 0 FROM services;
UPDATE chat_settings SET value = 'half' WHERE name = 'profile';
UPDATE chat_settings SET value = 'none' WHERE name = 'profile';
UPDATE chat_settings SET value = '' WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name = 'profile';
UPDATE chat_settings SET value = NULL WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'api_key', 'account_sid');
SELECT count(*) > 0 FROM services;

-- Only a change forgets what was set.
UPDATE chat_settings SET value = 'set' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = value WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'api_key_secret');
UPDATE chat_settings SET value = 'dev' WHERE name = 'profile';
UPDATE chat_settings SET value = 'set' WHERE name = 'api_key_secret';
UPDATE chat_settings SET value = value WHERE name NOT IN ('auth_token');
SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'api_key_secret');
UPDATE chat_settings SET value = NULL WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'api_key_secret');

-- ... and not what the statement sets together with it, in whichever order its rows come.
CREATE TEMP VIEW whom AS SELECT group_concat(name || '=' || source, ' ') AS whom FROM chat_settings WHERE name IN ('profile', 'api_key', 'api_key_secret');
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('api_key', 'SK00000000000000000000000000000005'), ('api_key_secret', 'set'), ('profile', 'sales')) AS x WHERE x.column1 = chat_settings.name;
SELECT * FROM whom;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('api_key', 'SK00000000000000000000000000000005'), ('profile', 'dev'), ('api_key_secret', 'set')) AS x WHERE x.column1 = chat_settings.name;
SELECT * FROM whom;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('profile', 'sales'), ('api_key', 'SK00000000000000000000000000000005')) AS x WHERE x.column1 = chat_settings.name;
SELECT * FROM whom;
-- A statement after it is another, also in one transaction.
BEGIN;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('api_key', 'SK00000000000000000000000000000006'), ('api_key_secret', 'set')) AS x WHERE x.column1 = chat_settings.name;
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('profile', 'dev')) AS x WHERE x.column1 = chat_settings.name;
SELECT * FROM whom;
COMMIT;
UPDATE chat_settings SET value = NULL WHERE name = 'profile';
SELECT * FROM whom;
-- So with another origin.
UPDATE chat_settings SET value = x.column2 FROM (VALUES ('api_key', 'SK00000000000000000000000000000005'), ('api_key_secret', 'set'), ('url', 'http://127.0.0.1:9')) AS x WHERE x.column1 = chat_settings.name;
UPDATE chat_settings SET value = 0 WHERE name = 'max_retries';
SELECT count(*) FROM services;
UPDATE chat_settings SET value = 'http://127.0.0.1:11' WHERE name = 'url';
SELECT count(*) FROM services;
UPDATE chat_settings SET value = NULL WHERE name IN ('url', 'api_key', 'api_key_secret', 'max_retries');
DROP VIEW whom;

-- Where in the world: what is set with SQL goes before each profile, in whichever order it is said. No credentials go there.
CREATE TEMP VIEW place AS SELECT name, value, source FROM chat_settings WHERE name IN ('profile', 'region', 'edge');
UPDATE chat_settings SET value = given.value FROM (SELECT 'edge' AS name, 'sydney' AS value UNION ALL SELECT 'region', 'au1' UNION ALL SELECT 'profile', 'sales') AS given WHERE given.name = chat_settings.name;
SELECT * FROM place;
UPDATE chat_settings SET value = NULL WHERE name = 'profile';
SELECT * FROM place;
UPDATE chat_settings SET value = NULL WHERE name = 'edge';
UPDATE chat_settings SET value = given.value FROM (SELECT 'profile' AS name, 'dev' AS value UNION ALL SELECT 'region', 'ie1') AS given WHERE given.name = chat_settings.name;
SELECT * FROM place;
UPDATE chat_settings SET value = NULL FROM (VALUES ('region'), ('profile')) AS x WHERE x.column1 = name;
SELECT * FROM place;
DROP VIEW place;

-- In a schema no more than the name of a profile.
CREATE VIRTUAL TABLE temp.wrong USING channels(profile = '');
CREATE VIRTUAL TABLE temp.wrong USING channels(profile = 'a', profile = 'b');
CREATE VIRTUAL TABLE temp.wrong USING channels(profile = 'a', api_key_secret = 'secret');
