-- Terms that SQLite leaves to us: what is given is what ordinary tables give, whatever is compared, in every kind of scan and of join.
-- emulator: --seed 3 --services 2 --channels 12 --users 8 --members 40 --messages 240 --spread even --write-limit 0
.echo off
CREATE TEMP TABLE members_copy AS SELECT * FROM members;
CREATE TEMP TABLE messages_copy AS SELECT * FROM messages;
CREATE TEMP TABLE odd (t TEXT, i INTEGER, r REAL, b BLOB);
WITH given(value) AS (VALUES (NULL), (0), (3), (7), (7.0), (6.5), (7.5), ('7'), (' 7 '), ('7.0'), ('7x'), (''), ('abc'), (x''), (x'37'), (-1), (1e300), (-1e300),
  (9223372036854775807), (9223372036854775808), ('9223372036854775808'), (-9223372036854775808))
INSERT INTO odd SELECT value, value, value, value FROM given;
CREATE TEMP TABLE places AS SELECT DISTINCT service_sid, channel_sid FROM messages_copy ORDER BY 1, 2 LIMIT 3;
INSERT INTO places SELECT max(service_sid), (SELECT min(channel_sid) FROM messages_copy) FROM messages_copy;
INSERT INTO places VALUES (NULL, NULL), (7, 7), (x'00', 'CH'), (lower('IS1'), upper('ch1'));
CREATE TEMP TABLE paths AS SELECT service_sid, channel_sid, "index", path FROM messages;
-- Each question is asked of the service's tables and of their copies: answers that differ.
CREATE TEMP VIEW asked AS SELECT p.rowid AS place, p.*, o.rowid AS number, o.* FROM places AS p, odd AS o;
.echo on

SELECT count(*) AS asked, sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM messages AS x WHERE x.service_sid = a.service_sid AND x.channel_sid = a.channel_sid AND x."index" > a.b) AS n,
  (SELECT count(*) FROM messages_copy AS x WHERE x.service_sid = a.service_sid AND x.channel_sid = a.channel_sid AND x."index" > a.b) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT sum(x."index" * x."index") FROM messages AS x WHERE x.channel_sid = a.channel_sid AND x."index" <= a.t AND x."index" >= a.r - 3) AS n,
  (SELECT sum(x."index" * x."index") FROM messages_copy AS x WHERE x.channel_sid = a.channel_sid AND x."index" <= a.t AND x."index" >= a.r - 3) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM messages AS x WHERE x.channel_sid = a.channel_sid AND (x."index" = a.b OR x."index" = a.i OR x."index" < a.r AND x.service_sid = a.service_sid)) AS n,
  (SELECT count(*) FROM messages_copy AS x WHERE x.channel_sid = a.channel_sid AND (x."index" = a.b OR x."index" = a.i OR x."index" < a.r AND x.service_sid = a.service_sid)) AS m FROM asked AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT sum(x."index") FROM messages AS x WHERE (x.channel_sid, x."index") IN (SELECT p.channel_sid, a.b FROM places AS p)) AS n,
  (SELECT sum(x."index") FROM messages_copy AS x WHERE (x.channel_sid, x."index") IN (SELECT p.channel_sid, a.b FROM places AS p)) AS m FROM (SELECT * FROM odd) AS a);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT sum(x."index") FROM messages AS x WHERE x.channel_sid = a.channel_sid AND (x."index", x.sid) > (a.b, 'IM8')) AS n,
  (SELECT sum(x."index") FROM messages_copy AS x WHERE x.channel_sid = a.channel_sid AND (x."index", x.sid) > (a.b, 'IM8')) AS m FROM asked AS a);

-- Rows that are found by their paths, in lists under several parents.
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM messages AS x WHERE x.path IN (SELECT path FROM paths WHERE "index" < 4) AND x.service_sid = p.service_sid AND x."index" > 1.5) AS n,
  (SELECT count(*) FROM paths AS x WHERE x."index" < 4 AND x.service_sid = p.service_sid AND x."index" > 1.5) AS m FROM places AS p);
SELECT sum(n) > 0 AS some, sum(n IS NOT m) AS other FROM (SELECT
  (SELECT count(*) FROM messages AS x WHERE x.path = q.path AND x.channel_sid = p.channel_sid AND x."index" = '3') AS n,
  (SELECT count(*) FROM paths AS x WHERE x.path = q.path AND x.channel_sid = p.channel_sid AND x."index" = '3') AS m FROM places AS p, (SELECT path FROM paths WHERE "index" IN (3, 4)) AS q);

