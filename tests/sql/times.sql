-- chat_time(...): times in the API's form, to compare with the API's.
-- emulator: --seed 1 --services 3 --channels 12 --users 10 --messages 60 --bindings 0 --webhooks 0 --write-limit 0

-- Whatever datetime() takes, in every form, and NULL where it says NULL.
CREATE TABLE given(value);
INSERT INTO given VALUES ('2026-01-31 08:09:10'), ('2026-01-31T08:09:10Z'), ('2026-01-31T08:09'), ('2026-01-31'), ('08:09'), ('2026-01-31 08:09:10.999'), ('2026-01-31T08:09:59.9996'), ('2026-01-31 08:09:10+02:00'), ('2026-01-31 08:09:10.123456+00:00'), ('20260131'), ('2461071.5'), (2461071.5), (2461071), (CAST('2026-01-31' AS BLOB)), ('9999-12-31 23:59:59');
SELECT typeof(value) AS type, value, chat_time(value) AS time FROM given;
SELECT count(*) FROM given WHERE chat_time(value) IS NOT strftime('%Y-%m-%dT%H:%M:%SZ', value);
SELECT chat_time(1769846950, 'unixepoch'), chat_time(1769846950.75, 'unixepoch'), chat_time('2026-01-31', '+1 month', 'start of month', '-1 second');
SELECT chat_time(NULL), chat_time(''), chat_time('soon'), chat_time('Sat, 31 Jan 2026 08:09:10 +0000'), chat_time('2026-01-32'), chat_time('-5 minutes'), chat_time(-1), chat_time(1e99), chat_time('now', 'then'), chat_time('now', NULL);
SELECT chat_time('9999-12-31 23:59:59', '+1 second'), chat_time(0);
SELECT chat_time('2026-01-31', '1 day', '1 day', '1 day', '1 day', '1 day', '1 day', '1 day', '1 day', '1 day') AS nine_days_on;

-- Without arguments it is now, between the statement before and the one after.
CREATE TABLE clock AS SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS before, 'x' AS none, 'x' AS "now", 'x' AS after;
UPDATE clock SET none = chat_time();
UPDATE clock SET "now" = chat_time('NOW');
UPDATE clock SET after = strftime('%Y-%m-%dT%H:%M:%SZ', 'now');
SELECT before <= none, none <= "now", "now" <= after, length(none) FROM clock;

-- The time of a statement stands still while it waits for the server, and datetime()'s own goes in as it is.
UPDATE chat_settings SET value = '1' WHERE name IN ('page_size', 'max_concurrency');
DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=700
SELECT count(*) AS services, count(DISTINCT chat_time()) AS times, count(DISTINCT chat_time('now', sid || '')) AS none, count(DISTINCT chat_time('now', length(sid) || ' days')) AS moved FROM services;
SELECT count(*) AS requests FROM chat_requests;
.shell tests/sql/control EMULATOR_URL latency ms=0
UPDATE chat_settings SET value = NULL WHERE name IN ('page_size', 'max_concurrency');
SELECT chat_time(datetime('now', '-5 minutes')) = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 minutes');

-- What people write first: the messages of the last five minutes. With datetime() it gives all of the day.
CREATE TABLE here AS SELECT service_sid, sid AS channel_sid FROM channels WHERE messages_count > 3 ORDER BY sid LIMIT 1;
CREATE TABLE copy AS SELECT message.body, message.date_created FROM here JOIN messages AS message USING (service_sid, channel_sid);
CREATE TABLE latest AS SELECT max(date_created) AS at FROM copy;
SELECT count(*) > 1 AS in_all, count(*) FILTER (WHERE julianday(date_created) > julianday(at, '-5 minutes')) AS of_five_minutes FROM copy, latest;
SELECT count(*) AS as_text FROM here JOIN messages USING (service_sid, channel_sid) WHERE date_created > (SELECT chat_time(at, '-5 minutes') FROM latest);
SELECT count(*) AS in_the_copy FROM copy WHERE date_created > (SELECT chat_time(at, '-5 minutes') FROM latest);
SELECT count(*) AS within_a_second FROM copy, latest WHERE date_created BETWEEN chat_time(at, '-1 second') AND chat_time(at, '+1 second');
SELECT count(*) AS at_that_second FROM copy, latest WHERE date_created = chat_time(datetime(at)) AND date_created > datetime(at, '+1 minute');
INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, channel_sid, 'just now' FROM here;
SELECT body FROM here JOIN messages USING (service_sid, channel_sid) WHERE date_created > chat_time('now', '-5 minutes');
SELECT count(*) FROM here JOIN messages USING (service_sid, channel_sid) WHERE date_created > chat_time('now', '+1 hour');

-- Where it may stand: as random() may, since "now" may be among its arguments. For an index strftime() does as well.
CREATE VIEW recent AS SELECT body FROM copy WHERE date_created > chat_time('now', '-5 minutes');
SELECT count(*) FROM recent;
CREATE TABLE noted(body, at TEXT DEFAULT (chat_time()) CHECK (at <= chat_time('now', '+1 day')));
INSERT INTO noted(body) VALUES ('a'), ('b');
SELECT count(*), count(DISTINCT at), min(at) GLOB '20??-??-??T??:??:??Z' FROM noted;
CREATE INDEX noted_at ON noted(chat_time(at));
CREATE INDEX noted_at ON noted(at) WHERE at < chat_time();
CREATE TABLE generated(at, iso AS (chat_time(at)));
CREATE INDEX noted_at ON noted(strftime('%Y-%m-%dT%H:%M:%SZ', at));
CREATE TEMP TRIGGER noting AFTER INSERT ON copy BEGIN INSERT INTO noted VALUES (new.body, chat_time(new.date_created)); END;
INSERT INTO copy VALUES ('c', '2026-01-31 08:09:10'), ('d', '2026-01-31 08:09:11');
SELECT at FROM noted WHERE body IN ('c', 'd') ORDER BY body;
SELECT replace(chat_time('now'), 'T', ' ') > datetime('now', '-1 day') FROM copy LIMIT 1;
SELECT chat_time('subsec') IS NOT NULL = (datetime('subsec') IS NOT NULL), chat_time('2026-01-31 08:09:10.5', 'subsec') IS CASE WHEN datetime('now', 'subsec') IS NOT NULL THEN '2026-01-31T08:09:10Z' END;
