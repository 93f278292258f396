-- Joins: the outer row's values reach the inner table, each list is asked for once, and the next rows' lists ahead of time.
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE size AS SELECT (SELECT count(*) FROM services) AS services, (SELECT count(*) FROM channels) AS channels,
 (SELECT sum(messages_count) FROM channels) AS messages,
 (SELECT count(*) FROM channels WHERE service_sid = (SELECT service_sid FROM pick_channel)) AS channels_here, (SELECT count(*) FROM users) AS users;
CREATE TEMP VIEW totals AS
SELECT table_name, count(*) AS requests, CASE count(*) WHEN channels THEN 'one for each channel' WHEN channels_here THEN 'one for each channel of the service'
       WHEN users THEN 'one for each user' WHEN services THEN 'one for each service' WHEN 1 THEN 'one' ELSE '?' END AS that_is,
       count(*) - count(DISTINCT path) AS twice, sum(error IS NOT NULL) AS wasted
  FROM chat_requests, size GROUP BY table_name;
DELETE FROM chat_requests;
.echo on

-- services -> channels
SELECT count(*) FROM services AS s JOIN channels AS c ON c.service_sid = s.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- channels -> messages, by the channel alone and with the service
SELECT count(*) = (SELECT messages FROM size) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) = (SELECT messages FROM size) FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid AND m.service_sid = c.service_sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- ... whichever is written first
SELECT count(*) = (SELECT messages FROM size) FROM messages AS m JOIN channels AS c ON m.channel_sid = c.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- channels -> members, channels -> invites
SELECT count(*) FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c JOIN invites AS i ON i.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT * FROM totals; DELETE FROM chat_requests;
-- users -> user_channels
SELECT count(*) FROM users AS u JOIN user_channels AS uc ON uc.user_sid = u.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- services -> messages: the channels of each service on the way
SELECT count(*) = (SELECT messages FROM size) FROM services AS s JOIN messages AS m ON m.service_sid = s.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- three levels
SELECT count(*) = (SELECT messages FROM size) FROM services AS s JOIN channels AS c ON c.service_sid = s.sid JOIN messages AS m ON m.channel_sid = c.sid AND m.service_sid = s.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM services AS s JOIN users AS u ON u.service_sid = s.sid JOIN user_channels AS uc ON uc.user_sid = u.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
-- two inner tables
SELECT count(*) > 0 FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid JOIN messages AS x ON x.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT table_name, requests - wasted AS needed, twice, wasted <= 16 + 0.25 * (requests - wasted) AS few_wasted FROM totals; DELETE FROM chat_requests;

-- LEFT JOIN
SELECT count(DISTINCT c.sid) = (SELECT channels FROM size), sum(m.sid IS NULL) > 0 FROM channels AS c LEFT JOIN messages AS m ON m.channel_sid = c.sid;
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(DISTINCT c.sid) = (SELECT channels FROM size), sum(m.sid IS NULL) > 0 FROM channels AS c LEFT JOIN members AS m ON m.channel_sid = c.sid AND m.identity = 'alice';
SELECT * FROM totals; DELETE FROM chat_requests;

-- Correlated subqueries: as a column, EXISTS, IN, NOT EXISTS.
SELECT sum(n) = (SELECT messages FROM size) FROM (SELECT (SELECT count(*) FROM messages AS m WHERE m.channel_sid = c.sid) AS n FROM channels AS c);
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c WHERE EXISTS (SELECT 1 FROM members AS m WHERE m.channel_sid = c.sid AND m.identity = 'alice');
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c WHERE NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.channel_sid = c.sid AND m.service_sid = c.service_sid);
SELECT * FROM totals; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS c WHERE c.service_sid = @service AND 'alice' IN (SELECT identity FROM members AS m WHERE m.channel_sid = c.sid);
SELECT * FROM totals; DELETE FROM chat_requests;
-- ... the newest message of each channel: one page of one row each
SELECT count(last) FROM (SELECT (SELECT m."index" FROM messages AS m WHERE m.channel_sid = c.sid ORDER BY m."index" DESC LIMIT 1) AS last FROM channels AS c WHERE c.service_sid = @service);
SELECT * FROM totals;
SELECT min(path LIKE '%/Messages?Order=desc&PageSize=2') FROM chat_requests WHERE table_name = 'messages'; DELETE FROM chat_requests;

