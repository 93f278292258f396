-- SIDs of which nobody knows where they are are looked for in all lists; once these have been read, it is known where the others are, and
-- nothing more is looked up in them.
-- emulator: --seed 1 --services 3 --channels 60 --users 60 --members 100 --messages 300 --invites 20 --write-limit 0
.echo off
CREATE TEMP TABLE some AS SELECT row_number() OVER (ORDER BY sid) AS number, sid FROM channels;
CREATE TEMP TABLE people AS SELECT row_number() OVER (ORDER BY sid) AS number, sid FROM users;
CREATE TEMP VIEW asked AS SELECT table_name, count(*) AS requests, sum(path LIKE '%?%') AS pages, sum(path NOT LIKE '%?%') AS looked_up, count(*) - count(DISTINCT path) AS twice
 FROM chat_requests WHERE table_name <> 'services' GROUP BY table_name;
UPDATE chat_settings SET value = 6 WHERE name = 'max_retries'; -- forgets where they are
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM some AS t CROSS JOIN channels AS c ON c.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT count(*) FROM people AS t CROSS JOIN users AS u ON u.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- The same where a scan has read the list.
SELECT count(*) FROM (SELECT service_sid, count(*) AS n FROM channels GROUP BY service_sid) AS s JOIN some AS t CROSS JOIN channels AS c ON c.service_sid = s.service_sid AND c.sid = t.sid;
SELECT * FROM asked; DELETE FROM chat_requests;
-- What has been looked up in all services counts for the list once it is known in which it is: twice its pages and eight more.
CREATE TEMP TABLE long AS SELECT service_sid, sid, messages_count AS count FROM channels ORDER BY messages_count DESC LIMIT 1;
CREATE TEMP TABLE elsewhere AS SELECT sid FROM messages WHERE channel_sid <> (SELECT sid FROM long);
UPDATE chat_settings SET value = 5 WHERE name = 'page_size';
UPDATE chat_settings SET value = 5 WHERE name = 'max_retries'; -- forgets where they are
DELETE FROM chat_requests;
SELECT count(*) FROM elsewhere AS t CROSS JOIN messages AS m ON m.sid = t.sid AND m.channel_sid = (SELECT sid FROM long);
SELECT count(*) - 2 * ((count + 4) / 5) <= 8 AS within, count(*) > count / 5 AS many, count(*) - count(DISTINCT path) AS twice FROM chat_requests, long WHERE path LIKE '%/' || service_sid || '/%/Messages%'; DELETE FROM chat_requests;