-- Joins: a term in ON is about the join, one in WHERE about its rows.
SELECT count(*) > 0 AS some FROM asked AS a LEFT JOIN messages AS x ON x.channel_sid = a.channel_sid AND x."index" > a.t;
SELECT a.place, a.number, x.sid FROM asked AS a LEFT JOIN messages AS x ON x.channel_sid = a.channel_sid AND x."index" > a.t
EXCEPT SELECT a.place, a.number, x.sid FROM asked AS a LEFT JOIN messages_copy AS x ON x.channel_sid = a.channel_sid AND x."index" > a.t;
SELECT a.place, a.number, x.sid FROM asked AS a LEFT JOIN messages_copy AS x ON x.channel_sid = a.channel_sid AND x."index" > a.t
EXCEPT SELECT a.place, a.number, x.sid FROM asked AS a LEFT JOIN messages AS x ON x.channel_sid = a.channel_sid AND x."index" > a.t;
SELECT count(*) FROM places AS p LEFT JOIN messages AS x ON x.channel_sid = p.channel_sid WHERE x."index" > 3 AND x.service_sid = p.service_sid;
SELECT count(*) FROM places AS p LEFT JOIN messages_copy AS x ON x.channel_sid = p.channel_sid WHERE x."index" > 3 AND x.service_sid = p.service_sid;
SELECT count(*), count(x.sid), count(p.rowid) FROM places AS p RIGHT JOIN messages AS x ON x.channel_sid = p.channel_sid AND x."index" > 3 WHERE x."index" < 9;
SELECT count(*), count(x.sid), count(p.rowid) FROM places AS p RIGHT JOIN messages_copy AS x ON x.channel_sid = p.channel_sid AND x."index" > 3 WHERE x."index" < 9;
SELECT count(*), count(x.sid), count(p.rowid) FROM messages AS x RIGHT JOIN places AS p ON x.channel_sid = p.channel_sid AND x."index" BETWEEN 2 AND '5';
SELECT count(*), count(x.sid), count(p.rowid) FROM messages_copy AS x RIGHT JOIN places AS p ON x.channel_sid = p.channel_sid AND x."index" BETWEEN 2 AND '5';
SELECT count(*), count(x.sid), count(p.rowid) FROM places AS p FULL JOIN messages AS x ON x.channel_sid = p.channel_sid AND x."index" > 3 AND x.service_sid = p.service_sid;
SELECT count(*), count(x.sid), count(p.rowid) FROM places AS p FULL JOIN messages_copy AS x ON x.channel_sid = p.channel_sid AND x."index" > 3 AND x.service_sid = p.service_sid;
SELECT count(*), count(e.sid) FROM messages AS x JOIN messages AS y ON y.channel_sid = x.channel_sid AND y."index" > x."index" LEFT JOIN members AS e ON e.channel_sid = y.channel_sid AND e.identity = y."from" WHERE x."index" = 3 AND y."index" < 7;
SELECT count(*), count(e.sid) FROM messages_copy AS x JOIN messages_copy AS y ON y.channel_sid = x.channel_sid AND y."index" > x."index" LEFT JOIN members_copy AS e ON e.channel_sid = y.channel_sid AND e.identity = y."from" WHERE x."index" = 3 AND y."index" < 7;

-- LIMIT and OFFSET count the rows that meet all terms.
SELECT "index" FROM messages WHERE channel_sid = (SELECT channel_sid FROM places WHERE rowid = 1) AND "index" > '3' ORDER BY "index" LIMIT 2 OFFSET 1;
SELECT "index" FROM messages WHERE channel_sid = (SELECT channel_sid FROM places WHERE rowid = 1) AND "index" < 'a' AND "index" >= 5.5 ORDER BY "index" DESC LIMIT 1 OFFSET 2;
SELECT "index" FROM messages WHERE channel_sid = (SELECT channel_sid FROM places WHERE rowid = 1) AND "index" > x'00' LIMIT 2 OFFSET 1;
SELECT p.rowid, (SELECT x."index" FROM messages AS x WHERE x.channel_sid = p.channel_sid AND x.service_sid = p.service_sid AND x."index" > 4.5 ORDER BY x."index" LIMIT 1 OFFSET 1) AS "index" FROM places AS p;

-- What is omitted is not read: in the loop over messages no column of theirs is.
CREATE TEMP TABLE explained (opcode);
.once SCRATCH/explained
EXPLAIN SELECT (SELECT count(*) FROM messages AS x WHERE x.service_sid = p.service_sid AND x.channel_sid = p.channel_sid AND x."index" > p.rowid) FROM places AS p;
.import -csv SCRATCH/explained explained
SELECT sum(opcode LIKE '%VFilter%') AS scans, sum(opcode LIKE '%VColumn%') AS columns FROM explained;
UPDATE chat_settings SET value = 'omit' WHERE name = 'without';
DELETE FROM explained;
.once SCRATCH/explained
EXPLAIN SELECT (SELECT count(*) FROM messages AS x WHERE x.service_sid = p.service_sid AND x.channel_sid = p.channel_sid AND x."index" > p.rowid) FROM places AS p;
.import -csv SCRATCH/explained explained
SELECT sum(opcode LIKE '%VFilter%') AS scans, sum(opcode LIKE '%VColumn%') AS columns FROM explained;

-- IS NOT DISTINCT FROM asks as IS does: for the one list.
DELETE FROM chat_requests;
SELECT count(*) > 0 FROM messages AS x WHERE x.service_sid IS NOT DISTINCT FROM (SELECT service_sid FROM places LIMIT 1) AND x.channel_sid IS NOT DISTINCT FROM (SELECT channel_sid FROM places LIMIT 1);
SELECT count(*), max(path LIKE '%/Channels/CH%/Messages?%') FROM chat_requests;
