-- Lists that a statement comes back to and that do not fit in memory_limit_mb: each page is asked for once all the same, and an
-- equality finds its rows by an index.
-- emulator: --seed 1 --services 1 --channels 3 --users 8000 --members 30 --messages 2500 --spread even --write-limit 0
.echo off
UPDATE chat_settings SET value = 1 WHERE name = 'memory_limit_mb';
UPDATE chat_settings SET value = 500 WHERE name = 'page_size';
CREATE TEMP TABLE six(x);
INSERT INTO six SELECT identity FROM users WHERE identity LIKE '%7' ORDER BY sid LIMIT 3;
INSERT INTO six VALUES (NULL), (5), ('nobody');
CREATE TEMP TABLE copy AS SELECT sid, identity, friendly_name, date_created, role_sid FROM users;
CREATE TEMP VIEW totals AS SELECT table_name, count(*) AS requests, count(*) - count(DISTINCT path) AS twice, sum(error IS NOT NULL) AS unused
  FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.echo on

-- Six rows outside, and inside an index by identity, by another column, by none.
SELECT count(*), sum(length(u.friendly_name)) = (SELECT sum(length(friendly_name)) FROM copy JOIN six ON identity = x) AS same FROM six CROSS JOIN users AS u ON u.identity = six.x;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM six CROSS JOIN users AS u ON u.friendly_name = six.x;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) = 6 * (SELECT count(*) FROM copy) AS all_rows, count(DISTINCT u.sid) = (SELECT count(*) FROM copy) AS each,
  sum(length(u.sid || u.identity || u.friendly_name || u.date_created)) = 6 * (SELECT sum(length(sid || identity || friendly_name || date_created)) FROM copy) AS same FROM six CROSS JOIN users AS u;
SELECT * FROM totals; DELETE FROM chat_requests;
-- Each row of the list, for each row of another one that does not fit, either: what equals it in the list itself.
SELECT count(*), count(DISTINCT a.sid) FROM users AS a CROSS JOIN users AS b ON b.identity = a.identity AND b.role_sid = a.role_sid;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) > 0 AS any, count(*) = count(u.sid) AS each FROM messages AS m LEFT JOIN users AS u ON u.identity = m."from";
SELECT table_name, twice FROM totals; DELETE FROM chat_requests;
-- Whoever ends early leaves the rest for later.
SELECT count(*) FROM copy WHERE rowid <= 3000 AND EXISTS (SELECT 1 FROM users AS u WHERE u.identity = copy.identity);
SELECT table_name, requests < 17 AS few, twice FROM totals; DELETE FROM chat_requests;
SELECT x, (SELECT count(*) FROM users AS u WHERE u.identity > six.x) = (SELECT count(*) FROM copy WHERE identity > six.x) AS same FROM six;
SELECT * FROM totals; DELETE FROM chat_requests;
-- Single resources, for each row of a list that has filled memory: what lists hide.
UPDATE chat_settings SET value = 50 WHERE name = 'page_size';
SELECT count(*), sum(n) FROM (SELECT (SELECT count(*) FROM channels AS c WHERE c.attributes <> u.identity) AS n FROM users AS u WHERE +u.sid IN (SELECT sid FROM copy WHERE rowid > 7900));
SELECT * FROM totals; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 500 WHERE name = 'page_size';
-- In the order of the list, twice in one statement.
SELECT count(*) FROM (SELECT sid, row_number() OVER () AS n FROM users UNION SELECT sid, row_number() OVER () FROM users);
SELECT * FROM totals; DELETE FROM chat_requests;
-- Nothing of it is in the user's file, and nothing is left for the next statement.
SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp');
SELECT count(*) FROM six CROSS JOIN users AS u ON u.identity = six.x;
SELECT * FROM totals; DELETE FROM chat_requests;

-- Without the file: the same answers, for more requests.
UPDATE chat_settings SET value = 'spill' WHERE name = 'without';
SELECT count(*) FROM six CROSS JOIN users AS u ON u.identity = six.x;
SELECT table_name, twice > 0 AS twice FROM totals; DELETE FROM chat_requests;
