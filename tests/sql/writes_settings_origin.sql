-- What says where queued calls go, in place of a URL: region, edge and profile cannot be changed before they have gone.
-- environment: TWILIO_CHAT_URL
-- environment: TWILIO_CONVERSATIONS_URL
-- environment: TWILIO_CHAT_API_VERSION=conversations
-- environment: TWILIO_CONFIG_DIR=SCRATCH
-- environment: https_proxy=http://127.0.0.1:1
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.shell tests/sql/profiles SCRATCH
BEGIN;
INSERT INTO messages(service_sid, channel_sid, body) VALUES ('IS00000000000000000000000000000001', 'CH00000000000000000000000000000001', 'x');
UPDATE chat_settings SET value = 'ie1' WHERE name = 'region';
UPDATE chat_settings SET value = 'dublin' WHERE name = 'edge';
UPDATE chat_settings SET value = 'sales' WHERE name = 'profile';
UPDATE chat_settings SET value = 'http://127.0.0.1:9' WHERE name = 'conversations_url';
SELECT name, value, source FROM chat_settings WHERE name IN ('region', 'edge', 'profile', 'conversations_url');
SELECT state, body FROM chat_writes;
ROLLBACK;
UPDATE chat_settings SET value = 'ie1' WHERE name = 'region';
UPDATE chat_settings SET value = 'dublin' WHERE name = 'edge';
UPDATE chat_settings SET value = 'sales' WHERE name = 'profile';
SELECT name, value, source FROM chat_settings WHERE name IN ('region', 'edge', 'profile');
SELECT count(*) FROM chat_requests;
