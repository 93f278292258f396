-- emulator: --seed 1 --services 1 --channels 6 --users 4 --members 6 --messages 6 --write-limit 0 --latency 300
-- A call that never left is no refusal: nobody was there to take it, or others have used up what the statement may ask for.
CREATE TEMP TABLE pick AS SELECT service_sid, sid FROM channels ORDER BY sid;
CREATE TEMP VIEW calls_of AS SELECT state, status, body, error FROM chat_writes ORDER BY seq;

-- A limit that has been met leaves one request at a time: the repetition of the first comes before the last call, and takes its place.
UPDATE chat_settings SET value = 2 WHERE name = 'max_concurrency';
.shell tests/sql/control EMULATOR_URL fault action=status status=429 code=20429 message=slow times=1
SELECT count(*) FROM services;
UPDATE chat_settings SET value = 4 WHERE name = 'max_requests';
.shell tests/sql/control EMULATOR_URL fault action=status status=429 code=20429 message=slow times=1 method=POST
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, sid, row_number() OVER () FROM pick LIMIT 4;
COMMIT;
SELECT * FROM calls_of;
-- Which of those side by side is met by the limit is the network's.
SELECT method, status FROM chat_requests WHERE method = 'POST' ORDER BY status;

-- Nobody is there.
.shell tests/sql/control EMULATOR_URL reset
UPDATE chat_settings SET value = NULL WHERE name = 'max_requests';
UPDATE chat_settings SET value = 1 WHERE name = 'max_retries';
UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url';
UPDATE chat_settings SET value = 'AC00000000000000000000000000000001' WHERE name = 'account_sid';
UPDATE chat_settings SET value = 'secret' WHERE name = 'auth_token';
INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, sid, 'alone' FROM pick LIMIT 1;
SELECT * FROM calls_of;
