-- emulator: --seed 1 --services 1 --channels 2 --users 4 --members 4 --messages 4 --private 2 --write-limit 0
-- What answers the UPDATE of what a service, or the account, has one of, and is not it: whether it has been done is not known.
CREATE TEMP VIEW writes AS SELECT state, operation || ' ' || table_name AS what, status FROM chat_writes ORDER BY seq DESC LIMIT 1;
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={}' method=POST
UPDATE service_configurations SET reachability_enabled = NOT reachability_enabled;
SELECT * FROM writes;
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={"ok":true}' method=POST
UPDATE account_configuration SET default_inactive_timer = 'PT2M';
SELECT * FROM writes;
-- Nor that of another service.
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={"chat_service_sid":"IS00000000000000000000000000000000"}' method=POST
UPDATE service_webhooks SET pre_webhook_url = 'https://example.com/one';
SELECT * FROM writes;
-- A part of a row under Chat's name.
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
.shell tests/sql/fault EMULATOR_URL action=body status=200 'body={}' method=POST
UPDATE services SET reachability_enabled = NOT reachability_enabled;
SELECT * FROM writes;
-- And with the service's own answers.
UPDATE services SET reachability_enabled = NOT reachability_enabled;
SELECT * FROM writes;
UPDATE account_configuration SET default_inactive_timer = 'PT3M';
SELECT * FROM writes;
