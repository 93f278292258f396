-- Lists that a statement comes back to: what has been read of them is told again without a request, and by an equality only
-- the rows that may have the value. With the setting `without`, which is no part of the contract, as if nothing were known.
.echo off
CREATE TEMP TABLE given(x);
INSERT INTO given SELECT identity FROM users ORDER BY sid LIMIT 12;
INSERT INTO given SELECT upper(identity) FROM users ORDER BY sid LIMIT 3;
INSERT INTO given SELECT identity || ' ' FROM users ORDER BY sid LIMIT 3;
INSERT INTO given VALUES (NULL), (12), (12.0), ('12'), ('12.0'), (x'616e6e'), (''), ('nobody'), ('nobody');
CREATE TEMP TABLE counts(n INTEGER);
INSERT INTO counts SELECT DISTINCT members_count FROM channels LIMIT 9;
INSERT INTO counts VALUES (NULL), (3.5), ('many'), (-1);
CREATE TEMP VIEW totals AS SELECT table_name, count(*) AS requests, count(*) - count(DISTINCT path) AS twice, sum(error IS NOT NULL) AS unused
  FROM chat_requests GROUP BY table_name;
DELETE FROM chat_requests;
.echo on

-- A join, an outer one, what has no partner, a subquery for each row, IN: each list once.
SELECT count(*), count(u.sid) FROM messages AS m LEFT JOIN users AS u ON u.identity = m."from";
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*), group_concat(x, '|') FROM given WHERE NOT EXISTS (SELECT 1 FROM users AS u WHERE u.identity = given.x);
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT quote(x), (SELECT count(*) FROM users AS u WHERE u.identity = given.x) AS users FROM given ORDER BY typeof(x), x;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM given WHERE x IN (SELECT identity FROM users AS u WHERE u.identity = given.x);
SELECT * FROM totals; DELETE FROM chat_requests;
-- Other collations find what they mean.
SELECT quote(x), (SELECT count(*) FROM users AS u WHERE u.identity = given.x COLLATE NOCASE) AS users FROM given ORDER BY typeof(x), x;
SELECT quote(x), (SELECT count(*) FROM users AS u WHERE u.identity = given.x COLLATE RTRIM) AS users FROM given ORDER BY typeof(x), x;
DELETE FROM chat_requests;
-- Numbers.
SELECT quote(n), (SELECT count(*) FROM channels AS c WHERE c.members_count = counts.n) AS channels FROM counts ORDER BY typeof(n), n;
SELECT * FROM totals; DELETE FROM chat_requests;
-- What the list hides is looked for as before: it equals what its own resource has.
SELECT count(*) FROM channels AS a JOIN channels AS b ON b.attributes = a.attributes AND b.unique_name = a.unique_name;
DELETE FROM chat_requests;
-- Whoever ends at its first row leaves the rest for later, or for nobody.
UPDATE chat_settings SET value = 5 WHERE name = 'page_size';
SELECT count(*) FROM given WHERE EXISTS (SELECT 1 FROM users AS u WHERE u.identity > '' OR given.x IS NULL);
SELECT table_name, count(*) < 12 AS few, count(*) - count(DISTINCT path) AS twice FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;

-- The same answers, and as many requests, without what is new.
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
UPDATE chat_settings SET value = 'recall' WHERE name = 'without';
SELECT count(*), count(u.sid) FROM messages AS m LEFT JOIN users AS u ON u.identity = m."from";
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*), group_concat(x, '|') FROM given WHERE NOT EXISTS (SELECT 1 FROM users AS u WHERE u.identity = given.x);
SELECT quote(x), (SELECT count(*) FROM users AS u WHERE u.identity = given.x) AS users FROM given ORDER BY typeof(x), x;
SELECT quote(n), (SELECT count(*) FROM channels AS c WHERE c.members_count = counts.n) AS channels FROM counts ORDER BY typeof(n), n;
