-- What is looked up row by row stands in a list: a few rows are looked up, more make the list be read in step with them, and once it is whole
-- nothing more is asked. The requests on a list are at most twice its pages and eight more, and sixteen more on all lists together.
-- emulator: --seed 1 --services 2 --channels 12 --users 60 --members 200 --messages 900 --invites 20 --write-limit 0
.echo off
CREATE TEMP TABLE lists AS SELECT
  (SELECT count(*) FROM services) AS services, (SELECT count(*) FROM channels) AS channels,
  (SELECT sum(max(1, (messages_count + 19) / 20)) FROM channels) AS message_pages, (SELECT sum(max(1, (members_count + 19) / 20)) FROM channels) AS member_pages, -- one of an empty list
  (SELECT count(DISTINCT channel_sid || coalesce(last_consumed_message_index, -1)) FROM members) AS stretches;
CREATE TEMP TABLE many AS SELECT service_sid, channel_sid, sid FROM messages WHERE channel_sid = (SELECT sid FROM channels ORDER BY messages_count DESC LIMIT 1);
CREATE TEMP VIEW totals AS SELECT table_name, count(*) AS requests, count(*) - count(DISTINCT path) AS twice, sum(path LIKE '%?%') > 0 AS listed,
  sum(path NOT LIKE '%?%' OR path LIKE '%Identity=%') AS looked_up FROM chat_requests GROUP BY table_name;
CREATE TEMP VIEW purposes AS SELECT table_name, count(*) FILTER (WHERE purpose = 'look-up') AS made, sum(replaced) AS replaced, count(replaced) AS lists,
  count(*) FILTER (WHERE purpose = 'instead of look-ups') > 0 AS instead, group_concat(DISTINCT purpose || (path LIKE '%?%')) AS of FROM chat_requests GROUP BY table_name;
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
DELETE FROM chat_requests;
.echo on

