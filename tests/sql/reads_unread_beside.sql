-- What each participant has not read, where nobody tells how many messages a conversation has: what is newer than one of its first page is
-- all of it. Such lists are begun beside others, however few participants there are, and not one after another behind the longest one.
-- emulator: --seed 1 --services 1 --channels 20 --users 60 --members 200 --messages 2500 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
CREATE TEMP TABLE lists AS SELECT c.sid, (SELECT count(*) FROM conversation_messages AS m WHERE m.chat_service_sid = c.chat_service_sid AND m.conversation_sid = c.sid) AS messages,
  count(p.sid) AS participants, min(coalesce(p.last_read_message_index, 0)) AS oldest, count(DISTINCT coalesce(p.last_read_message_index, -1)) AS read FROM conversations AS c LEFT JOIN participants AS p ON p.conversation_sid = c.sid AND p.chat_service_sid = c.chat_service_sid GROUP BY c.sid;
CREATE TEMP VIEW turns AS SELECT sid, path LIKE '%PageToken=%' AS goes_on, row_number() OVER (ORDER BY started_at, id) AS turn FROM chat_requests JOIN lists ON path LIKE '%' || sid || '/Messages?%';
CREATE TEMP VIEW longest AS SELECT max(turn) AS last FROM turns WHERE sid = (SELECT sid FROM lists ORDER BY messages DESC LIMIT 1);
CREATE TEMP VIEW totals AS SELECT count(*) <= (SELECT 2 * sum(max((messages + 19) / 20, 1)) + 16 FROM lists) AS few, count(*) - count(DISTINCT path) AS twice,
  total(error LIKE 'not used%') AS in_vain FROM chat_requests WHERE table_name = 'conversation_messages';
DELETE FROM chat_requests;
.echo on
SELECT max(messages) > 1000 AS a_long_one, sum(messages > 20 AND read < 9) > 2 AS small_ones FROM lists;
SELECT count(*), sum(unread) > 0 AS some FROM (SELECT (SELECT count(*) FROM conversation_messages AS m WHERE m.chat_service_sid = e.chat_service_sid AND m.conversation_sid = e.conversation_sid
  AND m."index" > coalesce(e.last_read_message_index, -1)) AS unread FROM participants AS e);
SELECT count(*) AS behind_the_longest FROM turns, longest WHERE NOT goes_on AND turn > last AND sid IN (SELECT sid FROM lists WHERE oldest < 20);
SELECT * FROM totals; DELETE FROM chat_requests;
