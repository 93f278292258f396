-- chat_requests: one row for each attempt, and nothing secret in it.
SELECT name FROM pragma_table_info('chat_requests');
SELECT count(*) FROM services;
SELECT id, table_name, method, path, attempt, status, rows, error, duration_ms >= 0, response_bytes > 0,
       request_id GLOB 'RQ*', started_at GLOB '????-??-??T??:??:??*' FROM chat_requests;
SELECT DISTINCT origin FROM chat_requests;
SELECT count(*) FROM channels;
SELECT count(*) FROM chat_requests;
UPDATE chat_requests SET status = 200;
INSERT INTO chat_requests (id) VALUES (1);
DELETE FROM chat_requests WHERE table_name = 'services';
SELECT count(*) > 0, count(*) FILTER (WHERE table_name = 'services') FROM chat_requests;
DELETE FROM chat_requests;
SELECT count(*) FROM chat_requests;

-- Deleted rows do not count among those that are kept.
UPDATE chat_settings SET value = 0 WHERE name = 'request_log';
UPDATE chat_settings SET value = 3 WHERE name = 'request_log';
SELECT count(*) FROM services;
SELECT count(*) FROM services;
SELECT count(*) FROM services;
DELETE FROM chat_requests WHERE id = (SELECT min(id) + 1 FROM chat_requests);
SELECT count(*) FROM services;
SELECT id - (SELECT min(id) FROM chat_requests) AS after FROM chat_requests;
