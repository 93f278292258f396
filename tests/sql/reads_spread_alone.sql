-- What is looked up in the lists of all services, and what is known to be in one of them, one after the other: what has been looked up in all
-- has been looked up in that one, too. The requests on a list are at most twice its pages and eight more.
-- emulator: --seed 1 --services 3 --channels 12 --users 120 --members 20 --messages 20 --invites 0 --write-limit 0
.echo off
UPDATE chat_settings SET value = 20 WHERE name = 'page_size';
UPDATE chat_settings SET value = 'ahead' WHERE name = 'without';
CREATE TEMP TABLE many AS SELECT service_sid AS sid, count(*) AS users FROM users GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1;
CREATE TEMP TABLE wanted AS SELECT row_number() OVER (ORDER BY sid DESC) + 0.0 AS place, sid FROM users WHERE service_sid = (SELECT sid FROM many) ORDER BY sid DESC LIMIT 14;
INSERT INTO wanted SELECT value + 0.5, 'US0000000000000000000000000000000' || value FROM json_each('[2, 5]');
CREATE TEMP TABLE in_order AS SELECT sid FROM wanted ORDER BY place;
CREATE TEMP VIEW totals AS SELECT count(*) <= 2 * ((users + 19) / 20) + 8 AS within, count(*) FILTER (WHERE purpose = 'look-up') > 8 AS looked_up, count(*) - count(DISTINCT path) AS twice
  FROM many JOIN chat_requests ON path LIKE '%/' || sid || '/Users%';
DELETE FROM chat_requests;
.echo on

-- Fourteen people of one service, all at its list's end, and two of none.
SELECT count(*), users > 40 AS pages FROM in_order AS p CROSS JOIN users AS u ON u.sid = p.sid CROSS JOIN many;
SELECT * FROM totals; DELETE FROM chat_requests;
