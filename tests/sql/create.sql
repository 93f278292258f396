-- CREATE VIRTUAL TABLE: two services side by side.
CREATE TEMP TABLE pick AS SELECT service_sid AS sid FROM channels GROUP BY service_sid ORDER BY count(*);
.mode list
.headers off
.echo off
.once SCRATCH/create.tmp.sql
SELECT printf('CREATE VIRTUAL TABLE temp.%s USING channels(service_sid=''%s'');', CASE rowid WHEN 1 THEN 'first' ELSE 'second' END, sid) FROM pick WHERE rowid < 3;
.echo on
.read SCRATCH/create.tmp.sql
.headers on
DELETE FROM chat_requests;
SELECT count(*) > 0, count(DISTINCT service_sid) FROM first;
SELECT count(*) > 0, count(DISTINCT service_sid) FROM second;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM first JOIN second USING (sid);
SELECT count(*) FROM first WHERE service_sid = (SELECT service_sid FROM second LIMIT 1);
SELECT (SELECT count(*) FROM first) = (SELECT count(*) FROM channels WHERE service_sid = (SELECT sid FROM pick WHERE rowid = 1));
DROP TABLE temp.first;

-- Refused, with what is accepted.
CREATE VIRTUAL TABLE temp.wrong USING channels(service='IS1');
CREATE VIRTUAL TABLE temp.wrong USING channels(service_sid='CH1');
CREATE VIRTUAL TABLE temp.wrong USING channels(service_sid);
CREATE VIRTUAL TABLE temp.wrong USING channels(service_sid='IS00000000000000000000000000000000', service_sid='IS00000000000000000000000000000001');
CREATE VIRTUAL TABLE temp.wrong2 USING credentials(service_sid='IS00000000000000000000000000000000');
CREATE VIRTUAL TABLE temp.plain USING messages;
SELECT count(*) = (SELECT count(*) FROM messages) FROM temp.plain;
