-- Wrong credentials: the message says which variables were used, and not what is in them.
-- environment: TWILIO_API_KEY
-- environment: TWILIO_API_KEY_SECRET
-- environment: TWILIO_ACCOUNT_SID=AC00000000000000000000000000000099
-- environment: TWILIO_AUTH_TOKEN=not-the-token
SELECT sid FROM services;
SELECT call, status FROM calls;
SELECT count(*) FROM channels WHERE sid = 'CH00000000000000000000000000000000' AND service_sid = 'IS00000000000000000000000000000000';
SELECT error FROM chat_requests LIMIT 1;
SELECT count(*) FROM chat_requests WHERE path LIKE '%not-the-token%' OR error LIKE '%not-the-token%';
