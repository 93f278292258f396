-- Lists of many pages are read side by side to their ends, not only as far as their first pages: of each sixteen requests that
-- follow one another, how many lists they are of, on the average over the whole statement. One after another it would be one.
-- emulator: --paging token --seed 1 --services 1 --channels 80 --users 20 --members 80 --messages 3200 --spread even --write-limit 0
.echo off
.read tests/sql/reads_pick
CREATE TEMP TABLE here AS SELECT sid FROM channels;
UPDATE chat_settings SET value = 4 WHERE name = 'page_size';
CREATE TEMP VIEW width AS
WITH asked(number, list) AS (SELECT row_number() OVER (ORDER BY id), channel_sid FROM temp.log)
SELECT avg((SELECT count(DISTINCT list) FROM asked AS b WHERE b.number BETWEEN a.number AND a.number + 15)) AS lists,
       count(*) AS pages FROM asked AS a;
CREATE TEMP TABLE log(id, channel_sid);
.shell tests/sql/control EMULATOR_URL latency ms=10
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM messages;
INSERT INTO log SELECT id, substr(path, instr(path, '/Channels/') + 10, 34) FROM chat_requests WHERE table_name = 'messages' ORDER BY id;
SELECT lists >= 10 AS wide, pages FROM width; DELETE FROM log; DELETE FROM chat_requests;
