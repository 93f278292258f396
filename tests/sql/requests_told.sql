-- What chat_requests and chat_writes tell of answers that are none: the status that has come, and the reason.
-- emulator: --seed 1 --services 2 --channels 10 --users 5 --members 20 --messages 300 --media-bytes 3000 --write-limit 0
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
UPDATE chat_settings SET value = 0 WHERE name = 'max_retries';
CREATE TEMP VIEW told AS
SELECT method, status, rows, duration_ms >= 0 AS ended, request_id IS NOT NULL AS named, error FROM chat_requests;
CREATE TEMP VIEW left_over AS SELECT state, status FROM chat_writes;

-- An answer that is cut, or stands still, after its headers.
.shell tests/sql/fault EMULATOR_URL action=cut
SELECT count(*) FROM services;
SELECT * FROM told; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=cut method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'cut');
SELECT * FROM told; DELETE FROM chat_requests;
SELECT * FROM left_over;
UPDATE chat_settings SET value = 1000 WHERE name = 'timeout_ms';
.shell tests/sql/fault EMULATOR_URL action=stall bytes=10 ms=3000 method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'stall');
SELECT method, status, rows, error LIKE 'Operation timed out%' FROM chat_requests; DELETE FROM chat_requests;
SELECT * FROM left_over;
-- None came.
.shell tests/sql/fault EMULATOR_URL action=hang ms=3000 method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'hang');
SELECT method, status, rows, error LIKE 'Operation timed out%' FROM chat_requests; DELETE FROM chat_requests;
SELECT * FROM left_over;
UPDATE chat_settings SET value = NULL WHERE name = 'timeout_ms';

-- A write that is answered with something else than its row.
.shell tests/sql/fault EMULATOR_URL action=length method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'nothing');
SELECT * FROM told; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=body body={} method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'empty');
SELECT * FROM told; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=body body={} method=POST
UPDATE channels SET friendly_name = 'empty' WHERE service_sid = @service AND sid = @channel;
SELECT * FROM told WHERE method = 'POST'; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=body body={} method=DELETE
DELETE FROM channels WHERE service_sid = @service AND sid = @channel;
SELECT * FROM told WHERE method = 'DELETE'; DELETE FROM chat_requests;
SELECT * FROM left_over;

-- A content of another length than the row tells of.
CREATE TEMP TABLE one(service_sid, sid);
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
INSERT INTO one SELECT service_sid, json_extract(media, '$.sid') FROM messages WHERE media IS NOT NULL ORDER BY sid LIMIT 1;
SELECT count(*) FROM one;
DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL port=content action=length
SELECT typeof(content) FROM media WHERE service_sid = (SELECT service_sid FROM one) AND sid = (SELECT sid FROM one);
SELECT * FROM told; DELETE FROM chat_requests;
