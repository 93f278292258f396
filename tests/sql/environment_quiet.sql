-- No line about variables that are none of ours, since that is asked for.
-- environment: TWILIO_CHAT_COLOUR_OF_THE_SKY=blue
-- environment: TWILIO_CHAT_QUIET=1
SELECT value FROM chat_settings WHERE name = 'api_version';
-- Nor is a column told that the version lacks.
UPDATE chat_settings SET value = 'on' WHERE name = 'progress';
SELECT count(*) FROM messages WHERE media IS NOT NULL;
