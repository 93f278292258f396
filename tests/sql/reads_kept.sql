-- A loop's way to a list that has been read whole is kept for its next scans: whatever values these come with, they find what ordinary tables have.
-- emulator: --seed 3 --services 2 --channels 120 --users 24 --members 360 --messages 480 --spread even --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
CREATE TEMP TABLE users_copy AS SELECT * FROM users;
CREATE TEMP TABLE members_copy AS SELECT * FROM members;
CREATE TEMP TABLE messages_copy AS SELECT * FROM messages;
-- Values of all kinds, in both services and in none, in an order that goes from one to the other and comes back.
CREATE TEMP TABLE odd (value);
INSERT INTO odd SELECT identity FROM users_copy UNION ALL VALUES (NULL), (0), (7), (7.0), (7.5), ('7'), (' 7'), (''), ('NOBODY'), (x'61'), (-1), (1e300), (NULL), ('USERS');
INSERT INTO odd SELECT CAST(identity AS BLOB) FROM users_copy LIMIT 3;
INSERT INTO odd SELECT upper(identity) FROM users_copy LIMIT 3;
CREATE TEMP TABLE places AS SELECT DISTINCT service_sid, channel_sid FROM messages_copy;
INSERT INTO places VALUES (NULL, NULL), (7, 7), ('IS', 'CH'), ((SELECT max(service_sid) FROM users_copy), (SELECT min(channel_sid) FROM messages_copy));
CREATE TEMP TABLE asked AS SELECT row_number() OVER (ORDER BY o.rowid / 7, p.rowid, o.rowid) AS id, p.*, o.value FROM places AS p, odd AS o;
DELETE FROM chat_requests;
.echo on

SELECT count(*) > 500 AS many, sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM users AS u WHERE u.service_sid = a.service_sid AND u.identity = a.value) AS n,
  (SELECT count(*) FROM users_copy AS u WHERE u.service_sid = a.service_sid AND u.identity = a.value) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM users AS u WHERE u.identity = a.value) AS n,
  (SELECT count(*) FROM users_copy AS u WHERE u.identity = a.value) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM members AS e WHERE e.channel_sid = a.channel_sid AND e.identity IS a.value) AS n,
  (SELECT count(*) FROM members_copy AS e WHERE e.channel_sid = a.channel_sid AND e.identity IS a.value) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM members AS e WHERE e.channel_sid IS a.channel_sid AND e.identity IN (a.value, 'x', (SELECT min(identity) FROM users_copy))) AS n,
  (SELECT count(*) FROM members_copy AS e WHERE e.channel_sid IS a.channel_sid AND e.identity IN (a.value, 'x', (SELECT min(identity) FROM users_copy))) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT group_concat(m."index") FROM messages AS m WHERE m.channel_sid = a.channel_sid AND m."index" = a.value) AS n,
  (SELECT group_concat(m."index") FROM messages_copy AS m WHERE m.channel_sid = a.channel_sid AND m."index" = a.value) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM messages AS m WHERE m.channel_sid = a.channel_sid AND m."index" > a.value AND m."from" <> a.value) AS n,
  (SELECT count(*) FROM messages_copy AS m WHERE m.channel_sid = a.channel_sid AND m."index" > a.value AND m."from" <> a.value) AS m FROM asked AS a);
-- In an order, and with a LIMIT.
SELECT sum(n IS NOT NULL) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT m."index" FROM messages AS m WHERE m.service_sid = a.service_sid AND m.channel_sid = a.channel_sid AND m."from" = a.value ORDER BY m."index" DESC LIMIT 1) AS n,
  (SELECT m."index" FROM messages_copy AS m WHERE m.service_sid = a.service_sid AND m.channel_sid = a.channel_sid AND m."from" = a.value ORDER BY m."index" DESC LIMIT 1) AS m FROM asked AS a);
-- By joins, row for row.
SELECT (SELECT count(*) FROM asked AS a LEFT JOIN users AS u ON u.service_sid = a.service_sid AND u.identity = a.value) =
  (SELECT count(*) FROM asked AS a LEFT JOIN users_copy AS u ON u.service_sid = a.service_sid AND u.identity = a.value) AS same;
SELECT count(*) AS other FROM (SELECT a.id, u.sid FROM asked AS a LEFT JOIN users AS u ON u.service_sid = a.service_sid AND u.identity = a.value
  EXCEPT SELECT a.id, u.sid FROM asked AS a LEFT JOIN users_copy AS u ON u.service_sid = a.service_sid AND u.identity = a.value);
SELECT count(*) AS other FROM (SELECT a.id, e.sid FROM asked AS a CROSS JOIN members AS e ON e.service_sid = a.service_sid AND e.channel_sid = a.channel_sid AND e.identity = a.value
  EXCEPT SELECT a.id, e.sid FROM asked AS a CROSS JOIN members_copy AS e ON e.service_sid = a.service_sid AND e.channel_sid = a.channel_sid AND e.identity = a.value);
-- With a pair of values, of which SQLite before 3.38 checks nothing more where the plan takes it.
SELECT count(*) AS other FROM (SELECT a.id, e.sid FROM asked AS a CROSS JOIN members AS e WHERE typeof(a.value) = 'text' AND e.channel_sid = a.channel_sid AND (e.service_sid, e.identity) IN (SELECT a.service_sid, a.value)
  EXCEPT SELECT a.id, e.sid FROM asked AS a CROSS JOIN members_copy AS e WHERE typeof(a.value) = 'text' AND e.channel_sid = a.channel_sid AND (e.service_sid, e.identity) IN (SELECT a.service_sid, a.value));
