-- No line about variables that are none of ours, since that is asked for.
-- environment: TWILIO_CHAT_COLOUR_OF_THE_SKY=blue
-- environment: TWILIO_CHAT_QUIET=1
SELECT value FROM chat_settings WHERE name = 'api_version';
