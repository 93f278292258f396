-- chat_time(...) is datetime(...), whatever the arguments: in a zone west of Greenwich.
-- environment: TZ=America/New_York

-- What a modifier does depends on what was written before it: on "now", on a time with its zone, on one without.
CREATE TEMP TABLE given(value, of_clock);
INSERT INTO given VALUES ('now', 1), ('NOW', 1), ('Now ', 1), (' now', 1), (x'6e6f77', 1), ('subsec', 1), ('subsecond', 1), ('2026-01-31 08:09:10', 0), ('2026-07-31T08:09:10Z', 0), ('2026-03-08 02:30+01:00', 0), ('2026-11-01T05:30:00-00:00', 0), ('2026-03-29 01:30', 0), ('08:09', 0), ('2461071.5', 0), (2461071.5, 0), (1769846950, 0), (1769846950.75, 0), ('1769846950', 0), (-1, 0), (NULL, 0);
CREATE TEMP TABLE modifiers(value);
INSERT INTO modifiers VALUES ('utc'), ('UTC'), ('localtime'), ('LocalTime'), ('unixepoch'), ('auto'), ('julianday'), ('subsec'), ('start of day'), ('start of month'), ('weekday 1'), ('+1 day'), ('-07:30'), ('+0001-00-30'), ('now'), (NULL);
CREATE TEMP TABLE answers(time, of_clock, modifiers, ours, theirs);
INSERT INTO answers SELECT value, of_clock, '', chat_time(value), datetime(value) FROM given;
INSERT INTO answers SELECT g.value, of_clock, json_array(a.value), chat_time(g.value, a.value), datetime(g.value, a.value) FROM given AS g, modifiers AS a;
INSERT INTO answers SELECT g.value, of_clock, json_array(a.value, b.value), chat_time(g.value, a.value, b.value), datetime(g.value, a.value, b.value) FROM given AS g, modifiers AS a, modifiers AS b;
INSERT INTO answers SELECT g.value, of_clock, json_array(a.value, b.value, c.value), chat_time(g.value, a.value, b.value, c.value), datetime(g.value, a.value, b.value, c.value) FROM given AS g, modifiers AS a, modifiers AS b, modifiers AS c;
-- Two readings of the clock may be of two seconds.
SELECT time, modifiers, ours, theirs FROM answers
 WHERE ours IS NOT replace(substr(theirs, 1, instr(theirs, ' ') + 8), ' ', 'T') || 'Z' AND NOT coalesce(of_clock AND abs(julianday(ours) - julianday(theirs)) < 0.001, 0) LIMIT 5;
SELECT count(*) AS compared, count(ours) > 1000 AS times, count(ours) FILTER (WHERE of_clock) > 1000 AS of_clock FROM answers;

-- Local midnight as UTC: what came since.
SELECT replace(replace(chat_time('now', 'localtime', 'start of day', 'utc'), 'T', ' '), 'Z', '') = datetime('now', 'localtime', 'start of day', 'utc') AS midnight;
