-- Lists under several parents are asked for side by side from the first on; with a LIMIT the first alone, as it may be enough.
-- emulator: --services 3 --channels 3 --users 9 --roles 9 --latency 100
.echo off
.shell sleep 0.2; tests/sql/control EMULATOR_URL reset
.echo on
SELECT count(*) > 0 FROM roles;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*) FROM calls; DELETE FROM chat_requests;
.shell tests/sql/control EMULATOR_URL reset
SELECT 1 FROM roles LIMIT 1;
.shell tests/sql/control EMULATOR_URL max_concurrent
SELECT count(*) FROM calls; DELETE FROM chat_requests;
