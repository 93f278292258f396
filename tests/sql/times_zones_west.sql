-- chat_time(...) is datetime(...), whatever the arguments: in a zone west of Greenwich.
-- environment: TZ=America/New_York
.read tests/sql/times_zones
