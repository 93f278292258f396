-- Long lists beside those that an outer loop reads: how many messages a channel has, and that it has members, is known before any of its
-- members has come. So its messages are begun then, before those of the channels in front of it, and are not waited for at the end.
-- emulator: --seed 1 --services 1 --channels 18 --users 40 --members 120 --messages 1200 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
UPDATE chat_settings SET value = 4 WHERE name = 'max_concurrency';
CREATE TEMP TABLE lists AS SELECT row_number() OVER () AS place, sid, (messages_count + 19) / 20 AS pages, members_count FROM channels;
-- The first page of each channel's messages, and of its members: their turns.
CREATE TEMP VIEW firsts AS SELECT place, pages, table_name, row_number() OVER (ORDER BY id) AS turn FROM chat_requests, lists
  WHERE path LIKE '%' || sid || '/Me%?%' AND path NOT LIKE '%PageToken=%';
CREATE TEMP VIEW late AS SELECT m.turn AS messages, e.turn AS members FROM firsts AS m LEFT JOIN firsts AS e ON e.place = m.place AND e.table_name = 'members'
  WHERE m.table_name = 'messages' AND m.pages > 3 AND m.place > 9;
CREATE TEMP VIEW totals AS SELECT count(*) AS requests, count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests WHERE table_name = 'messages';
DELETE FROM chat_requests;
.echo on
SELECT count(*) FILTER (WHERE pages > 3 AND place > 9) > 0 AS some, min(members_count) > 0 AS members FROM lists;
SELECT count(*) FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity WHERE m.sid IS NULL;
SELECT count(*) > 0 AS some, max(messages < members) AS before_its_members FROM late;
SELECT requests <= (SELECT sum(max(pages, 1)) FROM lists) AS once, twice, in_vain FROM totals; DELETE FROM chat_requests;
-- Not where a term may leave out all members of a channel: of those that it leaves, each list comes in its turn.
SELECT count(*) >= 0 FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity WHERE m.sid IS NULL AND e.identity > 'x';
SELECT coalesce(max(messages < members), 0) AS before_its_members FROM late; DELETE FROM chat_requests;
-- Nor where the first rows may be all.
SELECT count(*) FROM (SELECT 1 FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity LIMIT 1);
SELECT count(*) <= 2 AS few FROM firsts WHERE table_name = 'messages'; DELETE FROM chat_requests;
