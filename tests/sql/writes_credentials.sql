-- credentials: their secrets go to the server and are seen nowhere else.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO credentials(type, friendly_name, api_key) VALUES ('gcm', 'Android', 'hidden-1');
SELECT * FROM writes;
INSERT INTO credentials(type, friendly_name, secret) VALUES ('fcm', 'Android too', 'hidden-2');
SELECT body, status FROM writes;
INSERT INTO credentials(type, friendly_name, certificate, private_key, sandbox)
VALUES ('apn', 'Apple', 'hidden-3', 'hidden-4', 'true');
SELECT * FROM writes;
CREATE TEMP TABLE new AS SELECT sid FROM chat_writes;
.parameter set @new "(SELECT sid FROM new)"
SELECT type, friendly_name, sandbox, certificate, private_key, api_key, secret FROM credentials WHERE sid = @new;
SELECT count(*) AS shown FROM pragma_table_info('credentials') WHERE name IN ('certificate', 'private_key', 'api_key', 'secret');

-- What the server got.
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT path, body FROM ledger;

UPDATE credentials SET private_key = 'hidden-5', friendly_name = 'Apple 2', sandbox = 0 WHERE sid = @new;
SELECT * FROM writes;
UPDATE credentials SET private_key = 'hidden-6' WHERE sid = @new;
SELECT * FROM writes;
-- NULL says nothing about a value that cannot be read: no call.
UPDATE credentials SET private_key = NULL WHERE sid = @new;
SELECT body FROM writes;

-- Not in errors either, whoever refuses.
INSERT INTO credentials(type, api_key) VALUES ('gsm', 'hidden-7');
INSERT INTO credentials(type, api_key) VALUES ('gcm', x'68696464656e2d38');
UPDATE credentials SET sandbox = 'perhaps', private_key = 'hidden-9' WHERE sid = @new;
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 message=refused method=POST
UPDATE credentials SET private_key = 'hidden-10' WHERE sid = @new;
.shell tests/sql/fault EMULATOR_URL action=reset method=POST
UPDATE credentials SET private_key = 'hidden-11' WHERE sid = @new;
SELECT * FROM writes;
UPDATE credentials SET type = 'gcm' WHERE sid = @new;
SELECT count(*) AS seen FROM chat_writes AS w WHERE w.body LIKE '%hidden%' OR w.error LIKE '%hidden%' OR w.path LIKE '%hidden%';
SELECT count(*) AS seen FROM chat_requests AS r WHERE r.path LIKE '%hidden%' OR r.error LIKE '%hidden%';
DELETE FROM credentials WHERE sid = @new;
SELECT * FROM writes;

-- What the server repeats of them as it refuses: neither in its words nor escaped.
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 method=POST 'message=bad Secret hidden-key%3d12/ok (hidden-key=12/ok, ####hidden)'
INSERT INTO credentials(type, friendly_name, secret) VALUES ('fcm', 'in plain words', 'hidden-key=12/ok');
SELECT body, instr(error, 'bad Secret ****************** (****************, ####hidden)') > 0 AS covered FROM chat_writes;
SELECT count(*) AS seen FROM chat_requests AS r WHERE r.error LIKE '%hidden-key%';
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 method=POST 'message=no -----BEGIN KEY----- MIIEhidden... in plain words'
INSERT INTO credentials(type, friendly_name, private_key) VALUES ('apn', 'in plain words', '-----BEGIN KEY----- MIIEhidden-hidden-hidden');
SELECT body, error LIKE '%hidden%' AS seen, error LIKE '%in plain words%' AS told FROM chat_writes;

-- How a secret shows is not the secret.
INSERT INTO credentials(type, friendly_name, secret) SELECT 'fcm', 'again', '****' FROM chat_writes LIMIT 1;
UPDATE credentials SET secret = '****' WHERE friendly_name = 'Android too';
SELECT count(*) FROM credentials WHERE friendly_name = 'again';
