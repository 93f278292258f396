-- One's own list of a few among very many: of their parents' lists a page is read, and one more for each eight of them; lists under
-- others are not asked for in vain.
-- emulator: --seed 1 --services 1 --channels 1000 --users 0 --members 1000 --messages 0 --write-limit 0
.echo off
CREATE TEMP TABLE here AS SELECT sid, service_sid, row_number() OVER () AS n FROM channels;
UPDATE chat_settings SET value = '100' WHERE name = 'page_size';
.echo on
CREATE TEMP VIEW asked AS
SELECT (SELECT count(*) FROM chat_requests WHERE table_name = 'members') AS members, (SELECT count(*) FROM chat_requests WHERE table_name = 'channels') <= 1 + 30 / 8 AS few_pages;
DELETE FROM chat_requests;

-- Three: nothing else.
SELECT count(*) > 0 FROM (SELECT * FROM here ORDER BY sid LIMIT 3) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT table_name, count(*) FROM chat_requests GROUP BY 1; DELETE FROM chat_requests;
-- Thirty: in no order, by SIDs from somewhere, in the list's order with others between them.
SELECT count(DISTINCT f.sid) FROM (SELECT * FROM here ORDER BY substr(sid, 12) LIMIT 30) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT members BETWEEN 30 AND 38 AS members, few_pages FROM asked; DELETE FROM chat_requests;
SELECT count(DISTINCT f.sid) FROM (SELECT * FROM (SELECT * FROM here ORDER BY substr(sid, 12) LIMIT 30) ORDER BY sid LIMIT 30) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT members BETWEEN 30 AND 38 AS members, few_pages FROM asked; DELETE FROM chat_requests;
SELECT count(DISTINCT f.sid) FROM (SELECT * FROM here WHERE n % 33 = 0 LIMIT 30) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT members BETWEEN 30 AND 38 AS members, few_pages FROM asked; DELETE FROM chat_requests;
-- Sixty beside each other: no more ahead than may run at once, and as many again.
SELECT count(DISTINCT f.sid) FROM (SELECT * FROM here ORDER BY n LIMIT 60) AS f LEFT JOIN members AS e ON e.channel_sid = f.sid AND e.service_sid = f.service_sid;
SELECT members BETWEEN 60 AND 60 + 32 AS members, few_pages FROM asked; DELETE FROM chat_requests;
