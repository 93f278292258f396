-- Retry-After is honoured: the next attempt comes when the server says, not before; later only on a loaded machine.
-- emulator: --services 1 --channels 2 --messages 10 --users 2 --members 2
CREATE TEMP VIEW waited AS
SELECT attempt, status, (julianday(started_at) - julianday(lag(started_at) OVER (ORDER BY id))) * 86400 AS seconds FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' 'header=Retry-After: 1'
SELECT count(*) FROM services;
SELECT attempt, status, seconds BETWEEN 0.99 AND 20 AS in_time FROM waited; DELETE FROM chat_requests;
.shell tests/sql/fault EMULATOR_URL action=status status=503 'header=Retry-After: 1'
SELECT count(*) FROM services;
SELECT attempt, status, seconds BETWEEN 0.99 AND 20 AS in_time FROM waited; DELETE FROM chat_requests;

-- None: soon, but not at once for ever.
.shell tests/sql/fault EMULATOR_URL action=status status=429 times=2
SELECT count(*) FROM services;
SELECT attempt, status, seconds < 20 AS soon FROM waited; DELETE FROM chat_requests;

-- Longer than anyone waits: the statement fails and says why.
.shell tests/sql/fault EMULATOR_URL action=status status=429 code=20429 'message=Too Many Requests' 'header=Retry-After: 86400'
SELECT count(*) FROM services;
SELECT attempt, status FROM chat_requests; DELETE FROM chat_requests;
