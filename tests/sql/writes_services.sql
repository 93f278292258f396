-- services on v1: INSERT takes the name, UPDATE all else; of the JSON columns only the leaves that change are sent.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

INSERT INTO services(friendly_name) VALUES ('A new service');
SELECT * FROM writes;
CREATE TEMP TABLE new AS SELECT sid FROM chat_writes;
.parameter set @new "(SELECT sid FROM new)"
INSERT INTO services(friendly_name, limits) VALUES ('x', '{"user_channels":10}');

UPDATE services SET limits = json_set(limits, '$.user_channels', 17) WHERE sid = @new;
SELECT * FROM writes;
SELECT json_extract(limits, '$.user_channels'), json_extract(limits, '$.channel_members') FROM services WHERE sid = @new;
UPDATE services SET limits = limits WHERE sid = @new;
SELECT body FROM writes;
UPDATE services
   SET friendly_name = 'Renamed', read_status_enabled = NOT read_status_enabled, reachability_enabled = 'true',
       typing_indicator_timeout = 9, consumption_report_interval = 20, webhook_method = 'GET',
       webhook_filters = '["onMessageSent","onMemberAdded"]', pre_webhook_url = 'https://example.com/a?b=c&d',
       default_service_role_sid = (SELECT sid FROM roles WHERE service_sid = @service AND type = 'deployment' LIMIT 1)
 WHERE sid = @new;
SELECT * FROM writes;
SELECT friendly_name, reachability_enabled, typing_indicator_timeout, webhook_method, webhook_filters, pre_webhook_url
  FROM services WHERE sid = @new;
UPDATE services SET webhook_filters = '[]' WHERE sid = @new;
SELECT body, status FROM writes;

UPDATE services SET notifications = json_set(notifications, '$.new_message', json('{"enabled":true,"template":"Hi é"}'),
       '$.invited_to_channel.enabled', json('false')) WHERE sid = @new;
SELECT * FROM writes;
SELECT json_extract(notifications, '$.new_message') FROM services WHERE sid = @new;
UPDATE services SET notifications = json_set(notifications, '$.new_message.template', 'Bye') WHERE sid = @new;
SELECT body FROM writes;
UPDATE services SET webhooks = '{"on_message_send":{"url":"https://example.com/","method":"POST"}}' WHERE sid = @new;
SELECT * FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT count(*) FROM ledger;

-- What would be lost without a word is refused.
UPDATE services SET limits = json_set(limits, '$.colour', 'blue') WHERE sid = @new;
UPDATE services SET limits = json_remove(limits, '$.user_channels') WHERE sid = @new;
UPDATE services SET limits = '5' WHERE sid = @new;
UPDATE services SET limits = NULL WHERE sid = @new;
UPDATE services SET limits = json_set(limits, '$.user_channels', 'many') WHERE sid = @new;
UPDATE services SET notifications = json_set(notifications, '$.new_message.enabled', 'maybe') WHERE sid = @new;
UPDATE services SET webhook_method = 'PUT' WHERE sid = @new;
UPDATE services SET webhooks = '{"on_message_send":{"method":"PUT"}}' WHERE sid = @new;
UPDATE services SET pre_webhook_retry_count = 2 WHERE sid = @new;
UPDATE services SET media = '{"compatibility_message":"x"}' WHERE sid = @new;
UPDATE services SET links = '{}' WHERE sid = @new;
UPDATE services SET typing_indicator_timeout = 'soon' WHERE sid = @new;
UPDATE services SET read_status_enabled = 2 WHERE sid = @new;

DELETE FROM services WHERE sid = @new;
SELECT * FROM writes;
SELECT count(*) FROM services WHERE sid = @new;
