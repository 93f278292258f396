-- Settings: where they come from, changing them, and refusing what cannot be.
-- environment: TWILIO_CHAT_TIMEOUT_MS=20000
SELECT name, CASE name WHEN 'url' THEN 'the emulator' ELSE value END AS value, source FROM chat_settings ORDER BY name;
SELECT count(*) FROM chat_settings WHERE description IS NULL OR description = '';
SELECT name, accepted FROM chat_settings ORDER BY name;

UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 25 WHERE name = 'page_size';
SELECT name, value, source FROM chat_settings WHERE name IN ('api_version', 'page_size', 'timeout_ms') ORDER BY name;

-- Back to what it was without.
UPDATE chat_settings SET value = NULL WHERE name IN ('api_version', 'page_size', 'timeout_ms');
SELECT name, value, source FROM chat_settings WHERE name IN ('api_version', 'page_size', 'timeout_ms') ORDER BY name;

-- Refused, naming what is accepted.
UPDATE chat_settings SET value = 'v4' WHERE name = 'api_version';
UPDATE chat_settings SET value = 'V2' WHERE name = 'api_version';
UPDATE chat_settings SET value = 0 WHERE name = 'page_size';
UPDATE chat_settings SET value = 'many' WHERE name = 'page_size';
UPDATE chat_settings SET value = '12x' WHERE name = 'max_concurrency';
UPDATE chat_settings SET value = -1 WHERE name = 'timeout_ms';
UPDATE chat_settings SET value = 99999999999999999999 WHERE name = 'timeout_ms';
UPDATE chat_settings SET value = 2.5 WHERE name = 'timeout_ms';
UPDATE chat_settings SET value = 1e25 WHERE name = 'timeout_ms';
UPDATE chat_settings SET value = '25.0' WHERE name = 'timeout_ms';
UPDATE chat_settings SET value = 'perhaps' WHERE name = 'readonly';
UPDATE chat_settings SET value = 'CH00000000000000000000000000000000' WHERE name = 'service_sid';
UPDATE chat_settings SET value = 'http://example.com' WHERE name = 'url';
UPDATE chat_settings SET value = 'https://user:word@example.com' WHERE name = 'url';
UPDATE chat_settings SET value = 'ftp://example.com' WHERE name = 'url';
UPDATE chat_settings SET value = 'sometimes' WHERE name = 'progress';
UPDATE chat_settings SET value = 'v2' || char(0) WHERE name = 'api_version';
-- A whole number may come as a REAL: what JavaScript and R bind for 25 is 25.0.
UPDATE chat_settings SET value = 25.0 WHERE name = 'page_size';
UPDATE chat_settings SET value = 3.0 WHERE name = 'max_retries';
SELECT name, value, source FROM chat_settings WHERE name IN ('page_size', 'max_retries') ORDER BY name;
UPDATE chat_settings SET value = NULL WHERE name IN ('page_size', 'max_retries');
-- A name that no setting has is not passed over where something is to be set.
UPDATE chat_settings SET value = 'v2' WHERE name = 'apiversion';
UPDATE chat_settings SET value = 'v2' WHERE name = 'API_VERSION';
UPDATE chat_settings SET value = 'v2' WHERE 'colour of the sky' = name;
UPDATE chat_settings SET value = 'v2' WHERE name IS 'apiversion';
UPDATE chat_settings SET value = 'v2' WHERE name = 'nope';
UPDATE chat_settings SET value = 'v2' WHERE name = 'ur';
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version' OR name = 'pagesize';
UPDATE chat_settings SET value = 25 WHERE name = 'PAGE_SIZE' COLLATE NOCASE;
UPDATE chat_settings SET value = 'v2' WHERE name IN ('page_size_', 'pages') OR name = NULL OR name IS NULL OR name LIKE 'colou%';
SELECT count(*) FROM chat_settings WHERE name = 'apiversion';
SELECT name, value FROM chat_settings WHERE source = 'set' ORDER BY name;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
-- ... and what may be a secret in the wrong place is not repeated; what is long is cut.
UPDATE chat_settings SET value = 'https://user:word@example.com' WHERE name = 'edge';
UPDATE chat_settings SET value = 'https://user:word@example.com' WHERE name = 'service_sid';
UPDATE chat_settings SET value = '0123456789abcdef0123456789abcdef' WHERE name = 'region' OR name = 'api_version';
UPDATE chat_settings SET value = 'SK0123456789abcdef0123456789abcdef' WHERE name = 'service_sid';
UPDATE chat_settings SET value = '0123456789abcdef0123456789abcdef' WHERE name = 'profile';
UPDATE chat_settings SET value = replace(printf('%60s', 'v'), ' ', 'v ') WHERE name = 'api_version';
CREATE VIRTUAL TABLE temp.misplaced USING channels(service_sid = 'SK0123456789abcdef0123456789abcdef');
CREATE VIRTUAL TABLE temp.misplaced USING channels(api_version = '0123456789abcdef0123456789abcdef');
UPDATE chat_settings SET name = 'other' WHERE name = 'page_size';
UPDATE chat_settings SET accepted = '1 to 2000', value = 2000 WHERE name = 'page_size';
UPDATE chat_settings SET accepted = accepted, description = description, source = source, value = 30 WHERE name = 'page_size';
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';
UPDATE chat_settings SET rowid = 1000 WHERE name = 'page_size';
INSERT INTO chat_settings (name, value) VALUES ('colour', 'blue');
DELETE FROM chat_settings WHERE name = 'page_size';
SELECT name, value FROM chat_settings WHERE source = 'set' ORDER BY name;

-- Secrets can be set and never read.
SELECT name, value FROM chat_settings WHERE name LIKE '%secret%' OR name LIKE '%token%' ORDER BY name;
SELECT count(*) FROM chat_settings WHERE value LIKE '%emulator-secret%';

-- A setting takes effect with the next statement.
DELETE FROM chat_requests;
UPDATE chat_settings SET value = 2 WHERE name = 'page_size';
SELECT count(*) FROM services;
SELECT call, rows FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 1 WHERE name = 'request_log';
SELECT count(*) FROM services;
SELECT count(*) FROM chat_requests;

-- A row that the log lets go of while it is being read is still there for who reads it.
SELECT path IS NOT NULL, (SELECT count(*) > 0 FROM channels), path LIKE '/v1/%' AS is_there FROM chat_requests;
