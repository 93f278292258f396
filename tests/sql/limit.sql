-- LIMIT is a hint: the size of page asked for, and no page before it is needed.
.parameter set @service "(SELECT service_sid FROM channels ORDER BY messages_count DESC, sid LIMIT 1)"
.parameter set @channel "(SELECT sid FROM channels ORDER BY messages_count DESC, sid LIMIT 1)"
DELETE FROM chat_requests;

SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel LIMIT 10);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM messages WHERE service_sid = @service AND channel_sid = @channel ORDER BY "index" DESC LIMIT 5 OFFSET 2);
SELECT call, rows FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM channels WHERE service_sid = @service LIMIT 3);
SELECT call, rows FROM calls; DELETE FROM chat_requests;

-- Where SQLite sorts or filters it needs more than it returns.
SELECT count(*) FROM (SELECT 1 FROM channels WHERE service_sid = @service ORDER BY friendly_name LIMIT 3);
SELECT call FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT 1 FROM channels WHERE service_sid = @service AND members_count > 0 LIMIT 3);
SELECT count(*) > 0 FROM calls; DELETE FROM chat_requests;

-- Nothing is asked for where nothing is wanted.
SELECT * FROM channels WHERE service_sid = @service LIMIT 0;
SELECT count(*) FROM calls; DELETE FROM chat_requests;

-- Every channel's first message: no list of messages is asked for after the tenth row is there.
SELECT count(*) FROM (SELECT 1 FROM messages LIMIT 10);
SELECT count(*) < 48 FROM calls; DELETE FROM chat_requests;
