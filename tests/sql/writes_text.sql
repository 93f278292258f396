-- Texts on their way out: UTF-8, JSON as it is written, times in any notation; and what is refused before it is sent.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- What is not UTF-8 is refused, in whatever column it stands.
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, CAST(x'50617274FF79' AS TEXT));
INSERT INTO messages(service_sid, channel_sid, body, "from") VALUES (@service, @channel, 'x', CAST(x'C3' AS TEXT));
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', CAST(x'22FF22' AS TEXT));
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, CAST(x'FF' AS TEXT), 'x');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (CAST(x'FF' AS TEXT), @channel, 'x');
INSERT OR REPLACE INTO channels(service_sid, unique_name) VALUES (@service, CAST(x'61FF' AS TEXT));
INSERT INTO members(service_sid, channel_sid, identity) VALUES (@service, @channel, char(55357));
INSERT INTO roles(service_sid, friendly_name, type, permissions) VALUES (@service, 'x', 'channel', CAST(x'5B22FF225D' AS TEXT));
UPDATE users SET friendly_name = CAST(x'FF' AS TEXT) WHERE service_sid = @service AND sid = @user;
UPDATE messages SET body = 'a' || char(56832, 55357) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE services SET pre_webhook_url = CAST(x'FF' AS TEXT) WHERE sid = @service;
UPDATE services SET notifications = json_set(notifications, '$.new_message.template', CAST(x'FF' AS TEXT)) WHERE sid = @service;
UPDATE chat_settings SET value = CAST(x'FF' AS TEXT) WHERE name = 'auth_token';
UPDATE chat_settings SET value = CAST(x'FF' AS TEXT) WHERE name = 'service_sid';
UPDATE chat_settings SET value = 'https://a' || CAST(x'FF' AS TEXT) || '.example' WHERE name = 'url';
SELECT count(*) FROM chat_settings WHERE name IN ('url', 'auth_token') AND source = 'set';
SELECT count(*) AS calls FROM chat_requests WHERE method <> 'GET';
-- No row can hold such a text, and no request asks for it.
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = CAST(x'61FF' AS TEXT);
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @other AND identity = char(55357, 56832);
SELECT count(*) FROM chat_requests WHERE path LIKE '%\%FF%' ESCAPE '\' OR path LIKE '%\%ED%' ESCAPE '\';

-- The two halves of a pair are the character that they make.
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'a' || char(55357, 56832) || 'z', json_quote(char(55357, 56832)));
SELECT body FROM writes;
SELECT hex(body), hex(attributes) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM chat_writes);
DELETE FROM chat_requests;
UPDATE messages SET body = 'a' || char(55357, 56832) || 'z' WHERE service_sid = @service AND channel_sid = @channel AND body LIKE 'a%z' AND length(body) = 3;
SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST';
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, char(55357, 56832), '1');
INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (@service, char(55357, 56832), '2');
SELECT call, body, status FROM writes;

-- Valid JSON is sent as it is written.
CREATE TEMP TABLE texts(n INTEGER PRIMARY KEY, json);
INSERT INTO texts(json) VALUES ('{"a":123456789012345678901234567890}'), ('[1e400,-0.0, 1.50]'), ('{"a":1,"a":2}'),
       ('"\ud83d"'), (' { } '), ('"\u0000"'), (replace(hex(zeroblob(300)), '00', '[') || replace(hex(zeroblob(300)), '00', ']'));
INSERT INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, 'json', json FROM texts;
SELECT n, t.json = m.attributes AS same
  FROM texts AS t JOIN (SELECT sid, row_number() OVER (ORDER BY seq) AS n FROM chat_writes) AS w USING (n)
  JOIN messages AS m ON m.service_sid = @service AND m.channel_sid = @channel AND m.sid = w.sid ORDER BY n;
-- So what is there can be edited and copied.
UPDATE messages SET attributes = json_set(attributes, '$.b', 1) WHERE service_sid = @service AND channel_sid = @channel AND attributes = '{"a":123456789012345678901234567890}';
SELECT body FROM writes;
INSERT INTO messages(service_sid, channel_sid, body, attributes) SELECT service_sid, @other, 'copied', attributes FROM messages WHERE service_sid = @service AND channel_sid = @channel AND body = 'json';
SELECT state, count(*) FROM writes GROUP BY 1;
-- What is no JSON is refused as before.
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '{"a":1,}');
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '[01]');
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'x', '{} {}');
-- What has to be taken apart must be clear.
UPDATE services SET limits = '{"user_channels":1,"user_channels":2,"channel_members":3}' WHERE sid = @service;
UPDATE services SET limits = '{"user_channels":1e400,"channel_members":3}' WHERE sid = @service;

-- NULL is no JSON either: a json_set over a row that is not there gives one. In an INSERT it is nothing given.
UPDATE messages SET attributes = (SELECT json_set(attributes, '$.a', 1) FROM channels WHERE sid = 'gone') WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE channels SET attributes = NULL WHERE service_sid = @service AND sid = @channel;
-- ... also of a list, which shows NULL in their place.
UPDATE channels SET attributes = NULL WHERE service_sid = @service AND type = 'public';
UPDATE roles SET permissions = json_insert(NULL, '$[#]', 'x') WHERE service_sid = @service AND sid = @role;
UPDATE services SET webhook_filters = NULL WHERE sid = @service AND webhook_filters IS NOT NULL;
UPDATE services SET limits = NULL WHERE sid = @service;
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'none', NULL);
SELECT state, body FROM writes;

-- The same instant in another notation is no change.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE messages SET date_created = '2018-12-14 14:21:19' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT body FROM writes;
CREATE TEMP TABLE notations(n INTEGER PRIMARY KEY, text);
INSERT INTO notations(text) VALUES ('2018-12-14T14:21:19Z'), ('2018-12-14 14:21:19'), ('2018-12-14 14:21:19.000'), ('2018-12-14 15:21:19+01:00'), ('Fri, 14 Dec 2018 14:21:19 +0000');
DELETE FROM chat_requests;
BEGIN;
UPDATE messages SET date_created = (SELECT text FROM notations WHERE n = 1) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET date_created = (SELECT text FROM notations WHERE n = 2) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET date_created = (SELECT text FROM notations WHERE n = 3) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET date_created = (SELECT text FROM notations WHERE n = 4) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET date_created = (SELECT text FROM notations WHERE n = 5) WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET date_created = text FROM notations WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
COMMIT;
SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST';
UPDATE messages SET date_created = '2018-12-14 15:21:19.5+01:00' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT body FROM writes;

-- last_insert_rowid() is that of the last INSERT into a table with rowids.
CREATE TEMP TABLE local(id INTEGER PRIMARY KEY, x);
INSERT INTO local VALUES (42, 'x');
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'rowid');
SELECT last_insert_rowid();
BEGIN;
INSERT INTO channels(service_sid, friendly_name) VALUES (@service, 'rowid'), (@service, 'rowid too');
UPDATE messages SET body = 'rowid' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT last_insert_rowid();
ROLLBACK;
