-- What OR IGNORE may leave out is not known until COMMIT: what the same transaction gives
-- for the row after it is sent, and what would be made of it is refused. As of ordinary tables, or an error.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
INSERT INTO channels(service_sid, unique_name, friendly_name, attributes) VALUES (@service, 'a', 'old', '{"x":1}'), (@service, 'b', 'other', '{}'), (@service, 'taken', 't', '{}');

-- OR IGNORE, skipped for its name: the second UPDATE is no repetition.
BEGIN;
UPDATE OR IGNORE channels SET unique_name = 'taken', friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
SELECT unique_name, friendly_name FROM channels WHERE service_sid = @service AND unique_name IN ('a', 'taken') ORDER BY 1;
-- ... nor is one back to what there was; what the skipped call does not give is as it was.
BEGIN;
UPDATE OR IGNORE channels SET unique_name = 'taken', friendly_name = 'new' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z', attributes = '{"x":1}' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = 'Z' WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET attributes = json_set(attributes, '$.y', 2) WHERE service_sid = @service AND unique_name = 'a';
UPDATE channels SET friendly_name = friendly_name || '!' WHERE service_sid = @service AND unique_name = 'a';
COMMIT;
SELECT state, body FROM writes;
