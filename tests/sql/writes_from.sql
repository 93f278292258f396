-- UPDATE ... FROM: a column counts as changed only if it differs from what the statement showed for that row; a row that
-- matches several rows is sent once, as it is last. (Before 3.44 SQLite hands over every column as if it were set.)
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
CREATE TEMP VIEW sent AS SELECT table_name, body, count(*) AS calls FROM chat_writes GROUP BY table_name, body;
CREATE TEMP VIEW posted AS SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST';

-- One column set: that one is sent, and neither the attributes that lists hide nor the date.
CREATE TEMP TABLE names(sid, name);
INSERT INTO names SELECT sid, 'n' || (row_number() OVER (ORDER BY sid) % 2) FROM channels;
UPDATE channels SET friendly_name = names.name FROM names WHERE names.sid = channels.sid AND service_sid = @service;
SELECT * FROM sent;
-- The same again changes nothing.
DELETE FROM chat_requests;
UPDATE channels SET friendly_name = names.name FROM names WHERE names.sid = channels.sid AND service_sid = @service;
SELECT * FROM posted;
-- What the version lacks reads NULL, what a list hides is fetched or not: no column that is not named is in the way.
UPDATE members SET role_sid = r.sid FROM roles AS r
 WHERE members.service_sid = @service AND members.channel_sid = @other AND r.service_sid = @service AND r.sid = @role;
SELECT operation, count(DISTINCT body) AS bodies FROM chat_writes GROUP BY operation;
UPDATE users SET friendly_name = 'user ' || names.name FROM names WHERE users.sid = @user AND users.service_sid = @service AND names.sid = @channel;
SELECT state, body FROM writes;
UPDATE services SET consumption_report_interval = 7 FROM names WHERE services.sid = @service;
SELECT * FROM sent;
UPDATE messages SET body = 'from ' || "index" FROM (SELECT 1) WHERE service_sid = @service AND channel_sid = @channel AND "index" < 2;
SELECT body FROM writes;
UPDATE credentials SET friendly_name = 'known' FROM (SELECT 1);
SELECT * FROM sent;

-- Several rows of FROM for one row: sent once, with the last value; not at all where that is the one it has.
CREATE TEMP TABLE many(n, name);
INSERT INTO many VALUES (1, 'first'), (2, 'second'), (3, 'last');
UPDATE channels SET friendly_name = name FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT seq IS NOT NULL AS numbered, body FROM chat_writes;
DELETE FROM chat_requests;
UPDATE channels SET friendly_name = name FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT * FROM posted;
UPDATE channels SET friendly_name = name FROM many WHERE channels.service_sid = @service AND channels.sid IN (@channel, @other);
SELECT body FROM writes;
-- ... in whatever order they come: here every row comes again after all others.
UPDATE channels SET friendly_name = many.n || names.name
  FROM (SELECT * FROM many ORDER BY n) AS many CROSS JOIN names WHERE channels.sid = names.sid AND channels.service_sid = @service;
SELECT body, calls < (SELECT count(*) FROM channels WHERE service_sid = @service) AS some FROM sent;
SELECT count(*) = (SELECT count(*) FROM channels WHERE service_sid = @service) AS once FROM chat_writes;
UPDATE channels SET friendly_name = many.n || many.n
  FROM (SELECT * FROM many ORDER BY n) AS many CROSS JOIN names WHERE channels.sid = names.sid AND channels.service_sid = @service;
SELECT * FROM sent WHERE calls <> (SELECT count(*) FROM channels WHERE service_sid = @service);

-- JSON columns: a leaf, an array; written otherwise it is the same.
UPDATE services SET limits = json_set(limits, '$.user_channels', 99) FROM many WHERE services.sid = @service;
SELECT * FROM sent;
DELETE FROM chat_requests;
UPDATE services SET limits = replace(limits, ',', ' , ') FROM many WHERE services.sid = @service;
SELECT * FROM posted;
UPDATE roles SET permissions = '["leaveChannel","sendMessage"]' FROM many WHERE roles.service_sid = @service AND roles.sid = @role;
SELECT * FROM sent;
DELETE FROM chat_requests;
UPDATE roles SET permissions = '[ "leaveChannel", "sendMessage" ]' FROM many WHERE roles.service_sid = @service AND roles.sid = @role;
SELECT * FROM posted;
UPDATE messages SET attributes = json_object('n', many.n) FROM many WHERE service_sid = @service AND channel_sid = @channel AND messages.sid = @message;
SELECT body FROM writes;

