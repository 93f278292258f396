-- environment: TWILIO_CHAT_API_VERSION=v2
-- IN of several columns at once: each value of a row is compared, also where another of them alone finds the row.
CREATE TABLE c AS SELECT * FROM channels ORDER BY sid;
CREATE TABLE m AS SELECT * FROM members ORDER BY sid;
CREATE TABLE g AS SELECT * FROM messages ORDER BY sid;
CREATE TABLE b AS SELECT * FROM bindings ORDER BY sid;
CREATE TABLE cp AS SELECT path, sid FROM channels ORDER BY sid;
CREATE TEMP VIEW one AS SELECT * FROM m LIMIT 1;
CREATE TEMP VIEW named AS SELECT * FROM c WHERE unique_name IS NOT NULL LIMIT 1;
-- By SID, and what does not go with it.
SELECT count(*) FROM members WHERE (sid, identity) IN (SELECT sid, 'nobody' FROM one);
SELECT count(*) FROM members WHERE (sid, identity) IN (SELECT sid, identity FROM one);
SELECT count(*) FROM members WHERE (identity, sid) IN (SELECT identity, substr(sid, 1, 33) || 'x' FROM one);
SELECT count(*) FROM members WHERE (sid, identity) IN (SELECT a.sid, b.identity FROM m AS a, m AS b WHERE a.rowid < 6 AND b.rowid < 6 AND a.identity <> b.identity);
SELECT count(*) FROM members WHERE (channel_sid, path) IN (SELECT 'CH00000000000000000000000000000000', path FROM members LIMIT 5);
SELECT count(*) FROM channels WHERE (sid, unique_name) IN (SELECT sid, unique_name || 'x' FROM named UNION ALL SELECT sid, upper(unique_name) || ' ' FROM named);
SELECT count(*) FROM channels WHERE (unique_name, sid) IN (SELECT unique_name, sid FROM named);
SELECT count(*) FROM channels WHERE (path, sid) IN (SELECT a.path, b.sid FROM cp AS a, cp AS b WHERE b.rowid = a.rowid + 1);
SELECT count(*) = (SELECT count(*) FROM c) FROM channels WHERE (path, sid) IN (SELECT path, sid FROM cp);
SELECT count(*) FROM channels WHERE (path, service_sid, sid) IN (SELECT a.path, c.service_sid, a.sid FROM cp AS a, c WHERE c.sid <> a.sid AND c.rowid = a.rowid - 1 AND 0);
SELECT count(*) FROM channels WHERE (type, sid) IN (SELECT CASE type WHEN 'public' THEN 'private' ELSE 'public' END, sid FROM c);
SELECT count(*) = (SELECT count(*) FROM c) FROM channels WHERE (type, sid) IN (SELECT type, sid FROM c);
-- The order's column is a number, and the value what the comparison makes of it.
SELECT count(*) FROM messages WHERE (sid, "index") IN (SELECT sid, "index" + 1 FROM g LIMIT 5);
SELECT count(*) FROM messages WHERE (sid, "index") IN (SELECT sid, "index" + 0.5 FROM g LIMIT 5);
SELECT count(*) FROM messages WHERE (sid, "index") IN (SELECT sid, CAST("index" AS TEXT) FROM g LIMIT 5);
SELECT count(*) FROM messages WHERE (sid, "index") IN (SELECT sid, x'30' FROM g LIMIT 5);
SELECT count(*) FROM messages WHERE ("index", channel_sid) IN (SELECT "index" + 0.0, channel_sid FROM g LIMIT 5);
SELECT count(*) FROM messages WHERE (sid, "index") IN (SELECT sid, NULL FROM g LIMIT 5);
-- Two filters of a list, and filters beside a SID.
SELECT count(*) FROM bindings WHERE (identity, binding_type) IN (SELECT identity, binding_type || 'x' FROM b);
SELECT count(*) = (SELECT count(*) FROM b) FROM bindings WHERE (identity, binding_type) IN (SELECT identity, binding_type FROM b);
SELECT count(*) FROM bindings WHERE (sid, identity) IN (SELECT sid, identity || 'x' FROM b);
-- A day is asked for, and a time is meant.
SELECT count(*) FROM conversations WHERE (date_created, sid) IN (SELECT substr(date_created, 1, 10) || 'T00:00:01Z', sid FROM conversations);
SELECT count(*) = (SELECT count(*) FROM conversations) FROM conversations WHERE (date_created, sid) IN (SELECT date_created, sid FROM conversations);
-- What such an IN does not name is not deleted.
BEGIN;
DELETE FROM members WHERE (sid, identity) IN (SELECT sid, 'nobody' FROM one);
SELECT count(*) FROM chat_writes;
ROLLBACK;
-- = is checked as ever: a value that only equals once it is turned into a text, or a number.
SELECT count(*) > 0 FROM messages WHERE channel_sid = (SELECT channel_sid FROM g LIMIT 1) AND "index" = (SELECT CAST("index" AS TEXT) FROM g LIMIT 1) AND sid = (SELECT sid FROM g LIMIT 1);
SELECT count(*) FROM members AS x LEFT JOIN channels AS y ON y.sid = x.channel_sid AND y.unique_name = 'nobody' WHERE x.sid = (SELECT sid FROM one) AND y.sid IS NULL;
SELECT count(*) FROM channels WHERE (path, sid) IN (SELECT CAST(path AS BLOB), sid FROM cp);
