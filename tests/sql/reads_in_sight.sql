-- The progress line tells what is known to come: a list for each channel that has not been gone into, in a walk and in a join.
-- Not where a LIMIT may do without.
-- emulator: --services 1 --channels 64 --messages 640 --users 5 --members 1 --spread even --latency 900
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM messages;"
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid;"
.shell tests/sql/progress EMULATOR_URL on file "SELECT count(*) FROM (SELECT 1 FROM messages LIMIT 630);"
