-- emulator: --seed 1 --services 3 --channels 300 --users 40 --members 150 --messages 600 --private 60 --states mixed --phones 20 --addresses 12 --bindings 30 --write-limit 0
-- Filters that the lists of Conversations take: dates by whole days, states one at a time, kinds of addresses and bindings.
CREATE TABLE c AS SELECT * FROM conversations;
CREATE TABLE ad AS SELECT * FROM address_configurations;
CREATE TABLE b AS SELECT * FROM conversation_bindings;
CREATE TABLE one AS SELECT chat_service_sid AS sid FROM c GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
UPDATE chat_settings SET value = (SELECT sid FROM one) WHERE name = 'service_sid';
CREATE TABLE day AS SELECT substr(date_created, 1, 10) AS day, min(date_created) AS first, max(date_created) AS last FROM c WHERE chat_service_sid = (SELECT sid FROM one) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1;
DELETE FROM chat_requests;
-- Always in creation order: without a bound one that holds for all.
SELECT count(*) = (SELECT count(*) FROM c WHERE chat_service_sid = (SELECT sid FROM one)) FROM conversations;
SELECT * FROM calls; DELETE FROM chat_requests;
-- Between two instants of one day: the rows of that day only.
SELECT count(*) > 0, count(*) = (SELECT count(*) FROM c, day WHERE chat_service_sid = (SELECT sid FROM one) AND date_created BETWEEN first AND last) FROM conversations WHERE date_created BETWEEN (SELECT first FROM day) AND (SELECT last FROM day);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM conversations WHERE date_created > (SELECT last FROM day) AND date_created < (SELECT day || 'T23:59:59Z' FROM day);
SELECT status, rows = (SELECT count(*) FROM c, day WHERE chat_service_sid = (SELECT sid FROM one) AND date_created LIKE day || '%') FROM calls; DELETE FROM chat_requests;
-- One bound, equality, a bare day, SQLite's own form of times.
SELECT count(*) = (SELECT count(*) FROM c, day WHERE chat_service_sid = (SELECT sid FROM one) AND date_created >= day) FROM conversations WHERE date_created >= (SELECT day FROM day);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c, day WHERE chat_service_sid = (SELECT sid FROM one) AND date_created < day) FROM conversations WHERE date_created < (SELECT day FROM day);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c, day WHERE chat_service_sid = (SELECT sid FROM one) AND date_created = first) FROM conversations WHERE date_created = (SELECT first FROM day);
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM conversations WHERE date_created > (SELECT day || ' 00:00:00' FROM day) AND date_created <= (SELECT day FROM day);
SELECT count(*) FROM calls; DELETE FROM chat_requests;
-- An impossible range and NULL ask for nothing; a day that no calendar has, or one that is too early, is left to SQLite.
SELECT count(*) FROM conversations WHERE date_created > '2020-02-01T00:00:00Z' AND date_created < '2020-01-01T00:00:00Z';
SELECT count(*) FROM conversations WHERE date_created = '2020-02-01T00:00:00Z' AND date_created < '2020-01-01T00:00:00Z';
SELECT count(*) FROM conversations WHERE date_created > NULL;
SELECT count(*) FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c WHERE chat_service_sid = (SELECT sid FROM one) AND date_created > '2017-02-30') FROM conversations WHERE date_created > '2017-02-30';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c WHERE chat_service_sid = (SELECT sid FROM one) AND date_created > '0001-01-01') FROM conversations WHERE date_created > '0001-01-01';
SELECT * FROM calls; DELETE FROM chat_requests;
-- States.
SELECT state, count(*) = (SELECT count(*) FROM c WHERE c.state = 'closed' AND chat_service_sid = (SELECT sid FROM one)) FROM conversations WHERE state = 'closed' GROUP BY 1;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c WHERE c.state IN ('active', 'inactive') AND chat_service_sid = (SELECT sid FROM one)), count(DISTINCT state) FROM conversations WHERE state IN ('inactive', 'active');
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM c WHERE c.state IN ('active', 'closed') AND date_created > '2017' AND chat_service_sid = (SELECT sid FROM one)) FROM conversations WHERE state IN ('closed', 'active', 'nothing', NULL, 5) AND date_created > '2017-01-01';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM conversations WHERE state = 'archived';
SELECT count(*) FROM conversations WHERE state = '';
SELECT count(*) FROM chat_requests;
-- In other letters it is looked for: what the service would find, SQLite would not take.
SELECT count(*) FROM conversations WHERE state = 'CLOSED';
SELECT count(*) = (SELECT count(*) FROM c WHERE state IS NULL AND chat_service_sid = (SELECT sid FROM one)), count(*) > 0 FROM conversations WHERE state IS NULL;
SELECT * FROM calls; DELETE FROM chat_requests;
-- Addresses: a list for each type. Bindings: one list of several.
SELECT count(*) = (SELECT count(*) FROM ad WHERE type = 'sms') FROM address_configurations WHERE type = 'sms';
SELECT count(*) = (SELECT count(*) FROM ad WHERE type IN ('sms', 'whatsapp')) FROM address_configurations WHERE type IN ('sms', 'whatsapp');
SELECT count(*) FROM address_configurations WHERE type = 'fax';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) = (SELECT count(*) FROM b WHERE binding_type IN ('apn', 'twilsock') AND chat_service_sid = (SELECT sid FROM one)) FROM conversation_bindings WHERE binding_type IN ('apn', 'twilsock');
SELECT count(*) FROM conversation_bindings WHERE binding_type = 'pager';
SELECT * FROM calls; DELETE FROM chat_requests;
-- Pages are never larger than the lists' own maxima.
UPDATE chat_settings SET value = 1000 WHERE name = 'page_size';
SELECT count(*) FROM conversation_users;
SELECT count(*) FROM conversations LIMIT 1000;
SELECT call FROM calls; DELETE FROM chat_requests;
UPDATE chat_settings SET value = 7 WHERE name = 'page_size';
SELECT count(*) = (SELECT count(*) FROM c WHERE chat_service_sid = (SELECT sid FROM one)) FROM conversations;
