-- A row by its address is one request; parents that are not given are looked for.
CREATE TEMP TABLE pick AS
SELECT m.service_sid, m.channel_sid, m.sid, m.path, c.unique_name
  FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid
 WHERE c.unique_name IS NOT NULL AND c.messages_count > 2 AND c.unique_name GLOB '*[a-z]*' AND c.unique_name NOT GLOB '*[^a-z-]*'
 ORDER BY c.service_sid, c.sid, m."index" LIMIT 1;
.parameter set @service "(SELECT service_sid FROM pick)"
.parameter set @channel "(SELECT channel_sid FROM pick)"
.parameter set @message "(SELECT sid FROM pick)"
.parameter set @path "(SELECT path FROM pick)"
.parameter set @name "(SELECT unique_name FROM pick)"
DELETE FROM chat_requests;

SELECT sid, channel_sid, service_sid FROM messages WHERE sid = @message AND channel_sid = @channel AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

SELECT sid FROM messages WHERE path = @path;
SELECT * FROM calls; DELETE FROM chat_requests;

SELECT sid FROM channels WHERE sid = @channel AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

SELECT sid, unique_name = @name FROM channels WHERE unique_name = @name AND service_sid = @service;
SELECT status, rows FROM calls; DELETE FROM chat_requests;

-- Not there: no row, and no error.
SELECT count(*) FROM channels WHERE unique_name = 'no such channel' AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid = 'IM00000000000000000000000000000000' AND channel_sid = @channel AND service_sid = @service;
SELECT call, status, rows FROM calls; DELETE FROM chat_requests;

-- What cannot be a SID, or is no SID of this kind, cannot be there.
SELECT count(*) FROM channels WHERE sid = 'general' AND service_sid = @service;
SELECT count(*) FROM channels WHERE sid = '' AND service_sid = @service;
SELECT count(*) FROM channels WHERE sid = NULL AND service_sid = @service;
SELECT count(*) FROM channels WHERE sid = 12 AND service_sid = @service;
SELECT count(*) FROM channels WHERE path = '/Services' OR path = '../Credentials';
SELECT * FROM calls; DELETE FROM chat_requests;

-- A name that looks like a SID would be taken for one by the server, so it is looked for in the list.
SELECT count(*) FROM channels WHERE unique_name = @channel AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

-- Names are compared as SQL compares: case matters, unless the query says otherwise.
SELECT count(*) FROM channels WHERE unique_name = upper(@name) AND service_sid = @service;
SELECT count(*) FROM channels WHERE unique_name = upper(@name) COLLATE NOCASE AND service_sid = @service;
DELETE FROM chat_requests;

-- IN: one request each.
SELECT count(*) FROM messages
 WHERE channel_sid = @channel AND service_sid = @service
   AND sid IN (@message, 'IM00000000000000000000000000000000', @message, NULL);
SELECT * FROM calls; DELETE FROM chat_requests;

-- A channel without its service: each service is asked.
SELECT sid FROM channels WHERE sid = @channel;
SELECT * FROM calls; DELETE FROM chat_requests;

-- A message by its SID alone means asking every channel, where it has not been seen (a setting that changes forgets what has).
UPDATE chat_settings SET value = 5 WHERE name = 'max_retries';
SELECT sid FROM messages WHERE sid = @message;
SELECT count(*) > 60, sum(status = 200) FROM calls; DELETE FROM chat_requests;

-- The hidden path says what a row is addressed by.
SELECT path FROM messages WHERE sid = @message AND channel_sid = @channel AND service_sid = @service;
SELECT path FROM user_channels WHERE service_sid = @service ORDER BY path LIMIT 1;
SELECT path FROM credentials ORDER BY path LIMIT 1;
