-- Pushdown, v1: sid and path, = and IN, are single resources; nothing else is asked for.
.echo off
.read tests/sql/reads_pick
.parameter set @member "(SELECT sid FROM members WHERE channel_sid = (SELECT sid FROM pick_channel) ORDER BY sid LIMIT 1)"
.parameter set @role "(SELECT sid FROM roles WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY sid LIMIT 1)"
.parameter set @credential "(SELECT sid FROM credentials ORDER BY sid LIMIT 1)"
CREATE TEMP TABLE guest AS SELECT service_sid, channel_sid, sid FROM invites ORDER BY sid LIMIT 1;
DELETE FROM chat_requests;
.echo on

-- sid = ?, all parents given: one request, one row, in every table that has single resources.
SELECT count(*) FROM services WHERE sid = @service;
SELECT count(*) FROM channels WHERE sid = @channel AND service_sid = @service;
SELECT count(*) FROM messages WHERE sid = @message AND channel_sid = @channel AND service_sid = @service;
SELECT count(*) FROM members WHERE sid = @member AND channel_sid = @channel AND service_sid = @service;
SELECT count(*) FROM invites WHERE (service_sid, channel_sid, sid) = (SELECT service_sid, channel_sid, sid FROM guest);
SELECT count(*) FROM users WHERE sid = @user AND service_sid = @service;
SELECT count(*) FROM roles WHERE sid = @role AND service_sid = @service;
SELECT count(*) FROM credentials WHERE sid = @credential;
SELECT * FROM calls; DELETE FROM chat_requests;

-- A channel of a user has no resource of its own on v1: the user's list, whichever way it is addressed.
SELECT count(*) FROM user_channels WHERE service_sid = @service AND user_sid = @user;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) <= 1 FROM user_channels WHERE service_sid = @service AND user_sid = @user AND channel_sid = @channel;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) <= 1 FROM user_channels WHERE path = '/Services/' || @service || '/Users/' || @user || '/Channels/' || @channel;
SELECT * FROM calls; DELETE FROM chat_requests;

-- The single resource carries what lists hide: no further request.
SELECT attributes IS NOT NULL FROM channels WHERE sid = @channel AND service_sid = @service;
SELECT * FROM calls; DELETE FROM chat_requests;

-- path says it all.
SELECT sid = @message FROM messages WHERE path = '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @message;
SELECT count(*) FROM services WHERE path = '/Services/' || @service;
SELECT count(*) FROM credentials WHERE path = '/Credentials/' || @credential;
SELECT * FROM calls; DELETE FROM chat_requests;

-- path IN: each once, wherever they are; NULL, repetitions and what cannot be an address cost nothing.
SELECT count(*) FROM messages WHERE path IN (
    '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @message,
    '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @second,
    '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @message,
    '/Services/' || @service || '/Channels/' || @channel, '', NULL, 17, x'00');
SELECT * FROM calls; DELETE FROM chat_requests;

-- path with other terms: the address is enough, SQLite sees to the rest.
SELECT count(*) FROM messages WHERE path = '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @message
   AND channel_sid = @channel AND service_sid = @service AND sid = @message AND "index" < 1000;
SELECT * FROM calls; DELETE FROM chat_requests;

-- sid IN: each once.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid IN (@message, @second, @message, NULL);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE service_sid = @service AND sid IN (@channel, 'CH00000000000000000000000000000000');
SELECT * FROM calls; DELETE FROM chat_requests;

-- Terms that contradict each other: at most what one of them costs, and no row.
SELECT count(*) FROM messages WHERE service_sid = @service AND channel_sid = @channel AND sid = @message AND sid = @second;
SELECT count(*) <= 1 FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE sid = @message AND channel_sid = @channel AND service_sid = @other;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM messages WHERE path = '/Services/' || @service || '/Channels/' || @channel || '/Messages/' || @message
   AND service_sid = @other;
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- What cannot be a SID of this kind is never asked for: NULL, numbers, BLOBs, other kinds, empty texts, empty lists.
SELECT count(*) FROM channels WHERE service_sid = @service AND sid = NULL;
SELECT count(*) FROM channels WHERE service_sid = @service AND sid IN (NULL, 1, 1.5, x'4348', '', 'general', @message);
SELECT count(*) FROM channels WHERE service_sid = @service AND sid IN ();
SELECT count(*) FROM channels WHERE service_sid = @service AND sid IN (SELECT sid FROM guest WHERE 0);
SELECT count(*) FROM channels WHERE service_sid = 'general';
SELECT count(*) FROM messages WHERE service_sid = @channel;
SELECT count(*) FROM messages WHERE path IN ('/Services/x', '/Credentials/' || @credential, '', '/', NULL);
SELECT * FROM calls; DELETE FROM chat_requests;

-- A SID in capitals, or compared without case: the server may see it otherwise than SQL, so the list is read.
SELECT count(*) FROM roles WHERE service_sid = @service AND sid = upper(@role);
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM roles WHERE service_sid = @service AND sid = upper(@role) COLLATE NOCASE;
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM roles WHERE service_sid = @service AND sid IN (@role, upper(@role));
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- OR of two columns is two lookups by SQLite's own plan, or one list: never a list for each.
SELECT count(*) FROM channels WHERE service_sid = @service AND (sid = @channel OR sid = 'CH00000000000000000000000000000000');
SELECT call, status FROM calls; DELETE FROM chat_requests;
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND (sid = @channel OR unique_name = 'hash');
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- NOT IN, <>, LIKE, IS NOT are SQLite's own: one list.
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND sid NOT IN (@channel);
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND sid <> @channel;
SELECT count(*) > 0 FROM channels WHERE service_sid = @service AND sid LIKE 'CH%';
SELECT call, count(*) FROM calls GROUP BY call; DELETE FROM chat_requests;