-- SIDs, by a join and by IN, with the channel and without it: few, and many.
SELECT count(*) FROM (SELECT * FROM many LIMIT 5) AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT table_name, requests <= 2 * ((SELECT count(*) FROM many) + 19) / 20 + 16 AS within, requests < (SELECT count(*) FROM many) AS fewer, twice FROM totals; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.sid = t.sid;
SELECT table_name, requests <= 2 * ((SELECT count(*) FROM many) + 19) / 20 + 16 AS within, requests < (SELECT count(*) FROM many) AS fewer, twice FROM totals; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.path = (SELECT path FROM messages WHERE sid = t.sid);
SELECT table_name, requests <= 2 * ((SELECT count(*) FROM many) + 19) / 20 + 16 AS within, requests < (SELECT count(*) FROM many) AS fewer, twice FROM totals; DELETE FROM chat_requests;
-- IN: SQLite checks, so all of the list may come.
SELECT count(*) FROM messages WHERE channel_sid = (SELECT channel_sid FROM many) AND sid IN (SELECT sid FROM many WHERE rowid % 2);
SELECT count(*) FROM many WHERE rowid % 2;
DELETE FROM chat_requests;
-- Without the channel, where all, none and one of them are known: each SID would be asked for in each channel.
SELECT count(*) = (SELECT count(*) FROM many) FROM messages WHERE sid IN (SELECT sid FROM many);
SELECT table_name, CASE table_name WHEN 'messages' THEN requests <= 2 * message_pages + 16 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 'known' WHERE name = 'without';
SELECT count(*) = (SELECT count(*) FROM many) FROM messages WHERE sid IN (SELECT sid FROM many);
SELECT table_name, CASE table_name WHEN 'messages' THEN requests <= 2 * message_pages + 16 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'without';
-- Nobody knows any more where they are: what is looked up in all lists, and in the one that it is found in, is counted apart, and each may be one ahead.
UPDATE chat_settings SET value = 6 WHERE name = 'max_retries'; -- forgets where they are
SELECT count(*) FROM messages WHERE sid = (SELECT max(sid) FROM many); DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM many) FROM messages WHERE sid IN (SELECT sid FROM many);
SELECT table_name, CASE table_name WHEN 'messages' THEN requests <= 2 * message_pages + 18 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
CREATE TEMP TABLE few AS SELECT sid FROM members ORDER BY sid LIMIT 8;
UPDATE chat_settings SET value = 7 WHERE name = 'max_retries'; DELETE FROM chat_requests;
SELECT count(*) FROM members WHERE sid IN (SELECT sid FROM few);
SELECT table_name, CASE table_name WHEN 'members' THEN requests <= 2 * member_pages + 16 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
SELECT count(*) FROM members WHERE identity IN (SELECT identity FROM users);
SELECT table_name, CASE table_name WHEN 'members' THEN requests <= 2 * member_pages + 16 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
-- What the filter takes, for each user: members by identity.
SELECT count(*) FROM users AS u CROSS JOIN members AS m ON m.service_sid = u.service_sid AND m.identity = u.identity;
SELECT table_name, CASE table_name WHEN 'members' THEN requests <= 2 * member_pages + 16 WHEN 'channels' THEN requests <= services ELSE 1 END AS within, twice FROM totals, lists;
DELETE FROM chat_requests;
SELECT count(*) FROM users AS u WHERE NOT EXISTS (SELECT 1 FROM members AS m WHERE m.service_sid = u.service_sid AND m.identity = u.identity);
SELECT table_name, CASE table_name WHEN 'members' THEN requests <= 2 * member_pages + 16 WHEN 'channels' THEN requests <= services ELSE 1 END AS within, twice FROM totals, lists;
DELETE FROM chat_requests;
-- Stretches of an order.
SELECT count(*), sum(n) FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e);
SELECT table_name, CASE table_name WHEN 'messages' THEN requests <= 2 * message_pages + 16 ELSE 1 END AS within, twice FROM totals, lists; DELETE FROM chat_requests;
-- By a name, on v2.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(*), count(u.sid) FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from";
SELECT table_name, requests <= 24 AS within, twice FROM totals WHERE table_name = 'users'; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
-- What lists hide has to be asked for one by one all the same.
SELECT count(m.attributes) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT table_name, requests >= (SELECT count(*) FROM many) AS each, twice FROM totals; DELETE FROM chat_requests;
-- But not what is in none of them.
SELECT count(m.attributes) FROM many AS t CROSS JOIN messages AS m ON m.channel_sid = (SELECT sid FROM channels WHERE messages_count > 0 ORDER BY messages_count LIMIT 1) AND m.sid = t.sid;
SELECT table_name, requests <= 2 * (SELECT (messages_count + 19) / 20 FROM channels WHERE messages_count > 0 ORDER BY messages_count LIMIT 1) + 8 AS within, twice FROM totals; DELETE FROM chat_requests;
-- So does a list that is being read: what has come of it is not looked up.
SELECT count(*) FROM channels AS c WHERE c.service_sid = (SELECT max(sid) FROM services) AND EXISTS (SELECT 1 FROM channels AS d WHERE d.service_sid = c.service_sid AND d.sid = c.sid);
SELECT * FROM totals; DELETE FROM chat_requests;
-- With a budget nothing is asked for beside what is looked up.
UPDATE chat_settings SET value = 40 WHERE name = 'max_requests';
SELECT count(*) FROM (SELECT * FROM many LIMIT 30) AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
-- The same answers without.
UPDATE chat_settings SET value = 'recall' WHERE name = 'without';
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT table_name, requests >= (SELECT count(*) FROM many) AS each, twice FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM users AS u CROSS JOIN members AS m ON m.service_sid = u.service_sid AND m.identity = u.identity;
SELECT count(*) FROM users AS u WHERE NOT EXISTS (SELECT 1 FROM members AS m WHERE m.service_sid = u.service_sid AND m.identity = u.identity);
SELECT count(*), sum(n) FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e);
UPDATE chat_settings SET value = NULL WHERE name = 'without';
DELETE FROM chat_requests;
-- chat_requests tells which requests looked something up, which pages were read in their place, and how many the list has spared: each SID is
-- the one or the other, whoever comes again, and the first one is asked for in both services.
SELECT count(*) FROM many AS t CROSS JOIN (VALUES (1), (2)) CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT table_name, made + replaced = (SELECT count(*) FROM many) + 1 AS each, made > 16 AS some, lists, instead FROM purposes; DELETE FROM chat_requests;
-- Few are only looked up.
SELECT count(*) FROM (SELECT * FROM many LIMIT 3) AS t CROSS JOIN (VALUES (1), (2)) CROSS JOIN messages AS m ON m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT * FROM purposes; DELETE FROM chat_requests;
-- A list that has been read anyway is read for no other purpose, and tells what is looked up afterwards.
CREATE TEMP TABLE some_users AS SELECT service_sid, sid FROM users WHERE service_sid = (SELECT max(sid) FROM services);
DELETE FROM chat_requests;
SELECT count(u.sid) = (SELECT count(*) FROM some_users) FROM some_users AS t CROSS JOIN users AS u ON u.service_sid = t.service_sid AND u.sid = t.sid
  WHERE (SELECT count(identity) FROM users WHERE service_sid = (SELECT service_sid FROM some_users)) > 0;
