-- Questions that people ask, and the lists that hold their answers: see test_questions.
--
-- A question begins with "-- NAME: TABLE, ..." and ends before the next one. Its last statement is what is counted; those
XX-- [chat]: there is no such table in Conversations.

-- members with their users: members, users
SELECT m.channel_sid, m.identity, u.friendly_name FROM members AS m JOIN users AS u USING (identity, service_sid);

-- authors who are no members any more: messages, members
SELECT DISTINCT channel_sid, "from" FROM messages AS m WHERE NOT EXISTS (SELECT 1 FROM members AS e
  WHERE e.service_sid = m.service_sid AND e.channel_sid = m.channel_sid AND e.identity = m."from");

-- users in no channel: users, members
SELECT service_sid, identity FROM users AS u WHERE NOT EXISTS (SELECT 1 FROM members AS m WHERE m.identity = u.identity);

-- unread messages of every member: members, messages
SELECT e.sid, (SELECT count(*) FROM messages AS m WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid
  AND m."index" > coalesce(e.last_consumed_message_index, -1)) FROM members AS e;

-- users of the members, who may be gone: members, users
SELECT m.sid, u.sid FROM members AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m.identity;

-- users of the authors, who may be gone: messages, users
SELECT m.sid, u.friendly_name FROM messages AS m LEFT JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from";

-- [chat] users who are invited: invites, users
SELECT i.sid, u.sid FROM invites AS i LEFT JOIN users AS u ON u.service_sid = i.service_sid AND u.identity = i.identity;

-- a thousand messages by a list of SIDs, IN: messages of CHANNEL
CREATE TEMP TABLE wanted AS SELECT channel_sid, sid FROM messages WHERE channel_sid = CHANNEL ORDER BY sid LIMIT 1005;
SELECT sid, body FROM messages WHERE channel_sid = CHANNEL AND sid IN (SELECT sid FROM wanted);

-- the same, JOIN: messages of CHANNEL
CREATE TEMP TABLE wanted AS SELECT channel_sid, sid FROM messages WHERE channel_sid = CHANNEL ORDER BY sid LIMIT 1005;
SELECT m.sid, m.body FROM wanted AS w JOIN messages AS m ON m.channel_sid = w.channel_sid AND m.sid = w.sid;

-- the same, without the channel: channels, messages
CREATE TEMP TABLE wanted AS SELECT channel_sid, sid FROM messages WHERE channel_sid = CHANNEL ORDER BY sid LIMIT 1005;
SELECT sid, body FROM messages WHERE sid IN (SELECT sid FROM wanted);

-- messages of each author, by name: messages, users
SELECT u.service_sid, u.friendly_name, u.identity, count(*) FROM messages AS m JOIN users AS u
  ON u.service_sid = m.service_sid AND u.identity = m."from" GROUP BY u.service_sid, u.sid;

-- members and messages of each channel: channels, members, messages
SELECT c.sid, (SELECT count(*) FROM members AS e WHERE e.channel_sid = c.sid), (SELECT count(*) FROM messages AS m WHERE m.channel_sid = c.sid)
  FROM channels AS c;

-- the latest message of each channel: channels, 40
SELECT c.sid, (SELECT m.body FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid ORDER BY m."index" DESC LIMIT 1)
  FROM channels AS c;

-- the latest index of each channel: channels, 40
SELECT c.sid, (SELECT max("index") FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid) FROM channels AS c;

-- channels in which nothing was said: channels, 40
SELECT c.sid FROM channels AS c WHERE NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid);

-- channels whose creator is no member: channels, members
SELECT c.sid, c.created_by FROM channels AS c WHERE c.created_by NOT IN (SELECT e.identity FROM members AS e WHERE e.channel_sid = c.sid);

-- members who never wrote there: members, messages
SELECT e.channel_sid, e.identity FROM members AS e LEFT JOIN messages AS m ON m.channel_sid = e.channel_sid AND m."from" = e.identity
  WHERE m.sid IS NULL;

-- users who never wrote at night: users, messages
SELECT u.service_sid, u.identity FROM users AS u WHERE NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.service_sid = u.service_sid AND m."from" = u.identity AND substr(m.date_created, 12, 2) < '05');

-- channels of two: members
SELECT channel_sid, min(identity), max(identity) FROM members GROUP BY channel_sid HAVING count(*) = 2;

-- who meets whom most: members
SELECT a.identity, b.identity, count(*) FROM members AS a JOIN members AS b ON b.channel_sid = a.channel_sid AND b.identity > a.identity
  GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10;

-- messages by the author's role: messages, users, roles
SELECT r.service_sid, r.friendly_name, count(*) FROM messages AS m JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from"
  JOIN roles AS r ON r.sid = u.role_sid GROUP BY 1, 2;

-- roles that nobody has: roles, users, members
SELECT sid FROM roles WHERE sid NOT IN (SELECT role_sid FROM users WHERE role_sid IS NOT NULL)
  AND sid NOT IN (SELECT role_sid FROM members WHERE role_sid IS NOT NULL);

