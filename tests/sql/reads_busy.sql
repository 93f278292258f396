-- A server that takes four requests at a time and answers 429 to the others: the pool shrinks, the answer is complete.
-- emulator: --seed 1 --services 2 --channels 400 --messages 3000 --users 4 --members 10 --write-limit 0 --concurrency-limit 4 --latency 5
-- environment: TWILIO_CHAT_MAX_RETRIES=20
.echo off
CREATE TEMP TABLE size AS SELECT sum(messages_count) AS messages, count(*) AS channels FROM channels;
CREATE TEMP VIEW outcome AS
SELECT sum(status = 200) AS answered, count(DISTINCT path) AS different, sum(status = 429) <= 30 + 0.2 * sum(status = 200) AS few_refused, max(attempt) <= 12 AS few_attempts,
       sum(status NOT IN (200, 429)) AS otherwise FROM chat_requests;
DELETE FROM chat_requests;
.echo on
SELECT count(*) = (SELECT messages FROM size) FROM messages;
SELECT * FROM outcome;
-- ... fewer once it has adapted: of the last 200 attempts
SELECT sum(status = 429) <= 40 AS few_refused FROM (SELECT status FROM chat_requests ORDER BY id DESC LIMIT 200); DELETE FROM chat_requests;

-- What it has learnt holds for the next statement.
SELECT count(*) = (SELECT messages FROM size) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
SELECT answered, different, few_refused, otherwise FROM outcome; DELETE FROM chat_requests;

-- One at a time if told so: never refused.
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
SELECT count(*) > 0 FROM messages WHERE service_sid = (SELECT min(sid) FROM services);
SELECT sum(status = 429) FROM chat_requests; DELETE FROM chat_requests;
