-- A list of version 1 hides attributes; they are fetched one by one, and only if a statement uses them.
.parameter set @service "(SELECT service_sid FROM channels GROUP BY service_sid ORDER BY count(*) DESC LIMIT 1)"
DELETE FROM chat_requests;

SELECT count(*) > 5 FROM channels WHERE service_sid = @service;
SELECT call, status FROM calls; DELETE FROM chat_requests;

SELECT count(attributes) = count(*), min(json_valid(attributes)) FROM channels WHERE service_sid = @service;
SELECT count(*) = 1 + (SELECT count(*) FROM channels WHERE service_sid = @service) FROM calls; DELETE FROM chat_requests;

SELECT count(*) >= 0 FROM channels WHERE service_sid = @service AND attributes <> '{}';
SELECT count(*) > 5 FROM calls; DELETE FROM chat_requests;

-- A single resource carries them, so there is nothing more to ask.
CREATE TEMP TABLE pick AS SELECT sid FROM channels WHERE service_sid = @service ORDER BY sid LIMIT 1;
DELETE FROM chat_requests;
SELECT attributes IS NOT NULL FROM channels WHERE service_sid = @service AND sid = (SELECT sid FROM pick);
SELECT call, status FROM calls; DELETE FROM chat_requests;

-- Version 2 shows them in its lists.
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
SELECT count(attributes) = count(*), min(json_valid(attributes)) FROM channels WHERE service_sid = @service;
SELECT call, status FROM calls; DELETE FROM chat_requests;