-- What was fetched for one row of a list is not the next one's: the one asks for its attributes, which are what it sets.
UPDATE channels SET friendly_name = 'shared', attributes = CASE sid WHEN @channel THEN '{}' ELSE '{"b":1}' END WHERE service_sid = @service AND sid IN (@channel, @other);
UPDATE channels SET attributes = CASE WHEN sid = @channel AND json_type(attributes) = 'object' THEN '{}' ELSE '{}' END WHERE service_sid = @service AND friendly_name = 'shared';
SELECT call LIKE '%' || @other AS other, body FROM writes;
UPDATE channels SET attributes = CASE sid WHEN @channel THEN '{}' ELSE '{"b":1}' END WHERE service_sid = @service AND sid IN (@channel, @other);
UPDATE channels SET attributes = CASE WHEN sid = @other AND json_type(attributes) = 'object' THEN '{"b":1}' ELSE '{"b":1}' END WHERE service_sid = @service AND friendly_name = 'shared';
SELECT call LIKE '%' || @other AS other, body FROM writes;

-- In a transaction, and with what is rolled back.
BEGIN;
UPDATE users SET friendly_name = name FROM many WHERE users.service_sid = @service AND users.sid = @user;
SAVEPOINT s;
UPDATE users SET friendly_name = name || '!' FROM many WHERE users.service_sid = @service AND users.sid = @user;
SELECT state, body FROM writes;
ROLLBACK TO s;
UPDATE users SET friendly_name = name FROM many WHERE users.service_sid = @service AND users.sid = @user;
SELECT state, body FROM writes;
COMMIT;
SELECT state, body FROM writes;

-- Version 2, where dates can be set: that of a change is set if the statement sets it, and only then.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE channels SET friendly_name = 'dated' FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT body FROM writes;
UPDATE channels SET friendly_name = 'dated again', date_updated = '2020-01-02 03:04:05' FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT body FROM writes;
UPDATE channels SET friendly_name = 'dated for good', date_updated = '2020-01-02 03:04:05' FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT body FROM writes;
DELETE FROM chat_requests;
UPDATE members SET role_sid = role_sid FROM many WHERE members.service_sid = @service AND members.channel_sid = @other;
SELECT * FROM posted;
UPDATE bindings SET identity = 'x' FROM many WHERE bindings.service_sid = @service;
UPDATE channels SET created_by = 'x', members_count = 9 FROM many WHERE channels.service_sid = @service AND channels.sid = @channel;

-- One that fails at its third row leaves nothing behind, in a transaction either: SQLite has no savepoint for it.
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
CREATE TEMP TABLE bad(n, name);
INSERT INTO bad VALUES (1, 'fine'), (2, 'fine too'), (3, hex(zeroblob(200))), (4, 'fine again');
BEGIN;
UPDATE users SET friendly_name = 'before it' WHERE users.service_sid = @service AND users.sid = @user;
UPDATE messages SET body = name FROM bad WHERE service_sid = @service AND channel_sid = @channel AND messages."index" < 40 AND n < 3;
UPDATE channels SET friendly_name = name FROM (SELECT channels.sid, bad.name FROM bad JOIN channels ON channels.rowid IS NOT NULL ORDER BY n) AS t WHERE channels.service_sid = @service AND t.sid = channels.sid;
SELECT table_name, state FROM chat_writes WHERE table_name = 'channels';
UPDATE OR FAIL channels SET friendly_name = name FROM bad WHERE channels.service_sid = @service AND channels.sid = @channel;
SELECT table_name, state, body FROM chat_writes WHERE table_name = 'channels';
UPDATE OR IGNORE channels SET friendly_name = name FROM bad WHERE channels.service_sid = @service AND channels.sid = @other;
SELECT table_name, state, body FROM chat_writes WHERE table_name = 'channels';
ROLLBACK;
