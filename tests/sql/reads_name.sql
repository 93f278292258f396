-- Pushdown: unique_name is GET Channels/{name}; on v1 identity is no address, so users are listed.
.echo off
.read tests/sql/reads_pick
.echo on
SELECT sid = @channel FROM channels WHERE unique_name = @name AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name IN (@name, 'hash', @name, NULL, 'not there');
SELECT * FROM calls; DELETE FROM chat_requests;

-- Names are escaped for the path.
SELECT unique_name FROM channels WHERE service_sid = @service AND unique_name IN ('with space', '100%', 'percent%41', 'plus+sign', 'a&b=c', 'q?r#s');
SELECT * FROM calls; DELETE FROM chat_requests;

-- Name and SID together: one request.
SELECT count(*) FROM channels WHERE unique_name = @name AND sid = @channel AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

-- Without the service every service is asked, once.
SELECT count(*) > 0 FROM channels WHERE unique_name = @name;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- What cannot stand in a path with one meaning only is looked for in the list: empty, dots, slashes, shaped like a SID.
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = '';
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = '.';
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = '..';
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = 'a/b';
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = @channel;
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = 'x' || char(10);
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = ' x';
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;
-- ... a number equals the text that the column's affinity makes of it, which is SQLite's business
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = 5;
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;
-- ... one such value in the list is enough: a single list serves all.
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name IN (@name, '', 'a/b');
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;
-- ... and so it is with NOCASE and patterns.
SELECT count(*) > 1 FROM channels WHERE service_sid = @service AND unique_name = @name COLLATE NOCASE;
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name GLOB @name;
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND unique_name IS NULL;
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;

-- NULL and BLOBs equal no name.
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = NULL;
SELECT count(*) FROM channels WHERE service_sid = @service AND unique_name = x'67656e6572616c';
SELECT count(*) FROM calls;

-- Identity, v1: the list of users, once however many names.
SELECT sid = @user FROM users WHERE identity = @identity AND service_sid = @service;
SELECT count(*) FROM users WHERE identity IN (@identity, 'nobody') AND service_sid = @service;
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;

-- A name is an address of the channel only. What is in it is reached by a join that turns the name into the SID first.
SELECT count(*) = c.messages_count FROM channels AS c JOIN messages AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid
 WHERE c.service_sid = @service AND c.unique_name = @name;
SELECT call, status FROM calls; DELETE FROM chat_requests;
