-- Nobody listens there.
-- environment: TWILIO_CHAT_URL=http://127.0.0.1:1
-- environment: TWILIO_CHAT_MAX_RETRIES=1
SELECT count(*) FROM services;
SELECT method, path, attempt, status, rows, error FROM chat_requests;
