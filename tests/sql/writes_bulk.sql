-- Many rows in one statement.
-- emulator: --seed 2 --services 2 --channels 40 --users 60 --members 200 --messages 6000 --write-limit 0
-- environment: TWILIO_CHAT_WRITE_RATE=0
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- From a local table.
CREATE TABLE outbox(n INTEGER PRIMARY KEY, channel, body);
INSERT INTO outbox(channel, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 300)
SELECT CASE WHEN i % 3 THEN @channel ELSE @other END, 'row ' || i FROM n;
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, channel, body FROM outbox ORDER BY n;
SELECT state, count(*), count(DISTINCT sid) FROM chat_writes GROUP BY state;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;
-- The rows and their new SIDs, side by side.
SELECT count(*) AS matching FROM (SELECT *, row_number() OVER (ORDER BY n) AS place FROM outbox)
  JOIN (SELECT *, row_number() OVER (ORDER BY seq) AS place FROM chat_writes) AS w USING (place)
 WHERE w.body = 'Body=row%20' || n AND w.path LIKE '%' || channel || '/Messages';
-- Each channel has its rows in order.
CREATE TEMP TABLE sent AS
SELECT channel_sid, "index", CAST(substr(body, 5) AS INTEGER) AS n FROM messages
 WHERE service_sid = @service AND channel_sid IN (@channel, @other) AND body GLOB 'row [0-9]*';
SELECT channel_sid = @channel AS first, count(*), sum(n > before) AS in_order
  FROM (SELECT *, lag(n, 1, 0) OVER (PARTITION BY channel_sid ORDER BY "index") AS before FROM sent) GROUP BY 1 ORDER BY 1;

-- From one chat table into another: the members of a channel are copied into a new one.
BEGIN;
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'copy');
INSERT INTO members(service_sid, channel_sid, identity, role_sid)
SELECT service_sid, 'copy', identity, role_sid FROM members WHERE service_sid = @service AND channel_sid = @other;
SELECT state, count(*), sum(length(body)) FROM chat_writes GROUP BY state;
COMMIT;
SELECT state, count(*), count(DISTINCT sid) FROM chat_writes GROUP BY state;
SELECT count(*) = (SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @other) AS same
  FROM members WHERE service_sid = @service AND channel_sid = (SELECT sid FROM chat_writes ORDER BY seq LIMIT 1);
-- Messages of one channel into the same one: what is written is not read again.
CREATE TEMP TABLE before AS SELECT count(*) AS n, count(body) AS bodies FROM messages WHERE service_sid = @service AND channel_sid = @other;
INSERT INTO messages(service_sid, channel_sid, body)
SELECT service_sid, channel_sid, 'copy of ' || body FROM messages
 WHERE service_sid = @service AND channel_sid = @other AND body IS NOT NULL;
SELECT count(*) = (SELECT n + bodies FROM before) AS doubled FROM messages WHERE service_sid = @service AND channel_sid = @other;

-- A filter that SQLite applies, over thousands of rows.
SELECT count(*) > 2000 AS thousands FROM messages WHERE service_sid = @service;
CREATE TEMP TABLE doomed AS SELECT path FROM messages WHERE service_sid = @service AND length(body) % 2 = 0;
.shell tests/sql/control EMULATOR_URL reset
DELETE FROM messages WHERE service_sid = @service AND length(body) % 2 = 0;
SELECT state, count(*) = (SELECT count(*) FROM doomed) AS "all" FROM chat_writes GROUP BY state;
SELECT count(*) > 1000 AS many FROM chat_writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;
SELECT count(*) FROM messages WHERE service_sid = @service AND length(body) % 2 = 0;
SELECT count(*) FROM messages WHERE path IN (SELECT path FROM doomed);
-- By date and channel.
CREATE TEMP TABLE latest AS
SELECT max(date_created) AS at FROM messages WHERE service_sid = @service AND channel_sid = @channel;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND date_created < (SELECT at FROM latest);
SELECT DISTINCT state FROM chat_writes;
-- An UPDATE of all members of a service.
CREATE TEMP TABLE unread AS
SELECT count(*) AS n FROM members WHERE service_sid = @service AND last_consumed_message_index IS NOT 0;
UPDATE members SET last_consumed_message_index = 0 WHERE service_sid = @service;
SELECT state, count(*) = (SELECT n FROM unread) AS "all" FROM chat_writes GROUP BY state;

-- More than memory_limit_mb: nothing is sent before the last row is checked; alone and inside BEGIN it works like less.
UPDATE chat_settings SET value = 1 WHERE name = 'memory_limit_mb';
INSERT INTO messages(service_sid, channel_sid, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 60) SELECT @service, @channel, i || hex(zeroblob(15000)) FROM n;
SELECT state, count(*), count(DISTINCT sid), sum(length(body)), count(path) FROM chat_writes GROUP BY state;
.shell tests/sql/control EMULATOR_URL reset
INSERT INTO messages(service_sid, channel_sid, body, attributes)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 60) SELECT @service, @channel, i || hex(zeroblob(15000)), CASE i WHEN 60 THEN '{bad' ELSE '{}' END FROM n;
SELECT state, count(*) FROM chat_writes GROUP BY state;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT count(*) FROM ledger;
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'kept');
INSERT INTO messages(service_sid, channel_sid, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 60) SELECT @service, @channel, i || hex(zeroblob(15000)) FROM n;
SELECT state, count(*), sum(length(body)) FROM chat_writes GROUP BY state;
COMMIT;
SELECT state, count(*), count(DISTINCT sid) FROM chat_writes GROUP BY state;