SELECT made, replaced = (SELECT count(*) FROM some_users) AS each, lists, instead FROM purposes WHERE table_name = 'users'; DELETE FROM chat_requests;
-- By a filter's value, ahead too, and by stretches of an order.
SELECT count(*) FROM users AS u CROSS JOIN members AS m ON m.service_sid = u.service_sid AND m.identity = u.identity;
SELECT table_name, made > 0 AS made, instead, "of" FROM purposes WHERE table_name = 'members'; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM members AS e CROSS JOIN messages AS m ON m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid AND m."index" > coalesce(e.last_consumed_message_index, -1);
SELECT table_name, made > 0 AS made, instead, "of" FROM purposes WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- What is looked up twice is spared once.
SELECT sum(n) > 0 FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) AS n FROM members AS e);
SELECT sum(made) + sum(replaced) <= (SELECT stretches FROM lists) AS once, sum(replaced) > 0 AS some FROM purposes WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- Where SQLite passes over rows of the outer table, the first one that is looked up may be the only one.
SELECT count(*) > 0 FROM members AS e CROSS JOIN messages AS m ON m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid AND m."index" > coalesce(e.last_consumed_message_index, -1) WHERE e.identity > '';
SELECT table_name, made > 0 AS made, instead, "of" FROM purposes WHERE table_name = 'messages'; DELETE FROM chat_requests;
-- Nothing of a plain query is looked up.
SELECT count(*) > 0 FROM channels AS c CROSS JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid;
SELECT * FROM purposes;
-- Many at once: how many pages the list has is worth one request (of its channel), so that they need not be read to find that out. A list that has
-- fewer is read at once.
UPDATE chat_settings SET value = 5 WHERE name = 'page_size';
DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE service_sid = (SELECT service_sid FROM many) AND channel_sid = (SELECT channel_sid FROM many) AND sid IN (SELECT sid FROM many LIMIT 60);
SELECT table_name, requests <= CASE table_name WHEN 'channels' THEN 1 ELSE 60 + 4 END AS few FROM totals; DELETE FROM chat_requests;
-- One after another, that is asked beside the fourth: no page is read before a fifth of them would have been, and from then on one beside each.
CREATE TEMP VIEW series AS SELECT sum(table_name = 'channels') AS counts, sum(purpose = 'look-up') AS looked_up, sum(path LIKE '%?%') AS listed,
  (SELECT count(*) FROM chat_requests AS e WHERE e.purpose = 'look-up' AND e.id < (SELECT min(id) FROM chat_requests WHERE path LIKE '%?%')) AS before,
  (SELECT (count(*) + 4) / 5 FROM many) AS pages, count(*) - count(DISTINCT path) AS twice FROM chat_requests;
SELECT count(*) FROM (SELECT * FROM many LIMIT 3) AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT pages > 80 AS long, counts, looked_up, listed FROM series; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT * FROM many LIMIT 15) AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, looked_up, listed FROM series; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT * FROM many LIMIT 60) AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, looked_up, before BETWEEN pages / 5 AND pages / 5 + 1 AS alone, listed BETWEEN 10 AND 60 - before + 1 AS beside FROM series; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, looked_up BETWEEN pages AND pages + 8 AS within, before BETWEEN pages / 5 AND pages / 5 + 1 AS alone, listed = pages AS each, twice FROM series; DELETE FROM chat_requests;
-- No more is bought where all pages could be asked for at once, since they go by numbers.
.shell tests/sql/control EMULATOR_URL paging mode=page
SELECT count(*) FROM (SELECT * FROM many LIMIT 40) AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, looked_up, listed BETWEEN 10 AND 40 - before + 1 AS beside FROM series; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL paging mode=token
-- With one request at a time nothing goes beside another.
UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency';
SELECT count(*) FROM (SELECT * FROM many LIMIT 60) AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, looked_up, listed FROM series; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'max_concurrency';
-- A list of a few pages is whole before much has been looked up in it.
UPDATE chat_settings SET value = 200 WHERE name = 'page_size';
SELECT count(*) = (SELECT count(*) FROM many) FROM many AS t CROSS JOIN messages AS m ON m.service_sid = t.service_sid AND m.channel_sid = t.channel_sid AND m.sid = t.sid;
SELECT counts, before < 8 AS early, looked_up <= listed + 8 AS within, listed, twice FROM series; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 5 WHERE name = 'page_size';
CREATE TEMP TABLE short AS SELECT service_sid, channel_sid, sid FROM messages WHERE channel_sid = (SELECT sid FROM channels WHERE messages_count BETWEEN 25 AND 60 ORDER BY messages_count DESC LIMIT 1);
DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM short) FROM messages WHERE service_sid = (SELECT service_sid FROM short) AND channel_sid = (SELECT channel_sid FROM short) AND sid IN (SELECT sid FROM short);
SELECT sum(requests) <= 2 * ((SELECT count(*) FROM short) + 4) / 5 + 16 AS within FROM totals;
-- A stretch of each of many lists is no reason to read one of them first.
CREATE TEMP TABLE every AS SELECT service_sid, sid FROM channels;
DELETE FROM chat_requests;
SELECT count(*) > 0 FROM messages WHERE channel_sid IN (SELECT sid FROM every) AND "index" > 3;
SELECT (SELECT count(*) > 8 FROM every) AS many, count(*) > 8 AS asked, sum(purpose = 'instead of look-ups') AS before FROM chat_requests WHERE table_name = 'messages';
