-- Attachments: their metadata by service and SID, their contents from a temporary address, and what that costs.
-- emulator: --seed 1 --services 3 --channels 40 --users 40 --members 150 --messages 900 --media-bytes 3000 --write-limit 0
CREATE TEMP TABLE a AS SELECT service_sid, channel_sid, sid AS message_sid, media ->> 'sid' AS sid, media ->> 'size' AS size, media ->> 'content_type' AS content_type, media ->> 'filename' AS filename FROM messages WHERE 0;
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
INSERT INTO a SELECT service_sid, channel_sid, sid, media ->> 'sid', media ->> 'size', media ->> 'content_type', media ->> 'filename' FROM messages WHERE media IS NOT NULL;
CREATE TEMP TABLE one AS SELECT * FROM a ORDER BY sid LIMIT 1;
SELECT count(*) > 20, count(DISTINCT service_sid) FROM a;
DELETE FROM chat_requests;
-- What is known of one: a single request. The content, where it is asked for: one more, which is nobody's origin.
SELECT m.sid, m.channel_sid = one.channel_sid, m.message_sid = one.message_sid, m.size = one.size, m.content_type = one.content_type, m.filename IS one.filename, m.date_created, m.is_multipart_upstream, m.url = '/v1' || m.path, m.path = '/Services/' || m.service_sid || '/Media/' || m.sid FROM one JOIN media AS m ON m.service_sid = one.service_sid AND m.sid = one.sid;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT typeof(content), length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT method, path, origin IS NULL AS elsewhere, status, response_bytes = (SELECT size FROM one) AS bytes, rows, error FROM chat_requests; DELETE FROM chat_requests;
-- Used twice in a row, or in a term: fetched once.
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one) AND length(content) = size AND substr(content, 1, 2) = substr(content, 1, 2);
SELECT * FROM calls; DELETE FROM chat_requests;
-- By its path.
SELECT count(*), count(content) FROM media WHERE path = (SELECT '/Services/' || service_sid || '/Media/' || sid FROM one);
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;
-- The links, with the address in them, are no column.
SELECT name FROM pragma_table_xinfo('media');
-- What is not there, and what cannot be, is no row.
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = 'ME00000000000000000000000000000000';
SELECT count(*) FROM media WHERE service_sid = 'IS00000000000000000000000000000000' AND sid = (SELECT sid FROM one);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = 'nonsense';
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT 'ME' || upper(substr(sid, 3)) FROM one);
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = NULL;
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = 7;
SELECT count(*) FROM media WHERE path = '/Services/x';
SELECT count(*) FROM chat_requests;
-- There is no list of them.
SELECT count(*) FROM media;
SELECT count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one);
SELECT count(*) FROM media WHERE sid = (SELECT sid FROM one);
SELECT count(*) FROM media WHERE sid = (SELECT sid FROM one) COLLATE NOCASE AND service_sid = (SELECT service_sid FROM one);
SELECT count(*) FROM chat_requests;
-- With a service in force, its SID is enough; others' are not there.
UPDATE chat_settings SET value = (SELECT service_sid FROM one) WHERE name = 'service_sid';
SELECT count(*), count(content) FROM media WHERE sid = (SELECT sid FROM one);
SELECT count(*) FROM media WHERE sid = (SELECT sid FROM a WHERE service_sid <> (SELECT service_sid FROM one) LIMIT 1);
SELECT count(*) FROM media WHERE sid = 'ME00000000000000000000000000000000';
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
DELETE FROM chat_requests;
-- All attachments of all messages: two requests for each, and the messages as ever.
SELECT count(*) = (SELECT count(*) FROM a), sum(length(f.content) = f.size AND f.message_sid = m.sid) = count(*) FROM messages AS m JOIN media AS f ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid';
SELECT count(*) = (SELECT count(*) FROM a) FROM chat_requests WHERE path LIKE '%/content';
SELECT count(*) = (SELECT count(*) FROM a) FROM chat_requests WHERE path LIKE '%/Media/ME%' AND path NOT LIKE '%/content';
SELECT count(*) FROM chat_requests WHERE error IS NOT NULL OR status <> 200; DELETE FROM chat_requests;
-- In a list, by a join with a table of one's own, by IN.
SELECT count(*) = (SELECT count(*) FROM a), sum(length(content) = f.size) = count(*) FROM a JOIN media AS f USING (service_sid, sid);
SELECT count(*) = 2 * (SELECT count(*) FROM a) FROM chat_requests; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM a WHERE service_sid = (SELECT service_sid FROM one)), sum(length(content) = size) = count(*) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid IN (SELECT sid FROM a WHERE service_sid = (SELECT service_sid FROM one));
SELECT count(*) = 2 * (SELECT count(*) FROM a WHERE service_sid = (SELECT service_sid FROM one)) FROM chat_requests; DELETE FROM chat_requests;
-- The same one asked for over and over is one look.
SELECT count(f.content) = (SELECT count(*) FROM a) FROM a, one JOIN media AS f ON f.service_sid = one.service_sid AND f.sid = one.sid;
SELECT count(*) FROM chat_requests; DELETE FROM chat_requests;
-- Named in another service than the one in which it is mentioned: what the query says is asked for, and nothing else.
SELECT count(*) FROM messages AS m JOIN media AS f ON f.service_sid = (SELECT max(service_sid) FROM a WHERE service_sid <> m.service_sid) AND f.sid = m.media ->> 'sid';
SELECT count(*) = (SELECT count(*) FROM a) FROM chat_requests WHERE path LIKE '%/Media/%'; DELETE FROM chat_requests;
-- Only of some the content is used: guesses that prove wrong are few.
SELECT count(*) = (SELECT count(*) FROM a WHERE content_type = 'image/png'), sum(length(content) = f.size) = count(*) FROM a JOIN media AS f USING (service_sid, sid) WHERE f.content_type = 'image/png';
SELECT count(*) <= (SELECT count(*) FROM a WHERE content_type = 'image/png') * 5 / 4 + 16 FROM chat_requests WHERE path LIKE '%/content'; DELETE FROM chat_requests;
-- Conversations' messages name the same media, as arrays.
SELECT count(*) > 0, sum(length(f.content) = f.size AND f.message_sid = m.sid) = count(*) FROM conversation_messages AS m, json_each(m.media) AS j JOIN media AS f ON f.service_sid = m.chat_service_sid AND f.sid = j.value ->> 'sid';
SELECT count(DISTINCT path) = count(*) FROM chat_requests; DELETE FROM chat_requests;
EXPLAIN QUERY PLAN SELECT f.content FROM messages AS m JOIN media AS f ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid';
-- It is read only.
INSERT INTO media(service_sid, content) VALUES ((SELECT service_sid FROM one), x'00');
UPDATE media SET filename = 'x' WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
DELETE FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT count(*) FROM chat_writes; DELETE FROM chat_requests;
-- An address that has got too old: the row is fetched anew for another one, once.
.shell tests/sql/fault EMULATOR_URL port=content action=status status=403
SELECT length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT path, status FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL port=content action=status status=403 times=2
SELECT length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT path, status FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
-- A store that fails for a moment is asked again; one that breaks off, too.
.shell tests/sql/fault EMULATOR_URL port=content action=status status=503 "header=Retry-After: 0"
SELECT length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
.shell tests/sql/fault EMULATOR_URL port=content action=cut bytes=10
SELECT length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT path, attempt, status, error FROM chat_requests ORDER BY id; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL port=content action=gzip
SELECT length(content) = size FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
.shell tests/sql/fault EMULATOR_URL port=content action=redirect location=/x
SELECT length(content) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
-- A content beyond the limit is not begun.
UPDATE chat_settings SET value = '0' WHERE name = 'media_max_mb';
SELECT name, value, source FROM chat_settings WHERE name = 'media_max_mb';
-- The store is a stranger: no request to it has credentials.
.shell tests/sql/control EMULATOR_URL strangers
