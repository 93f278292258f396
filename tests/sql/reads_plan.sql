-- What the planner makes of queries, in the manner of SQLite's own test_bestindex: which table is the outer loop, which way of
-- reaching a row is chosen, whether rows come in order, and where one row at most is known. Nothing is asked for.
EXPLAIN QUERY PLAN SELECT body FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
EXPLAIN QUERY PLAN SELECT body FROM messages AS m JOIN channels AS c ON m.channel_sid = c.sid;
EXPLAIN QUERY PLAN SELECT body FROM messages AS m JOIN channels AS c ON m.channel_sid = c.sid AND m.service_sid = c.service_sid;
EXPLAIN QUERY PLAN SELECT m.identity FROM members AS m JOIN channels AS c ON m.channel_sid = c.sid WHERE c.type = 'private';
EXPLAIN QUERY PLAN SELECT i.identity FROM invites AS i JOIN channels AS c ON i.channel_sid = c.sid WHERE c.unique_name = 'x' AND c.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT uc.status FROM user_channels AS uc JOIN users AS u ON uc.user_sid = u.sid;
EXPLAIN QUERY PLAN SELECT c.sid FROM channels AS c JOIN services AS s ON c.service_sid = s.sid;
EXPLAIN QUERY PLAN SELECT m.sid FROM messages AS m JOIN services AS s ON m.service_sid = s.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS m, channels AS c, services AS s WHERE m.channel_sid = c.sid AND c.service_sid = s.sid AND m.service_sid = s.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM user_channels AS uc, users AS u, services AS s WHERE uc.user_sid = u.sid AND u.service_sid = s.sid AND uc.service_sid = s.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid JOIN messages AS x ON x.channel_sid = c.sid;

-- The way round that the query gives a start for.
EXPLAIN QUERY PLAN SELECT c.friendly_name, m.body FROM messages AS m JOIN channels AS c ON c.sid = m.channel_sid AND c.service_sid = m.service_sid WHERE m.service_sid = 'IS1' AND m.channel_sid = 'CH1';
EXPLAIN QUERY PLAN SELECT c.friendly_name, m.body FROM messages AS m JOIN channels AS c ON c.sid = m.channel_sid WHERE c.sid = 'CH1' AND c.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT c.friendly_name FROM user_channels AS uc JOIN channels AS c ON c.sid = uc.channel_sid AND c.service_sid = uc.service_sid WHERE uc.user_sid = 'US1' AND uc.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT u.friendly_name FROM members AS m JOIN users AS u ON u.identity = m.identity AND u.service_sid = m.service_sid WHERE m.channel_sid = 'CH1' AND m.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT r.friendly_name FROM members AS m JOIN roles AS r ON r.sid = m.role_sid AND r.service_sid = m.service_sid WHERE m.channel_sid = 'CH1' AND m.service_sid = 'IS1';

-- LEFT JOIN keeps its order; so does CROSS JOIN.
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c LEFT JOIN messages AS m ON m.channel_sid = c.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS m LEFT JOIN channels AS c ON c.sid = m.channel_sid AND c.service_sid = m.service_sid WHERE m.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS m CROSS JOIN channels AS c ON c.sid = m.channel_sid;

-- A local table is the outer loop of a few lookups, or its values are one IN list.
CREATE TEMP TABLE note (channel_sid TEXT PRIMARY KEY, text TEXT);
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c JOIN note ON note.channel_sid = c.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS m JOIN note ON note.channel_sid = m.channel_sid WHERE m.service_sid = 'IS1';
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS m WHERE m.service_sid = 'IS1' AND m.channel_sid IN (SELECT channel_sid FROM note);
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE sid IN (SELECT channel_sid FROM note);

-- Correlated subqueries.
EXPLAIN QUERY PLAN SELECT (SELECT count(*) FROM messages AS m WHERE m.channel_sid = c.sid) FROM channels AS c;
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c WHERE EXISTS (SELECT 1 FROM members AS m WHERE m.channel_sid = c.sid AND m.identity = 'ann');
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c WHERE c.sid IN (SELECT channel_sid FROM members WHERE identity = 'ann');

-- Which of several ways: path before sid before name before a list; = before IN.
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid = 'IS1' AND sid = 'CH1' AND path = '/Services/IS1/Channels/CH1' AND unique_name = 'x' AND type = 'public';
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid = 'IS1' AND sid = 'CH1' AND unique_name = 'x' AND type = 'public';
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid = 'IS1' AND unique_name = 'x' AND type = 'public';
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid = 'IS1' AND sid IN ('CH1', 'CH2') AND sid = 'CH1';
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid IN ('IS1', 'IS2') AND type IN ('public', 'private');
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND sid = 'IM1';
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE sid = 'IM1';

