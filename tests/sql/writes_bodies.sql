-- messages on v1: made, changed, deleted; texts of every kind arrive as they are.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO messages(service_sid, channel_sid, body, "from", attributes)
VALUES (@service, @channel, 'Good morning & welcome = + % é 😀', 'somebody', '{"a":[1,2,null]}');
SELECT * FROM writes;
SELECT "from", body, attributes, was_edited FROM messages
 WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM chat_writes);
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;

-- NULL in INSERT is not sent: the author is the server's choice.
INSERT INTO messages(service_sid, channel_sid, body, "from", attributes) VALUES (@service, @channel, '', NULL, NULL);
SELECT * FROM writes;
SELECT "from", quote(body) FROM messages
 WHERE service_sid = @service AND channel_sid = @channel AND sid = (SELECT sid FROM chat_writes);

-- The channel alone is enough: its service is found.
INSERT INTO messages(channel_sid, body) VALUES (@channel, 'no service given');
SELECT state, call, status FROM writes;

-- NUL, line breaks, an empty text, 32 KiB exactly: what comes back is what was sent.
CREATE TEMP TABLE texts(name, body);
INSERT INTO texts VALUES ('nul', 'before' || char(0) || 'after'), ('lines', char(9, 13, 10) || 'x'), ('empty', ''),
       ('long', replace(hex(zeroblob(16384)), '00', 'ab')), ('emoji', replace(hex(zeroblob(4096)), '00', '😀😀')),
       ('quotes', '''"\/<>?#[]@!$&()*+,;='), ('number', 42), ('real', 1.5), ('control', char(1, 2, 3, 127, 128, 159, 8232));
INSERT INTO messages(service_sid, channel_sid, body) SELECT @service, @channel, body FROM texts;
SELECT state, length(body) AS form_bytes, status, error FROM writes;
SELECT name, m.body = CAST(t.body AS TEXT) AS same, length(CAST(m.body AS BLOB)) AS bytes
  FROM (SELECT *, row_number() OVER () AS n FROM texts) AS t
  JOIN (SELECT sid, row_number() OVER (ORDER BY seq) AS n FROM chat_writes) AS w USING (n)
  JOIN messages AS m ON m.service_sid = @service AND m.channel_sid = @channel AND m.sid = w.sid ORDER BY n;

-- UPDATE: NULL is sent as an empty body.
UPDATE messages SET body = NULL WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT * FROM writes;
UPDATE messages SET body = 'edited', attributes = '[]' WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT * FROM writes;
SELECT body, attributes, was_edited FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
UPDATE messages SET body = body || '!', attributes = json_insert(attributes, '$[#]', "index")
 WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT body FROM writes;

-- An UPDATE that depends on the row, over many rows: only those that change.
UPDATE messages SET body = replace(body, 'e', 'e')  WHERE service_sid = @service AND channel_sid = @channel;
SELECT count(*) FROM chat_writes;

DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT * FROM writes;

-- The order of messages in a channel is the order of the rows.
INSERT INTO messages(service_sid, channel_sid, body)
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 30) SELECT @service, @other, 'n' || i FROM n;
SELECT group_concat(body, ' ') FROM (SELECT body FROM messages WHERE service_sid = @service AND channel_sid = @other
   AND body GLOB 'n[0-9]*' ORDER BY "index");
