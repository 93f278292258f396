-- Where the host of Programmable Chat is no API any more, an error says where to go; it makes no error of what is none.
-- environment: TWILIO_CHAT_MAX_RETRIES=0
-- environment: https_proxy
-- environment: HTTPS_PROXY
-- environment: all_proxy
-- environment: ALL_PROXY
CREATE TEMP TABLE known AS SELECT sid FROM services ORDER BY sid LIMIT 1;

-- Something else answers for it.
.shell tests/sql/fault EMULATOR_URL action=status status=404 body=nothing times=100
SELECT count(*) FROM services;
SELECT count(*) FROM channels;
SELECT count(*) FROM services WHERE sid = (SELECT sid FROM known);
INSERT INTO channels(service_sid, friendly_name) SELECT sid, 'x' FROM known;
SELECT status, error FROM chat_writes;
.shell tests/sql/control EMULATOR_URL reset
.shell tests/sql/fault EMULATOR_URL action=status status=410 body=gone times=100
SELECT count(*) FROM services;
SELECT count(*) FROM services WHERE sid = (SELECT sid FROM known);
.shell tests/sql/control EMULATOR_URL reset

-- The API itself says so: it is there.
.shell tests/sql/fault EMULATOR_URL action=status status=404 code=20404 message=none times=100
SELECT count(*) FROM services;
.shell tests/sql/control EMULATOR_URL reset

-- There is no such host.
UPDATE chat_settings SET value = 'https://chat.invalid' WHERE name = 'url';
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'x' WHERE name = 'api_key_secret';
SELECT count(*) FROM services;
SELECT origin, path, status FROM chat_requests ORDER BY id DESC LIMIT 1;

-- Nobody listens there: that may pass.
UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url';
UPDATE chat_settings SET value = 'SK00000000000000000000000000000001' WHERE name = 'api_key';
UPDATE chat_settings SET value = 'x' WHERE name = 'api_key_secret';
SELECT count(*) FROM services;
