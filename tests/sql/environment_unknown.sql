-- A variable that looks like a setting and is none: one line, without its value, when the extension is loaded.
-- environment: TWILIO_CHAT_APIVERSION=v2-is-the-value
-- environment: TWILIO_CHATTER=other
SELECT value FROM chat_settings WHERE name = 'api_version';
