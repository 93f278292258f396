-- An INSERT whose first rows read nothing of ours sees the own tables as they were when it began, not its own rows, nor what they
-- have taken the place of.
CREATE TEMP TABLE s AS SELECT sid FROM services ORDER BY sid LIMIT 1;
CREATE TEMP TABLE numbers AS WITH n(i) AS (VALUES (1), (2), (3)) SELECT i FROM n;
INSERT INTO users(service_sid, identity) VALUES ((SELECT sid FROM s), 'late before');
INSERT INTO users(service_sid, identity, friendly_name) VALUES ((SELECT sid FROM s), 'late 1', 'first'), ((SELECT sid FROM s), 'late 2', (SELECT group_concat(body) FROM chat_writes)),
  ((SELECT sid FROM s), 'late 3', (SELECT count(*) FROM chat_writes WHERE body NOT LIKE '%before')), ((SELECT sid FROM s), 'late 4', (SELECT count(*) FROM chat_requests WHERE method = 'POST'));
SELECT state, body FROM chat_writes;

-- One after another in a transaction; the same statement again; and in a view.
CREATE TEMP VIEW so_far AS SELECT group_concat(replace(body, 'Identity=', ''), ';') AS text FROM (SELECT body FROM chat_writes WHERE state = 'pending' ORDER BY seq);
BEGIN;
INSERT INTO users(service_sid, identity, friendly_name) SELECT (SELECT sid FROM s), 'a' || i, CASE WHEN i > 1 THEN ifnull((SELECT text FROM so_far), 'none') ELSE 'first' END FROM numbers;
INSERT INTO users(service_sid, identity, friendly_name) SELECT (SELECT sid FROM s), 'b' || i, CASE WHEN i > 1 THEN (SELECT count(*) FROM chat_writes WHERE state = 'pending') ELSE 'first' END FROM numbers;
INSERT INTO users(service_sid, identity, friendly_name) SELECT (SELECT sid FROM s), 'c' || i, CASE WHEN i > 1 THEN (SELECT count(*) FROM chat_writes WHERE state = 'pending') ELSE 'first' END FROM numbers;
SELECT body FROM chat_writes WHERE state = 'pending';
ROLLBACK;
BEGIN;
INSERT INTO users(service_sid, identity, friendly_name) SELECT (SELECT sid FROM s), 'd' || i, CASE WHEN i > 1 THEN (SELECT count(*) FROM chat_writes WHERE state = 'pending') ELSE 'first' END FROM numbers;
-- A change of the schema: the text is prepared anew.
CREATE TEMP TABLE other(x);
INSERT INTO users(service_sid, identity, friendly_name) SELECT (SELECT sid FROM s), 'e' || i, CASE WHEN i > 1 THEN (SELECT count(*) FROM chat_writes WHERE state = 'pending') ELSE 'first' END FROM numbers;
SELECT body FROM chat_writes WHERE state = 'pending';
COMMIT;
