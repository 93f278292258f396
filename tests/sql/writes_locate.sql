-- Rows are written below channels of which only the SID is given. Their services are looked for: one by one at first, and where
-- there are more in a transaction, by listing all channels once.
.echo off
CREATE TEMP TABLE here AS
SELECT row_number() OVER (ORDER BY sid) AS number, sid FROM channels WHERE type = 'public';
DELETE FROM chat_requests;
-- Any change of a setting that leads elsewhere forgets where they live.
UPDATE chat_settings SET value = '5' WHERE name = 'max_retries';
CREATE TEMP VIEW looked AS
SELECT table_name, method, sum(path LIKE '%/Channels?%') AS lists, sum(path LIKE '%/Channels/%' AND method = 'GET') AS single_ones,
       sum(method = 'POST') AS sent
  FROM chat_requests WHERE table_name <> 'services' GROUP BY table_name, method;
.echo on
-- Three: each of three services is asked for each. (What is sent is found by its own service only.)
INSERT INTO messages(channel_sid, body) SELECT sid, 'one of three' FROM here WHERE number <= 3;
SELECT * FROM looked; DELETE FROM chat_requests;
SELECT count(*), count(DISTINCT substr(path, 1, 48)) > 1, sum(state = 'sent') FROM chat_writes;

-- The next transaction: those three are known, five others are not.
INSERT INTO messages(channel_sid, body) SELECT sid, 'one of eight' FROM here WHERE number <= 8;
SELECT * FROM looked; DELETE FROM chat_requests;
SELECT count(*), sum(state = 'sent') FROM chat_writes;

-- From then on all are known.
INSERT INTO messages(channel_sid, body) SELECT sid, 'one of twelve' FROM here WHERE number <= 12;
SELECT * FROM looked; DELETE FROM chat_requests;

-- None of it is sent if one of them is nowhere.
INSERT INTO messages(channel_sid, body) SELECT sid, 'none' FROM here WHERE number <= 2 UNION ALL SELECT 'CH00000000000000000000000000000000', 'none';
SELECT * FROM looked; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE body = 'none' AND channel_sid = (SELECT sid FROM here WHERE number = 1);
