-- Joins, OR and subqueries: the outer table's values reach the inner one, and no page is asked for twice.
CREATE TEMP TABLE note (channel_sid TEXT, text TEXT);
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
INSERT INTO note SELECT sid, 'first' FROM channels WHERE service_sid = @service ORDER BY sid LIMIT 3;
INSERT INTO note SELECT channel_sid, 'again' FROM note;
INSERT INTO note VALUES ('CH00000000000000000000000000000000', 'gone'), (NULL, 'none');
DELETE FROM chat_requests;

SELECT count(*), count(DISTINCT c.sid)
  FROM note CROSS JOIN channels AS c ON c.sid = note.channel_sid AND c.service_sid = @service;
SELECT call, status FROM calls; DELETE FROM chat_requests;

SELECT note.text, c.sid FROM note LEFT JOIN channels AS c ON c.sid = note.channel_sid AND c.service_sid = @service ORDER BY c.sid, note.text;
SELECT count(*) FROM calls; DELETE FROM chat_requests;

SELECT count(*) = (SELECT sum(messages_count) FROM channels WHERE service_sid = @service)
  FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid WHERE c.service_sid = @service;
SELECT count(*) - count(DISTINCT call) AS twice FROM calls; DELETE FROM chat_requests;

SELECT count(*) FROM channels WHERE service_sid = @service AND (sid = (SELECT min(channel_sid) FROM note) OR sid = (SELECT max(channel_sid) FROM note));
SELECT call, status FROM calls; DELETE FROM chat_requests;

SELECT count(*) = (SELECT count(*) FROM members WHERE service_sid = @service)
  FROM members AS m JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity WHERE m.service_sid = @service;
SELECT count(*) - count(DISTINCT call) AS twice FROM calls; DELETE FROM chat_requests;

SELECT count(*) FROM channels AS c
 WHERE c.service_sid = @service AND EXISTS (SELECT 1 FROM note WHERE note.channel_sid = c.sid);
SELECT count(*) FROM channels WHERE service_sid = @service AND sid NOT IN (SELECT channel_sid FROM note WHERE channel_sid IS NOT NULL)
INTERSECT SELECT count(*) - 3 FROM channels WHERE service_sid = @service;

-- Under a collation SQLite before 3.53 loses rows where the table joined with the column is read first: it is not.
CREATE TEMP TABLE wanted AS SELECT lower(channel_sid) AS sid, count(*) AS messages FROM messages GROUP BY 1 ORDER BY 2 DESC LIMIT 1;
SELECT count(*) = (SELECT messages FROM wanted) AS all_of_them FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid
 WHERE m.channel_sid COLLATE NOCASE = (SELECT sid FROM wanted);
SELECT count(*) = (SELECT messages FROM wanted) AS all_of_them FROM channels AS c LEFT JOIN messages AS m ON m.channel_sid = c.sid
 WHERE m.channel_sid COLLATE NOCASE = (SELECT sid FROM wanted);
