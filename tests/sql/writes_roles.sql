-- roles: the permissions of a role are a JSON array here and a repeated key on the wire; an UPDATE replaces the set.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO roles(service_sid, friendly_name, type, permissions)
VALUES (@service, 'reader', 'channel', '["leaveChannel","sendMessage"]');
SELECT * FROM writes;
CREATE TEMP TABLE new AS SELECT sid FROM chat_writes;
.parameter set @new "(SELECT sid FROM new)"
SELECT friendly_name, type, permissions FROM roles WHERE sid = @new;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT * FROM different;

UPDATE roles SET permissions = json_insert(permissions, '$[#]', 'editOwnMessage') WHERE service_sid = @service AND sid = @new;
SELECT * FROM writes;
SELECT permissions FROM roles WHERE sid = @new;
-- The same set is no change.
UPDATE roles SET permissions = permissions WHERE service_sid = @service AND sid = @new;
SELECT state, body FROM writes;
UPDATE roles SET permissions = '["leaveChannel"]' WHERE service_sid = @service AND sid = @new;
SELECT * FROM writes;
-- What the server makes of an empty set, and of one that it does not know.
UPDATE roles SET permissions = '[]' WHERE service_sid = @service AND sid = @new;
SELECT state, body, status FROM writes;
UPDATE roles SET permissions = '["fly"]' WHERE service_sid = @service AND sid = @new;
-- Refused here.
UPDATE roles SET permissions = '{"a":1}' WHERE service_sid = @service AND sid = @new;
UPDATE roles SET permissions = '["a",["b"]]' WHERE service_sid = @service AND sid = @new;
UPDATE roles SET permissions = 'leaveChannel' WHERE service_sid = @service AND sid = @new;
UPDATE roles SET friendly_name = 'other' WHERE service_sid = @service AND sid = @new;
INSERT INTO roles(service_sid, friendly_name, type) VALUES (@service, 'x', 'channel');
DELETE FROM roles WHERE service_sid = @service AND sid = @new;
SELECT * FROM writes;
