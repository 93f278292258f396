-- The next page is asked for only where the credentials belong.
-- environment: TWILIO_CHAT_MAX_RETRIES=0
UPDATE chat_settings SET value = 2 WHERE name = 'page_size';

-- Another port, host, scheme or user.
.shell tests/sql/fault EMULATOR_URL action=next 'url=http://127.0.0.1:1/v1/Services?PageSize=2'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=next 'url=http://localhost:1/v1/Services?PageSize=2'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=next 'url=https://chat.twilio.com/v1/Services?PageSize=2'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=next 'url=//example.com/v1/Services?PageSize=2'
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=next url=file:///etc/passwd
SELECT count(*) FROM services;
.shell tests/sql/fault EMULATOR_URL action=next 'url=not a url'
SELECT count(*) FROM services;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- A relative one is of the same origin.
.shell tests/sql/fault EMULATOR_URL action=next 'url=/v1/Services?PageSize=100'
SELECT count(*) FROM services;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- A page that names itself as the next would go on for ever.
.shell tests/sql/fault EMULATOR_URL action=next 'url=/v1/Services?PageSize=2' times=0
SELECT count(*) FROM services;
SELECT count(*) < 10 FROM calls; DELETE FROM chat_requests;
