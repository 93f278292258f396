-- environment: TWILIO_CHAT_API_VERSION=v2
-- emulator: --seed 1 --services 1 --channels 2 --users 3 --members 4 --messages 30 --write-limit 0
-- A text is compared with a number: ordinary tables turn both into numbers, or neither.
INSERT INTO users(service_sid, identity) SELECT sid, value FROM services, json_each('["1", "7", "007", "+15550001", "seven"]');
CREATE TABLE u AS SELECT * FROM users;
CREATE TABLE m AS SELECT * FROM messages;
CREATE TABLE crm(service TEXT, number INTEGER, real REAL, any, text TEXT);
INSERT INTO crm SELECT sid, n.value, n.value, n.value, t.value FROM services, json_each('[1, 7, 15550001]') AS n JOIN json_each('["1", "007", "seven"]') AS t USING (key);
INSERT INTO crm SELECT sid, NULL, NULL, x'37', 'none' FROM services;
CREATE TABLE seen AS SELECT "index", body FROM m;
-- Where SQLite says how.
SELECT identity FROM crm CROSS JOIN users ON identity = number ORDER BY 1;
SELECT identity FROM u, crm WHERE identity = number ORDER BY 1;
SELECT identity FROM users WHERE identity = 7;
SELECT count(*) = (SELECT count(*) FROM u, crm WHERE (service_sid, identity) = (service, number)), count(*) FROM users, crm WHERE (service_sid, identity) = (service, number);
SELECT identity FROM users WHERE (service_sid, identity) IN (SELECT service, text FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE (service_sid, identity) IN (SELECT service, CAST(number AS TEXT) FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE (service_sid, identity) IN (SELECT service, +number FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE (service_sid, +identity) IN (SELECT service, number FROM crm) ORDER BY 1;
SELECT identity FROM u WHERE (service_sid, identity) IN (SELECT service, number FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE (service_sid, +identity) IN (SELECT service, any FROM crm) ORDER BY 1;
SELECT identity FROM u WHERE (service_sid, identity) IN (SELECT service, any FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE (service_sid, identity) NOT IN (SELECT service, number FROM crm WHERE number > 0) AND identity IN ('7', 'seven');
SELECT count(*) FROM users WHERE (service_sid, identity) IN (SELECT service, any FROM crm WHERE typeof(any) = 'blob');
SELECT identity FROM users WHERE (service_sid, identity) IN (VALUES ('x', 7), ((SELECT sid FROM services), 7));
-- Where it does not.
SELECT identity FROM users WHERE (service_sid, identity) IN (SELECT service, number FROM crm);
SELECT identity FROM users WHERE (identity, 1) IN (SELECT real, 1 FROM crm);
SELECT identity FROM users WHERE (service_sid, identity) /* of */ -- both
IN(SELECT service, any FROM crm);
SELECT friendly_name FROM users WHERE (service_sid, friendly_name) IN (SELECT service, number FROM crm);
WITH named AS (SELECT identity AS name FROM users WHERE (service_sid, identity) IN (SELECT service, number FROM crm)) SELECT * FROM named;
CREATE TEMP VIEW numbered AS SELECT identity FROM users WHERE (service_sid, identity) IN (SELECT service, number FROM crm);
SELECT * FROM numbered;
SELECT count(*) FROM crm CROSS JOIN users ON identity = number;
CREATE TEMP VIEW "two deep" AS SELECT * FROM Numbered;
SELECT * FROM "two deep";
DROP VIEW "two deep";
DROP VIEW numbered;
SELECT count(*) FROM crm CROSS JOIN users ON identity = number;
-- One column: before 3.38 neither.
SELECT identity FROM users WHERE identity IN (SELECT number FROM crm) ORDER BY 1;
SELECT identity FROM users WHERE identity IN (SELECT any FROM crm) ORDER BY 1;
-- Nothing is deleted that ordinary tables keep.
BEGIN;
DELETE FROM users WHERE (service_sid, identity) IN (SELECT service, any FROM crm);
DELETE FROM users WHERE (service_sid, identity) IN (SELECT service, number FROM crm);
SELECT count(*) FROM chat_writes WHERE state = 'pending';
ROLLBACK;
-- A row comes once, also where the list has been read in place of look-ups.
SELECT count(*) = (SELECT count(*) FROM m WHERE ("index", body) IN (SELECT "index", body FROM seen)), count(*) > 20 FROM messages WHERE ("index", body) IN (SELECT "index", body FROM seen);
SELECT count(*) = (SELECT count(*) FROM m WHERE ("index", 1) IN (SELECT "index", 1 FROM seen)), count(*) FROM messages WHERE ("index", 1) IN (SELECT "index", 1 FROM seen);
SELECT count(*), count(DISTINCT sid) FROM users WHERE (identity, friendly_name IS NULL) IN (SELECT identity, friendly_name IS NULL FROM u);
SELECT count(*), count(DISTINCT sid) FROM members WHERE (identity, date_updated) IN (SELECT a.identity, b.date_updated FROM members AS a, members AS b);
SELECT count(*), count(DISTINCT sid) FROM channels WHERE (type, friendly_name) IN (SELECT type, friendly_name FROM channels);
