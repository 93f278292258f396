-- What answers a write, and is not the service: whether it has been done is not known, and it is not repeated.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- A page of somebody on the way.
.shell tests/sql/fault EMULATOR_URL action=body status=201 'body=<html>Please log in</html>' method=POST
UPDATE channels SET friendly_name = 'lost' WHERE service_sid = @service AND sid = @channel;
SELECT state, what, status, error FROM writes;
.shell tests/sql/fault EMULATOR_URL action=body status=201 'body=<html>Please log in</html>' method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT state, what, status, error FROM writes;
-- An error with the status of a success, another row, another kind of row.
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={"code":20001,"message":"no","status":400}' method=POST
UPDATE channels SET friendly_name = 'lost' WHERE service_sid = @service AND sid = @channel;
SELECT state, what, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={"code":20001,"message":"no","status":400}' method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT state, what, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={"sid":"CH00000000000000000000000000000000"}' method=POST
UPDATE channels SET friendly_name = 'lost' WHERE service_sid = @service AND sid = @channel;
SELECT state, what, status FROM writes;
.shell tests/sql/fault EMULATOR_URL action=body status=201 'body={"sid":"CH00000000000000000000000000000000"}' method=POST
INSERT INTO messages(service_sid, channel_sid, body) VALUES (@service, @channel, 'lost');
SELECT state, what, status FROM writes;
-- A 404 is the service's word only with its error.
.shell tests/sql/fault EMULATOR_URL action=status status=404 body=nginx method=DELETE
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT state, what, status FROM writes;
-- Nothing of all that was done.
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT count(*) AS done FROM ledger;
DELETE FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message;
SELECT state, what, status FROM writes;
