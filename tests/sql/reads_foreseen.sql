-- A join opens its tables before it reads the first one. Where each plan that SQLite has had for a table of it lists the channels of a
-- service, as where an inner loop looks at all messages of one, that list is asked for beside the first table's in the same service.
-- emulator: --seed 1 --services 2 --channels 6 --users 50 --members 20 --messages 60 --write-limit 0 --latency 3
.echo off
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
UPDATE chat_settings SET value = 'v1' WHERE name = 'api_version';
-- Of each service: is the channels' first page asked for before the users' second one?
CREATE TEMP VIEW foreseen AS SELECT count(DISTINCT c.id) AS lists, coalesce(sum(c.id < u.id), 0) AS foreseen FROM services AS s
  LEFT JOIN chat_requests AS c ON c.path LIKE '%' || s.sid || '/Channels?%' AND c.path NOT LIKE '%PageToken=%'
  LEFT JOIN chat_requests AS u ON u.path LIKE '%' || s.sid || '/Users?%PageToken=%' AND u.path LIKE '%Page=1&%';
CREATE TEMP VIEW totals AS SELECT count(*) - count(DISTINCT path) AS twice, total(error LIKE 'not used%') AS in_vain FROM chat_requests;
CREATE TEMP TABLE service AS SELECT sid FROM services LIMIT 1;
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
SELECT count(*) FROM roles AS r CROSS JOIN users AS u ON u.role_sid = r.sid CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
-- Not where a channel may be given, nor the service.
SELECT count(*) FROM users AS u JOIN messages AS m ON m.service_sid = u.service_sid AND m.channel_sid = u.friendly_name;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = 'IS00000000000000000000000000000000' AND m."from" = u.identity;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
-- Nor where the first row may be all, or none may be.
SELECT 1 FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid LIMIT 1;
SELECT lists <= 1 AS few FROM foreseen; DELETE FROM chat_requests;
SELECT count(*) FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity WHERE u.friendly_name = 'nobody';
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
SELECT count(*) FROM users AS u CROSS JOIN messages AS m ON m.service_sid = u.service_sid AND m."from" = u.identity WHERE u.identity = 'nobody';
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
-- Another statement's plans say nothing of this one.
SELECT count(*) FROM users;
SELECT * FROM foreseen, totals; DELETE FROM chat_requests;
-- What is looked into for each row of lists under channels: before these have come.
CREATE TEMP VIEW looked_into AS SELECT count(*) AS pages, sum(u.id < (SELECT min(id) FROM chat_requests WHERE path LIKE '%/Members?%')) AS foreseen FROM chat_requests AS u WHERE u.path LIKE '%/Users?%';
SELECT count(u.sid) FROM members AS e LEFT JOIN users AS u ON u.service_sid = e.service_sid AND u.identity = e.identity;
SELECT * FROM looked_into, totals; DELETE FROM chat_requests;
SELECT count(u.sid) FROM members AS e CROSS JOIN users AS u ON u.sid = e.identity AND u.service_sid = e.service_sid;
SELECT foreseen FROM looked_into; DELETE FROM chat_requests;
-- Not one that is given, nor for the first row. A term of which SQLite does not tell may leave out all members: a page of each service.
SELECT count(u.sid) FROM members AS e LEFT JOIN users AS u ON u.service_sid = e.service_sid AND u.identity = 'nobody';
SELECT * FROM looked_into; DELETE FROM chat_requests;
SELECT count(u.sid) FROM members AS e LEFT JOIN users AS u ON u.service_sid = e.service_sid AND u.identity = e.identity WHERE length(e.identity) < 0;
SELECT * FROM looked_into; DELETE FROM chat_requests;
SELECT u.sid IS NULL FROM members AS e LEFT JOIN users AS u ON u.service_sid = e.service_sid AND u.identity = e.identity LIMIT 1;
SELECT foreseen FROM looked_into; DELETE FROM chat_requests;
