-- What is looked up in the lists of several services at once: with a few values what is free is used up. From then on as many pages are
-- read beside, side by side, as look-ups have cost. Only requests are counted, and which of them waited for which.
-- emulator: --seed 5 --services 2 --channels 36 --users 80 --members 400 --messages 0 --invites 0 --private 100 --write-limit 0
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
CREATE TEMP TABLE persons AS SELECT service_sid, identity FROM users;
CREATE TEMP TABLE many AS SELECT identity FROM persons GROUP BY 1 ORDER BY identity LIMIT 30;
CREATE TEMP TABLE two AS SELECT identity FROM many LIMIT 2;
CREATE TEMP TABLE four AS SELECT identity FROM many LIMIT 4;
CREATE TEMP TABLE pages AS SELECT sum(n) AS n FROM (SELECT (count(*) + 9) / 10 AS n FROM persons GROUP BY service_sid);
CREATE TEMP VIEW asked AS SELECT count(*) FILTER (WHERE purpose = 'look-up') AS looked_up, count(*) FILTER (WHERE path LIKE '%/Users?%') AS pages, count(*) - count(DISTINCT path) AS twice
  FROM chat_requests WHERE table_name = 'users';
-- Was the first page of each service's list asked for before that of the other had come?
CREATE TEMP VIEW side AS SELECT max(julianday(started_at)) < min(julianday(started_at) + duration_ms / 86400000.0) AS by_side FROM chat_requests
  WHERE table_name = 'users' AND path LIKE '%/Users?PageSize=10';
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=30
.echo on

-- Two people, of whom nothing says in which service they are.
SELECT count(*) > 0 FROM two AS p LEFT JOIN users AS u ON u.identity = p.identity;
SELECT * FROM asked; DELETE FROM chat_requests;
-- Four: no more pages than look-ups.
SELECT count(*) > 0 FROM four AS p LEFT JOIN users AS u ON u.identity = p.identity;
SELECT looked_up, pages > 0 AND pages <= looked_up AS some_pages, twice FROM asked; SELECT * FROM side; DELETE FROM chat_requests;
-- Where the first rows may be all, none.
SELECT count(*) > 0 FROM (SELECT u.sid FROM four AS p CROSS JOIN users AS u ON u.identity = p.identity LIMIT 100);
SELECT * FROM asked; DELETE FROM chat_requests;
-- Many: all is read, and looked up in the meantime.
SELECT count(*) FROM many AS p CROSS JOIN users AS u ON u.identity = p.identity;
SELECT looked_up <= 14 AS few, a.pages = p.n AS whole, twice FROM asked AS a, pages AS p; SELECT * FROM side; DELETE FROM chat_requests;
SELECT count(*) FROM many AS p JOIN persons AS u ON u.identity = p.identity;
-- Of lists of which no count tells how long they are: once the second person has had one service's read, those of the other in which the first one
-- was looked up are read beside, before the third one leads there.
.echo off
.shell tests/sql/control EMULATOR_URL latency ms=0
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
CREATE TEMP TABLE ranked AS SELECT row_number() OVER () AS number, sid FROM conversation_services;
CREATE TEMP TABLE held AS SELECT number, identity FROM conversation_users AS u JOIN ranked AS r ON r.sid = u.chat_service_sid;
CREATE TEMP TABLE inside AS SELECT chat_service_sid, identity FROM participants;
CREATE TEMP TABLE three(identity);
INSERT INTO three SELECT identity FROM held GROUP BY 1 HAVING count(*) = 2 ORDER BY 1 LIMIT 1;
INSERT INTO three SELECT identity FROM held GROUP BY 1 HAVING min(number) = 2 ORDER BY 1 LIMIT 1;
INSERT INTO three SELECT identity FROM held GROUP BY 1 HAVING count(*) = 2 ORDER BY 1 DESC LIMIT 1;
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=30
.echo on
SELECT count(*), count(e.sid) FROM three AS p CROSS JOIN conversation_users AS u ON u.identity = p.identity
  LEFT JOIN participants AS e ON e.identity = u.identity AND e.chat_service_sid = u.chat_service_sid;
SELECT (SELECT min(started_at) FROM chat_requests JOIN ranked ON number = 1 AND path LIKE '%' || sid || '%' WHERE table_name = 'participants' AND purpose = 'instead of look-ups')
  < (SELECT max(started_at) FROM chat_requests WHERE table_name = 'conversation_users') AS before_the_third, count(*) - count(DISTINCT path) AS twice FROM chat_requests;
SELECT count(*), count(i.identity) FROM three AS p JOIN held AS h ON h.identity = p.identity JOIN ranked ON ranked.number = h.number
  LEFT JOIN inside AS i ON i.identity = p.identity AND i.chat_service_sid = ranked.sid;
