-- Pushdown: IS ? and IS NOT DISTINCT FROM ? ask as = does, unless the value is NULL: then SQLite sees all rows.
.echo off
.read tests/sql/reads_pick
-- Any change of a setting that leads elsewhere forgets where things live.
UPDATE chat_settings SET value = '5' WHERE name = 'max_retries';
.parameter set @old "(SELECT \"index\" FROM pick_message LIMIT 1 OFFSET 14)"
.echo on
SELECT count(*) > 0 FROM messages WHERE service_sid IS @service AND channel_sid IS @channel;
SELECT count(*) > 0 FROM members WHERE service_sid = @service AND channel_sid IS @channel;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IS @message;
SELECT count(*) FROM channels WHERE path IS '/Services/' || @service || '/Channels/' || @channel;
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name IS @name;
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND type IS 'private';
SELECT count(*) <= 1 FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity IS @identity;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- In a join, and in plans.
SELECT count(*) > 0 FROM pick_channel AS p JOIN messages AS m ON m.service_sid IS p.service_sid AND m.channel_sid IS p.sid;
SELECT call, status FROM calls; DELETE FROM chat_requests;
EXPLAIN QUERY PLAN SELECT sid FROM messages WHERE service_sid IS ?1 AND channel_sid IS ?2 ORDER BY "index" DESC;
EXPLAIN QUERY PLAN SELECT sid FROM channels WHERE unique_name IS ?1 AND type IS ?2;

-- A place in the order: as far as it is away from the nearer end.
UPDATE chat_settings SET value = 10 WHERE name = 'page_size';
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" IS @old;
SELECT count(*) < 10 AS few FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" IS @old + 0.5;
SELECT count(*) FROM calls;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" IS @old AND "index" IS @old + 1;
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND "index" IS nullif(1, 1);
SELECT count(*) > 30 AS many FROM calls;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size'; DELETE FROM chat_requests;
EXPLAIN QUERY PLAN SELECT sid FROM messages WHERE service_sid = ?1 AND channel_sid = ?2 AND "index" IS ?3;

-- What no row can hold is looked for nowhere; what a server may read otherwise is compared here.
SELECT count(*) FROM messages WHERE channel_sid IS 'general';
SELECT count(*) FROM channels WHERE sid IS 5;
SELECT count(*) FROM calls;
SELECT count(*) FROM channels WHERE service_sid = @service AND type IS 'unlisted';
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- NULL finds the rows without a value.
SELECT count(*) = (SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name IS NULL) AS same, count(*) > 0
  FROM channels WHERE service_sid = @service AND unique_name IS nullif(1, 1);
SELECT count(*) FROM channels WHERE sid IS nullif(1, 1);
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid IS nullif(1, 1);
SELECT count(*) FROM channels WHERE service_sid = @service AND type IS nullif(1, 1);
-- ... and the rows that a LEFT JOIN makes, but those alone
CREATE TEMP TABLE note(channel_sid); INSERT INTO note VALUES (@channel), ('CH00000000000000000000000000000000');
SELECT n.channel_sid IS @channel FROM note AS n LEFT JOIN channels AS c ON c.service_sid = @service AND c.sid = n.channel_sid
 WHERE c.sid IS nullif(1, 1);
SELECT n.channel_sid IS @channel FROM note AS n LEFT JOIN channels AS c ON c.service_sid = @service AND c.sid = n.channel_sid
 WHERE c.path IS nullif(1, 1) AND c.type IS nullif(1, 1);
SELECT n.channel_sid IS @channel FROM note AS n LEFT JOIN messages AS m ON m.service_sid = @service AND m.channel_sid = n.channel_sid
 WHERE m."index" IS nullif(1, 1);
