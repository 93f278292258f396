-- Conditions joined by OR, of which SQLite makes a scan each (MULTI-INDEX OR): no page is asked for twice.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
.echo on
CREATE TEMP VIEW double AS SELECT call, count(*) FROM calls group by 1 having count(*)>1;
DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE (channel_sid = 'CH00000000000000000000000000000002' AND body > '') OR (channel_sid='CH00000000000000000000000000000001' AND "index" > 3);
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM (VALUES (1),(2),(3)) AS v, messages WHERE (channel_sid = @channel AND body > '' AND v.column1>1) OR (channel_sid='CH00000000000000000000000000000001' AND "index" > v.column1);
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM messages AS a, messages AS b WHERE a.channel_sid=@channel AND ((b.channel_sid = @channel AND b.sid = a.sid) OR (b.channel_sid='CH00000000000000000000000000000001' AND b."index" > 3));
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE (channel_sid = NULL AND body > '') OR (channel_sid='CH00000000000000000000000000000001' AND "index" > 3) OR (channel_sid='CH00000000000000000000000000000002' AND "index" > 3);
SELECT * FROM double; DELETE FROM chat_requests;
SELECT (SELECT count(*) FROM messages WHERE (channel_sid = @channel AND body > v.column1) OR (channel_sid='CH00000000000000000000000000000001' AND "index" > v.column1)) FROM (VALUES (1),(2),(3)) AS v;
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM members WHERE (channel_sid = @channel AND identity='a') OR (channel_sid='CH00000000000000000000000000000001' AND identity='a') OR (channel_sid='CH00000000000000000000000000000003' AND identity='b');
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM members WHERE (channel_sid = @channel AND identity='a') OR (channel_sid='CH00000000000000000000000000000001' AND identity='a') LIMIT 1);
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE (m.channel_sid = @channel AND m.body > '') OR (m.channel_sid = 'CH00000000000000000000000000000001' AND m."index" > 3);
SELECT * FROM double; DELETE FROM chat_requests;
-- A query in the second condition, which runs when nothing is being read: SQLite before 3.39 has closed the first scan.
SELECT count(*) FROM channels WHERE (service_sid = @service AND friendly_name > '') OR service_sid IN (SELECT service_sid FROM messages WHERE "index" = 0);
SELECT * FROM double; DELETE FROM chat_requests;
BEGIN;
UPDATE messages SET body = 'x' WHERE (channel_sid = @channel AND "index" < 2) OR (channel_sid = 'CH00000000000000000000000000000001' AND "index" > 3) OR (channel_sid = 'CH00000000000000000000000000000002' AND "index" > 3);
SELECT * FROM double; DELETE FROM chat_requests;
DELETE FROM messages WHERE (channel_sid = @channel AND "index" < 2) OR (channel_sid = 'CH00000000000000000000000000000001' AND "index" > 3) OR (channel_sid = 'CH00000000000000000000000000000002' AND "index" > 3);
SELECT * FROM double; DELETE FROM chat_requests;
SELECT count(*) FROM chat_writes;
ROLLBACK;
