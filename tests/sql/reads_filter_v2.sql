-- Pushdown, v2: the filters of bindings and user_bindings, and those of v1.
-- environment: TWILIO_CHAT_API_VERSION=v2
.echo off
.read tests/sql/reads_pick
.parameter set @owner "(SELECT user_sid FROM user_bindings WHERE service_sid = (SELECT service_sid FROM pick_channel) ORDER BY path LIMIT 1)"
DELETE FROM chat_requests;
.echo on
SELECT count(*) FROM bindings WHERE service_sid = @service AND binding_type = 'apn';
SELECT count(*) FROM bindings WHERE service_sid = @service AND binding_type IN ('apn', 'fcm');
SELECT count(*) FROM bindings WHERE service_sid = @service AND identity = 'alice';
SELECT count(*) FROM bindings WHERE service_sid = @service AND identity IN ('alice', 'nobody') AND binding_type = 'gcm';
SELECT count(*) FROM user_bindings WHERE service_sid = @service AND user_sid = @owner AND binding_type = 'fcm';
SELECT count(*) FROM channels WHERE service_sid = @service AND type = 'private';
SELECT count(*) FROM members WHERE service_sid = @service AND channel_sid = @channel AND identity = 'Bob@Example.com';
SELECT * FROM calls; DELETE FROM chat_requests;

-- What is no binding type: the list without that filter.
SELECT count(*) FROM bindings WHERE service_sid = @service AND binding_type = 'pigeon' AND identity = 'alice';
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM bindings WHERE service_sid = @service AND binding_type IS NULL;
SELECT call, status FROM calls; DELETE FROM chat_requests;