-- A local table outside.
CREATE TEMP TABLE note (channel_sid TEXT, text TEXT);
INSERT INTO note SELECT sid, 'first' FROM channels WHERE service_sid = @service ORDER BY sid LIMIT 10;
INSERT INTO note SELECT channel_sid, 'again' FROM note;
INSERT INTO note VALUES ('CH00000000000000000000000000000000', 'gone'), ('CH00000000000000000000000000000000', 'gone again'), (NULL, 'none');
DELETE FROM chat_requests;
SELECT count(*) FROM note CROSS JOIN channels AS c ON c.sid = note.channel_sid AND c.service_sid = @service;
SELECT status, count(*), count(DISTINCT call) FROM calls GROUP BY status; DELETE FROM chat_requests;
SELECT count(*) FROM note LEFT JOIN channels AS c ON c.sid = note.channel_sid;
SELECT table_name, status, count(*), count(DISTINCT path) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;
SELECT count(DISTINCT m.channel_sid) FROM note CROSS JOIN messages AS m ON m.channel_sid = note.channel_sid;
SELECT table_name, status, sum(error IS NULL OR status = 404) AS used, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name <> 'channels' GROUP BY table_name, status HAVING used; DELETE FROM chat_requests;
-- ... and IN a local table: taken whole
SELECT count(DISTINCT channel_sid) FROM messages WHERE service_sid = @service AND channel_sid IN (SELECT channel_sid FROM note);
SELECT table_name, status, sum(error IS NULL OR status = 404) AS used, count(*) - count(DISTINCT path) AS twice FROM chat_requests WHERE table_name <> 'channels' GROUP BY table_name, status HAVING used; DELETE FROM chat_requests;
-- ... inside
SELECT count(*) FROM channels AS c JOIN note ON note.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT table_name, status, count(*) <= 11, count(*) - count(DISTINCT path) FROM chat_requests GROUP BY table_name, status; DELETE FROM chat_requests;

-- Self-joins: no page twice.
SELECT count(*) FROM messages AS a JOIN messages AS b ON b.service_sid = a.service_sid AND b.channel_sid = a.channel_sid AND b."index" = a."index" + 1 WHERE a.service_sid = @service AND a.channel_sid = @channel;
SELECT count(*) <= 2, count(*) - count(DISTINCT call) AS twice FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels AS a JOIN channels AS b ON b.service_sid = a.service_sid AND b.friendly_name = a.friendly_name WHERE a.service_sid = @service;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM roles AS a, roles AS b WHERE a.friendly_name > b.friendly_name;
SELECT * FROM totals; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 7 WHERE name = 'page_size';
SELECT count(*) = (SELECT count(*) * count(*) FROM pick_message) FROM messages AS a, messages AS b WHERE a.service_sid = @service AND a.channel_sid = @channel AND b.service_sid = @service AND b.channel_sid = @channel;
SELECT count(*) = (SELECT (count(*) + 6) / 7 FROM pick_message), count(*) - count(DISTINCT call) AS twice FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
-- ... and UNION, several references, a common table expression
SELECT count(*) FROM (SELECT sid FROM roles WHERE service_sid = @service UNION ALL SELECT sid FROM roles WHERE service_sid = @service);
SELECT (SELECT count(*) FROM roles WHERE service_sid = @service) = (SELECT count(*) FROM roles WHERE service_sid = @service);
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;

-- members and users, by identity: v1 cannot look an identity up, so each service's users are listed once.
SELECT count(*) > 0 FROM members AS m JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity WHERE m.service_sid = @service;
SELECT * FROM totals; DELETE FROM chat_requests;
-- user_channels and their channels: a lookup by SID
SELECT count(*) > 0 FROM user_channels AS uc JOIN channels AS c ON c.sid = uc.channel_sid AND c.service_sid = uc.service_sid WHERE uc.service_sid = @service AND uc.user_sid = @user;
SELECT table_name, count(*) - count(DISTINCT path) AS twice, CASE table_name WHEN 'channels' THEN count(*) <= 6 ELSE count(*) END AS few FROM chat_requests GROUP BY table_name; DELETE FROM chat_requests;