-- The order of one channel is the server's; no sorter.
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE service_sid = 'IS1' AND channel_sid = 'CH1' ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE service_sid = 'IS1' AND channel_sid = 'CH1' ORDER BY "index" DESC LIMIT 10;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' ORDER BY channel_sid, "index" DESC, sid;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" < 10 ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" > 10 ORDER BY "index" DESC;
EXPLAIN QUERY PLAN SELECT max("index") FROM messages WHERE channel_sid = 'CH1';
EXPLAIN QUERY PLAN SELECT min("index") FROM messages WHERE channel_sid = 'CH1';
-- ... a bound at the end where the order begins is nearer to the other end: SQLite sorts the few rows beyond it
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" > 10 ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" < 10 ORDER BY "index" DESC;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" BETWEEN 5 AND 10 ORDER BY "index";
-- ... over several channels, by another column, with single fetches: SQLite sorts
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE service_sid = 'IS1' ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid IN ('CH1', 'CH2') ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' ORDER BY date_created;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND sid IN ('IM1', 'IM2') ORDER BY "index";
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid ORDER BY m."index";
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' ORDER BY "index" COLLATE NOCASE DESC;

-- One row at most: nothing to sort.
EXPLAIN QUERY PLAN SELECT body FROM messages WHERE path = '/Services/IS1/Channels/CH1/Messages/IM1' ORDER BY body;
EXPLAIN QUERY PLAN SELECT body FROM messages WHERE service_sid = 'IS1' AND channel_sid = 'CH1' AND sid = 'IM1' ORDER BY body;
EXPLAIN QUERY PLAN SELECT sid FROM channels WHERE sid = 'CH1' ORDER BY friendly_name;
-- ... IN, a name, a parent, and a key that this version can only list are no such promise
EXPLAIN QUERY PLAN SELECT sid FROM channels WHERE sid IN ('CH1', 'CH2') ORDER BY friendly_name;
EXPLAIN QUERY PLAN SELECT sid FROM channels WHERE unique_name = 'x' ORDER BY friendly_name;
EXPLAIN QUERY PLAN SELECT DISTINCT body FROM messages WHERE channel_sid = 'CH1';
EXPLAIN QUERY PLAN SELECT status FROM user_channels WHERE service_sid = 'IS1' AND user_sid = 'US1' AND channel_sid = 'CH1' ORDER BY status;
-- ... and the primary key makes every row of a whole table distinct
EXPLAIN QUERY PLAN SELECT DISTINCT path FROM messages WHERE channel_sid = 'CH1';

-- LIMIT is told to the server where it sees to all the rest.
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' LIMIT 5 OFFSET 3;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND body = 'x' LIMIT 5;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' ORDER BY body LIMIT 5;
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid LIMIT 5;
EXPLAIN QUERY PLAN SELECT DISTINCT body FROM messages WHERE channel_sid = 'CH1' LIMIT 5;
EXPLAIN QUERY PLAN SELECT body, count(*) FROM messages WHERE channel_sid = 'CH1' GROUP BY body LIMIT 5;

-- Ranges.
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" = 5;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" >= 5 AND "index" < 9;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' AND "index" IN (5, 6);
EXPLAIN QUERY PLAN SELECT 1 FROM messages AS a JOIN messages AS b ON b.channel_sid = a.channel_sid AND b."index" = a."index" + 1 WHERE a.channel_sid = 'CH1';

-- Filters, what lists hide, and what is left to SQLite.
EXPLAIN QUERY PLAN SELECT attributes FROM members WHERE channel_sid = 'CH1' AND identity IN ('ann', 'bob');
EXPLAIN QUERY PLAN SELECT attributes FROM messages WHERE channel_sid = 'CH1';
EXPLAIN QUERY PLAN SELECT attributes FROM channels WHERE service_sid = 'IS1' AND sid = 'CH1';
EXPLAIN QUERY PLAN SELECT 1 FROM channels WHERE service_sid = 'IS1' AND friendly_name = 'x' AND created_by > 'a' AND unique_name LIKE 'g%';

-- A configured service.
UPDATE chat_settings SET value = 'IS00000000000000000000000000000001' WHERE name = 'service_sid';
EXPLAIN QUERY PLAN SELECT 1 FROM services;
EXPLAIN QUERY PLAN SELECT 1 FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE channel_sid = 'CH1' ORDER BY "index" DESC;
SELECT count(*) FROM chat_requests;
