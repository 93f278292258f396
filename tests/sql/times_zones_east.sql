-- chat_time(...) is datetime(...), whatever the arguments: in a zone east of Greenwich.
-- environment: TZ=Asia/Kolkata
.read tests/sql/times_zones
