-- Progress: one line on stderr, only for statements over two seconds, erased at the end; never on stdout.
-- emulator: --services 1 --channels 1 --messages 10 --users 1 --members 1 --latency 2400

-- One request that takes longer.
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM services;"
.shell tests/sql/progress EMULATOR_URL auto terminal "SELECT count(*) FROM services;"
.shell tests/sql/progress EMULATOR_URL auto file "SELECT count(*) FROM services;"
.shell tests/sql/progress EMULATOR_URL off terminal "SELECT count(*) FROM services;"

-- A statement that fails has its line erased before the message.
.shell tests/sql/fault EMULATOR_URL action=delay ms=2400
.shell tests/sql/fault EMULATOR_URL action=status status=400 code=20001 "message=No more"
.shell tests/sql/control EMULATOR_URL latency ms=0
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM channels;"

-- Less than two seconds, each of them: the line counts from the beginning of the statement.
.shell tests/sql/control EMULATOR_URL latency ms=500
.shell tests/sql/progress EMULATOR_URL on terminal "SELECT count(*) FROM channels; SELECT count(*) FROM channels; SELECT count(*) FROM channels;"

-- The server asks to wait: the line says so.
.shell tests/sql/fault EMULATOR_URL action=status status=429 "header=Retry-After: 3"
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM services;"
