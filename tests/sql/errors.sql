-- What a user sees when something is wrong.
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
DELETE FROM chat_requests;

-- A size of page that the server refuses.
UPDATE chat_settings SET value = 5000 WHERE name = 'page_size';
SELECT count(*) FROM channels WHERE service_sid = @service;
UPDATE chat_settings SET value = NULL WHERE name = 'page_size';

-- A service that is configured and is not there is an error; one that is only asked for is not.
UPDATE chat_settings SET value = 'IS00000000000000000000000000000000' WHERE name = 'service_sid';
SELECT count(*) FROM channels;
UPDATE chat_settings SET value = NULL WHERE name = 'service_sid';
SELECT count(*) FROM channels WHERE service_sid = 'IS00000000000000000000000000000000';

-- Tables and columns that the version lacks.
SELECT count(*) FROM bindings WHERE service_sid = @service;
SELECT count(*) FROM channel_webhooks;
SELECT count(media), count(last_updated_by), count(type) FROM messages WHERE service_sid = @service;
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(webhooks) FROM services;
SELECT count(media_sid) FROM messages;
UPDATE chat_settings SET value = NULL WHERE name = 'api_version';

-- Another origin gets no credentials that were given for this one.
UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url';
SELECT count(*) FROM services;

-- Names that do not exist.
SELECT * FROM rooms;
SELECT author FROM messages;
