-- A statement sees of the own tables what was there when it began, whatever it does meanwhile, and whichever table it reads first.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- What was not sent, sent again out of chat_writes, which the statement itself fills: each once.
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=50000 message=no method=POST nth=2
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'first'), (@service, @channel, 'second'), (@service, @channel, 'third');
COMMIT;
SELECT state, body FROM writes;
.shell tests/sql/control EMULATOR_URL reset
INSERT INTO messages(service_sid, channel_sid, body)
SELECT @service, @channel, 'again ' || seq FROM chat_writes WHERE state <> 'sent' LIMIT 50;
SELECT state, body FROM writes;

-- The same within a transaction, where what the statement queues stands in the same list.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'one'), (@service, @channel, 'two');
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, 'copy of ' || seq FROM chat_writes LIMIT 50;
SELECT state, body FROM writes;
ROLLBACK;

-- Members of channels that were made a moment ago, by the SIDs that the server gave them.
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'made-1'), (@service, 'made-2'), (@service, 'made-3');
INSERT INTO members(service_sid, channel_sid, identity) SELECT @service, sid, 'ann' FROM chat_writes LIMIT 50;
SELECT state, what, status FROM writes;
SELECT c.unique_name, m.identity FROM channels AS c JOIN members AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid
 WHERE c.service_sid = @service AND c.unique_name GLOB 'made-*' ORDER BY 1;

-- Something asked for each row of chat_requests: it is not a row of that scan.
DELETE FROM chat_requests;
SELECT count(*) FROM services;
SELECT r.path, (SELECT count(*) > 0 FROM users AS u WHERE u.service_sid = @service AND u.identity = @identity || r.id) AS asked
  FROM chat_requests AS r LIMIT 50;
SELECT count(*) > 1 AS more FROM chat_requests;

-- A row that the log lets go of meanwhile is still a row of the scan.
UPDATE chat_settings SET value = 1 WHERE name = 'request_log';
SELECT count(*) FROM services;
SELECT path, (SELECT count(*) > 0 FROM channels WHERE service_sid = @service) AS asked, path FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'request_log';

-- Whatever columns a statement uses, they are there.
SELECT seq, error FROM chat_writes WHERE method = 'POST' ORDER BY sid IS NULL, seq LIMIT 1;
SELECT count(*) FROM chat_writes;
SELECT count(*) = (SELECT count(*) FROM chat_settings) AS same FROM chat_settings AS a JOIN chat_settings AS b ON a.name = b.name AND a.description = b.description;
SELECT rowid, name FROM chat_settings WHERE rowid = 2 OR name = 'page_size' ORDER BY 1;

-- Whichever is read first.
DELETE FROM chat_requests;
SELECT count(*) FROM services;
SELECT count(*) AS requests FROM chat_requests AS r CROSS JOIN (SELECT count(*) FROM channels WHERE service_sid = @service) AS c;
DELETE FROM chat_requests;
SELECT count(*) FROM services;
SELECT count(*) AS requests FROM (SELECT count(*) FROM channels WHERE service_sid = @service) AS c CROSS JOIN chat_requests AS r;
DELETE FROM chat_requests;
SELECT count(*) FROM services;
SELECT count(*) AS services, (SELECT count(*) FROM chat_requests) AS requests FROM services WHERE (SELECT count(*) FROM users WHERE service_sid = @service) > 0;
SELECT DISTINCT (SELECT count(*) FROM chat_requests AS r WHERE s.sid IS NOT NULL) AS requests FROM services AS s;
CREATE TEMP VIEW seen AS SELECT count(*) AS requests FROM chat_requests;
SELECT requests FROM (SELECT count(*) FROM roles WHERE service_sid = @service) CROSS JOIN seen;
DROP VIEW seen;
-- However late: the other side of a compound, a branch that is come to after others, a row of a recursion.
DELETE FROM chat_requests;
SELECT 'roles' AS what, count(*) > 0 AS n FROM roles WHERE service_sid = @service UNION ALL SELECT 'requests', count(*) FROM chat_requests;
DELETE FROM chat_requests;
SELECT 'requests' AS what, 0 AS n WHERE (SELECT count(*) FROM roles WHERE service_sid = @service) > 0 EXCEPT SELECT 'requests', count(*) FROM chat_requests;
DELETE FROM chat_requests;
SELECT value, CASE WHEN value < 3 THEN (SELECT count(*) > 0 FROM roles WHERE service_sid = @service AND value > 0) ELSE (SELECT count(*) FROM chat_requests WHERE value > 0) END AS n FROM json_each('[1,2,3,4]');
DELETE FROM chat_requests;
WITH RECURSIVE t(i, n) AS (SELECT 1, NULL UNION ALL SELECT i + 1, CASE WHEN i < 2 THEN (SELECT count(*) > 0 FROM roles WHERE service_sid = @service AND i > 0) ELSE (SELECT count(*) FROM chat_requests WHERE i > 0) END FROM t LIMIT 4) SELECT * FROM t;
DELETE FROM chat_requests;
SELECT count(*) FROM services;

-- Also what it writes: each row sees the queue as it was, and the settings.
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'one');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, (SELECT count(*) FROM chat_writes)), (@service, @channel, (SELECT count(*) FROM chat_writes));
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, (SELECT count(*) FROM chat_writes WHERE n.value > 0) FROM json_each('[1,2,3]') AS n;
SELECT body FROM chat_writes;
ROLLBACK;
UPDATE chat_settings SET value = (SELECT sum(value) FROM chat_settings AS s WHERE s.name IN ('page_size', 'max_retries') AND chat_settings.name <> '') WHERE name IN ('page_size', 'max_retries');
SELECT name, value FROM chat_settings WHERE name IN ('page_size', 'max_retries');
UPDATE chat_settings SET value = NULL WHERE name IN ('page_size', 'max_retries');

-- More than memory is to hold: the copy of the scan goes to a temporary file.
UPDATE chat_settings SET value = 1 WHERE name = 'memory_limit_mb';
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 40) SELECT @service, @channel, printf('%05d', i) || hex(zeroblob(4000)) FROM n;
SELECT count(*), count(DISTINCT body), sum(length(body)), group_concat(substr(body, 6, 5), ' ') FROM chat_writes;
SELECT a.seq = b.seq AND a.body = b.body AND a.path = b.path AS same, count(*) FROM chat_writes AS a JOIN chat_writes AS b ON a.seq = b.seq GROUP BY 1;
ROLLBACK;

-- A table in a file has no other name: nothing could open it under one.
CREATE VIRTUAL TABLE main.chat_columns USING chat_columns;
ALTER TABLE main.chat_columns RENAME TO other;
SELECT count(*) > 0 FROM main.chat_columns;
DROP TABLE main.chat_columns;
CREATE VIRTUAL TABLE temp.mine USING chat_columns;
ALTER TABLE temp.mine RENAME TO yours;
SELECT count(*) > 0 FROM temp.yours;
