-- Without credentials nothing is sent, and the message says which variables to set.
-- environment: TWILIO_API_KEY
-- environment: TWILIO_API_KEY_SECRET
SELECT sid FROM services;
SELECT count(*) FROM chat_requests;
SELECT count(*) > 5 FROM chat_settings;
EXPLAIN QUERY PLAN SELECT sid FROM services;

-- Half a pair: the message says which half is missing.
UPDATE chat_settings SET value = 'half' WHERE name = 'auth_token';
SELECT sid FROM services;
UPDATE chat_settings SET value = CASE name WHEN 'account_sid' THEN 'half' END WHERE name IN ('auth_token', 'account_sid');
SELECT sid FROM services;
UPDATE chat_settings SET value = CASE name WHEN 'api_key_secret' THEN 'half' END WHERE name IN ('account_sid', 'api_key_secret');
SELECT sid FROM services;
UPDATE chat_settings SET value = CASE name WHEN 'api_key' THEN 'half' END WHERE name IN ('api_key', 'api_key_secret');
SELECT sid FROM services;
