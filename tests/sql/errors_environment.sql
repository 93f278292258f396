-- A bad value in the environment is told when it matters, and names what is accepted.
-- environment: TWILIO_CHAT_API_VERSION=v9
-- environment: TWILIO_CHAT_PAGE_SIZE=lots
SELECT count(*) FROM services;
SELECT name, value, source FROM chat_settings WHERE name IN ('api_version', 'page_size');