-- what each member may do: members, roles
SELECT e.sid, r.friendly_name, r.permissions FROM members AS e JOIN roles AS r ON r.sid = e.role_sid AND r.service_sid = e.service_sid;

-- users of one name: users
SELECT a.sid, b.sid FROM users AS a JOIN users AS b ON b.friendly_name = a.friendly_name AND b.sid > a.sid;

-- messages by the hour: messages
SELECT substr(date_created, 12, 2), count(*) FROM messages GROUP BY 1;

-- channels whose last word is a stranger's: channels, members, 40
SELECT c.sid FROM channels AS c WHERE (SELECT m."from" FROM messages AS m WHERE m.service_sid = c.service_sid AND m.channel_sid = c.sid
  ORDER BY m."index" DESC LIMIT 1) NOT IN (SELECT e.identity FROM members AS e WHERE e.service_sid = c.service_sid AND e.channel_sid = c.sid);

-- the first message of each member: members, messages
SELECT e.sid, (SELECT min(m."index") FROM messages AS m WHERE m.channel_sid = e.channel_sid AND m."from" = e.identity) FROM members AS e;

-- users in many channels: users, members
SELECT u.service_sid, u.identity, count(*) FROM users AS u JOIN members AS e ON e.service_sid = u.service_sid AND e.identity = u.identity
  GROUP BY u.sid HAVING count(*) > 3;

-- channels of one user: channels, members
SELECT sid, friendly_name FROM channels WHERE sid IN (SELECT channel_sid FROM members WHERE identity = (SELECT max(identity) FROM members));

-- messages in the channels of one user: channels, members, messages
SELECT count(*), max(m.sid) FROM messages AS m WHERE m.channel_sid IN (SELECT channel_sid FROM members WHERE identity = (SELECT min(identity) FROM members));

-- members with the names of all: services, channels, members
SELECT s.friendly_name, c.friendly_name, e.identity FROM members AS e JOIN channels AS c ON c.sid = e.channel_sid JOIN services AS s ON s.sid = c.service_sid;

-- when each user wrote last: users, messages
SELECT u.sid, (SELECT max(m.date_created) FROM messages AS m WHERE m.service_sid = u.service_sid AND m."from" = u.identity) FROM users AS u;

-- the three busiest channels of each service: channels, messages
SELECT service_sid, friendly_name, n FROM (SELECT c.service_sid, c.sid, c.friendly_name, count(m.sid) AS n, row_number() OVER
  (PARTITION BY c.service_sid ORDER BY count(m.sid) DESC, c.sid) AS place FROM channels AS c LEFT JOIN messages AS m ON m.channel_sid = c.sid GROUP BY c.sid)
  WHERE place <= 3;

-- users of both services: users
SELECT identity FROM users WHERE service_sid = (SELECT min(sid) FROM services) INTERSECT
SELECT identity FROM users WHERE service_sid = (SELECT max(sid) FROM services);

-- authors who are no users: messages, users
SELECT service_sid, "from" FROM messages EXCEPT SELECT service_sid, identity FROM users;

-- members who have read the latest: members, 40
SELECT e.sid FROM members AS e WHERE e.last_consumed_message_index + 50 >= (SELECT max(m."index") FROM messages AS m
  WHERE m.service_sid = e.service_sid AND m.channel_sid = e.channel_sid);

-- what was answered by another: messages
SELECT count(*), max(b.sid) FROM messages AS a JOIN messages AS b ON b.service_sid = a.service_sid AND b.channel_sid = a.channel_sid
  AND b."index" = a."index" + 1 WHERE b."from" <> a."from";

-- a list of people, and where they are: users, members
CREATE TEMP TABLE people AS SELECT identity FROM users ORDER BY sid LIMIT 100;
SELECT p.identity, u.sid, e.channel_sid FROM people AS p LEFT JOIN users AS u ON u.identity = p.identity
  LEFT JOIN members AS e ON e.identity = p.identity AND e.service_sid = u.service_sid;

-- a list of people, and who of them is nobody: users
CREATE TEMP TABLE people AS SELECT identity || CASE WHEN rowid % 3 THEN '' ELSE ' gone' END AS identity FROM
  (SELECT identity, row_number() OVER () AS rowid FROM users ORDER BY sid LIMIT 100);
SELECT identity FROM people WHERE identity NOT IN (SELECT identity FROM users);

-- messages that were changed, and by whom: messages, users
SELECT m.sid, u.friendly_name FROM messages AS m JOIN users AS u ON u.service_sid = m.service_sid AND u.identity = m."from"
  WHERE m.was_edited OR m.date_updated > m.date_created;

-- members by a list of channels: members
CREATE TEMP TABLE few AS SELECT sid FROM channels ORDER BY sid LIMIT 25;
SELECT f.sid, count(e.sid) FROM few AS f LEFT JOIN members AS e ON e.channel_sid = f.sid GROUP BY 1;
