-- A server that answers nonsense: the statement fails, and says what came.
-- environment: TWILIO_CHAT_MAX_RETRIES=1

-- Not JSON.
.shell tests/sql/fault EMULATOR_URL action=body 'body=busy, come back later'
SELECT count(*) FROM services;

-- JSON of another shape: an array, a list that is an object, no meta, a row that is no object, a SID that is a number.
.shell tests/sql/fault EMULATOR_URL action=body body=[1,2]
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":{},\"meta\":{\"key\":\"services\"}}'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":[]}'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":[17],\"meta\":{\"key\":\"services\",\"next_page_url\":null}}'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":[{\"sid\":99999999999999999999}],\"meta\":{\"key\":\"services\",\"next_page_url\":null}}'
SELECT count(*) FROM services;

-- The vendor's errors, with and without a body, and after another attempt where that may help.
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20007 'message=page size too large'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=status status=403 body=
SELECT count(*) FROM services;
DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=503 times=1
SELECT count(*) FROM services;
SELECT call, status, rows FROM calls; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' times=2
SELECT count(*) FROM services;
SELECT attempt, status, error FROM chat_requests ORDER BY id; DELETE FROM chat_requests;

-- A second page that fails fails the statement: half a list is never an answer.
UPDATE chat_settings SET value = 2 WHERE name = 'page_size';
.shell tests/sql/fault EMULATOR_URL action=status status=500 'path=*Page=1*' times=2
SELECT count(*) FROM services;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';

-- Broken connections.
.shell tests/sql/fault EMULATOR_URL action=cut bytes=20 times=2
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=reset times=1
SELECT count(*) FROM services;

-- Redirects are not followed.
.shell tests/sql/fault EMULATOR_URL action=redirect location=EMULATOR_URL/v1/Services
SELECT count(*) FROM services;

-- A row whose place in the order is not told, or is no number: no query may show it, since none could look for it.
.shell tests/sql/fault EMULATOR_URL action=body times=4 'path=*Messages*' 'body={\"messages\":[{\"sid\":\"IM00000000000000000000000000000001\",\"index\":null,\"body\":\"x\"}],\"meta\":{\"key\":\"messages\",\"next_page_url\":null}}'
SELECT "index" FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels);
SELECT count(*) FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels) AND "index" IS nullif(1, 1);
SELECT count(*) FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels) AND "index" < 'abc';
SELECT count(*) FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels) AND "index" > -1;
.shell tests/sql/fault EMULATOR_URL action=body times=1 'path=*Messages*' 'body={\"messages\":[{\"sid\":\"IM00000000000000000000000000000001\",\"index\":\"\",\"body\":\"x\"}],\"meta\":{\"key\":\"messages\",\"next_page_url\":null}}'
SELECT "index" FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels);
.shell tests/sql/fault EMULATOR_URL action=body times=1 'path=*Messages*' 'body={\"messages\":[{\"sid\":\"IM00000000000000000000000000000001\",\"index\":null,\"body\":\"x\"}],\"meta\":{\"key\":\"messages\",\"next_page_url\":null}}'
SELECT body FROM messages WHERE channel_sid = (SELECT min(sid) FROM channels);
