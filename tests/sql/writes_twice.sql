-- Several UPDATEs of a row in one transaction: "changed" is measured against what the row will be, earlier calls of the
-- transaction included.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
UPDATE channels SET friendly_name = 'before' WHERE service_sid = @service AND sid = @channel;
CREATE TEMP TABLE before AS SELECT friendly_name FROM channels WHERE service_sid = @service AND sid = @channel;

-- There and back: both are sent.
BEGIN;
UPDATE channels SET friendly_name = 'other' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = (SELECT friendly_name FROM before) WHERE service_sid = @service AND sid = @channel;
SELECT state, count(*) AS calls, count(DISTINCT body) AS bodies FROM chat_writes GROUP BY state;
COMMIT;
SELECT friendly_name = (SELECT friendly_name FROM before) AS as_before FROM channels WHERE service_sid = @service AND sid = @channel;
-- The same twice: once.
BEGIN;
UPDATE channels SET friendly_name = 'new' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = 'new' WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;
-- What is rolled back does not count.
SAVEPOINT s;
UPDATE channels SET friendly_name = 'newer' WHERE service_sid = @service AND sid = @channel;
ROLLBACK TO s;
UPDATE channels SET friendly_name = 'newer', attributes = '{"a":1}' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET attributes = '{"a":1}' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET attributes = '{"a":2}' WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;
ROLLBACK;
-- The next transaction begins anew.
DELETE FROM chat_requests;
UPDATE channels SET friendly_name = (SELECT friendly_name FROM before) WHERE service_sid = @service AND sid = @channel;
SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST';
UPDATE channels SET friendly_name = 'new' WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;

-- JSON columns: an array as a whole, an object leaf by leaf.
CREATE TEMP TABLE role AS SELECT sid, permissions FROM roles WHERE service_sid = @service AND sid = @role;
BEGIN;
UPDATE roles SET permissions = '["leaveChannel"]' WHERE service_sid = @service AND sid = @role;
UPDATE roles SET permissions = '[ "leaveChannel" ]' WHERE service_sid = @service AND sid = @role;
SELECT state, body FROM writes;
UPDATE roles SET permissions = (SELECT permissions FROM role) WHERE service_sid = @service AND sid = @role;
SELECT count(*) AS calls FROM chat_writes;
COMMIT;
SELECT permissions = (SELECT permissions FROM role) AS as_before FROM roles WHERE service_sid = @service AND sid = @role;
CREATE TEMP TABLE service AS SELECT limits, notifications FROM services WHERE sid = @service;
BEGIN;
UPDATE services SET limits = json_set(limits, '$.user_channels', 5) WHERE sid = @service;
UPDATE services SET limits = (SELECT json_set(limits, '$.user_channels', 5) FROM service) WHERE sid = @service;
UPDATE services SET limits = (SELECT json_set(limits, '$.user_channels', 5, '$.channel_members', 6) FROM service) WHERE sid = @service;
SELECT state, body FROM writes;
UPDATE services SET limits = (SELECT limits FROM service) WHERE sid = @service;
SELECT count(*) AS calls FROM chat_writes;
UPDATE services SET notifications = (SELECT notifications FROM service) WHERE sid = @service;
SELECT count(*) AS calls FROM chat_writes;
COMMIT;
SELECT limits = (SELECT limits FROM service) AS as_before FROM services WHERE sid = @service;

-- What is asked for with one row of a FROM is not with the next: that gives a value of its own, which may be sent.
CREATE TEMP TABLE ways(n, another);
INSERT INTO ways SELECT value, json_set(limits, '$.user_channels', 7) FROM json_each('[1,2]'), service;
BEGIN;
UPDATE services SET limits = json_set(limits, '$.user_channels', 5) WHERE sid = @service;
UPDATE OR IGNORE services SET limits = CASE n WHEN 1 THEN limits || ' is no JSON' ELSE another END FROM ways WHERE sid = @service;
SELECT state, body FROM writes;
ROLLBACK;

-- A table of another name is the same rows; so is every statement that has been prepared before.
CREATE VIRTUAL TABLE temp.chosen USING channels();
BEGIN;
UPDATE chosen SET friendly_name = 'chosen' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = 'new' WHERE service_sid = @service AND sid = @channel;
UPDATE chosen SET friendly_name = 'new' WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;
ROLLBACK;

-- What the server sets anew with every call: once a call is queued, the date that was shown is not what it will be.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE channels SET friendly_name = 'dated', date_updated = '2020-01-02T03:04:05Z' WHERE service_sid = @service AND sid = @channel;
BEGIN;
UPDATE channels SET friendly_name = 'touched' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET date_updated = date_updated WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET date_updated = '2020-01-02 03:04:05' WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;
COMMIT;
SELECT friendly_name, date_updated FROM channels WHERE service_sid = @service AND sid = @channel;

-- UPDATE ... FROM after another statement. Before 3.44 SQLite does not say which columns it sets: the statement's text does.
-- What has been changed before and is set and asked for may be made of what is no more: refused.
CREATE TEMP TABLE many(n, name);
INSERT INTO many VALUES (1, 'first'), (2, 'touched');
BEGIN;
UPDATE channels SET friendly_name = 'once' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = name FROM many WHERE service_sid = @service AND sid = @channel;
SELECT state, body FROM writes;
UPDATE channels SET friendly_name = 'twice' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = CASE n WHEN 1 THEN friendly_name || '!' ELSE name END FROM many WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = 'thrice' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET friendly_name = CASE n WHEN 2 THEN friendly_name ELSE 'x' END FROM many WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET unique_name = 'unique' FROM many WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET attributes = json_set(attributes, '$.once', 1) FROM many WHERE service_sid = @service AND sid = @other;
SELECT state, body FROM writes;
ROLLBACK;

-- What is made of the column's own value, which an earlier statement has changed, would undo that, or come to the same and be
-- lost: refused, by OR IGNORE too, since it is not the row that is wrong.
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';
CREATE TEMP TABLE me AS SELECT path FROM members WHERE service_sid = @service ORDER BY sid LIMIT 1;
UPDATE members SET last_consumed_message_index = 5 WHERE path = (SELECT path FROM me);
BEGIN;
UPDATE members SET last_consumed_message_index = last_consumed_message_index + 1 WHERE path = (SELECT path FROM me);
UPDATE members SET last_consumed_message_index = last_consumed_message_index + 1 WHERE path = (SELECT path FROM me);
UPDATE OR IGNORE members SET last_consumed_message_index = last_consumed_message_index + 2 WHERE path = (SELECT path FROM me);
UPDATE OR FAIL members SET last_consumed_message_index = last_consumed_message_index + 2 WHERE path = (SELECT path FROM me);
UPDATE members SET last_consumed_message_index = last_consumed_message_index + k FROM (SELECT 7 AS k) WHERE path = (SELECT path FROM me);
UPDATE members SET last_consumed_message_index = 9 WHERE path = (SELECT path FROM me);
SELECT state, body FROM writes;
COMMIT;
SELECT last_consumed_message_index FROM members WHERE path = (SELECT path FROM me);
