-- Without credentials nothing is sent, and the message says which variables to set.
-- environment: TWILIO_API_KEY
-- environment: TWILIO_API_KEY_SECRET
SELECT sid FROM services;
SELECT count(*) FROM chat_requests;
SELECT count(*) > 5 FROM chat_settings;
EXPLAIN QUERY PLAN SELECT sid FROM services;
