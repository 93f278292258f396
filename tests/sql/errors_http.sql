-- Plain http is for loopback only, and an address has no path.
-- environment: TWILIO_CHAT_URL=http://chat.example.com
SELECT count(*) FROM services;
