-- environment: TWILIO_CHAT_API_VERSION=conversations
-- The tables of Chat's names where Conversations is spoken: what each of them asks for and shows.
SELECT count(*), count(DISTINCT sid), min(type), max(type), count(members_count), count(created_by) FROM channels;
SELECT * FROM calls;
DELETE FROM chat_requests;
-- The same rows as v2 has of the private channels, with the same addresses.
CREATE VIRTUAL TABLE temp.old_channels USING channels(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_members USING members(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_messages USING messages(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_roles USING roles(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_users USING users(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_webhooks USING channel_webhooks(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_bindings USING bindings(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_credentials USING credentials(api_version = 'v2');
CREATE VIRTUAL TABLE temp.old_services USING services(api_version = 'v2');
SELECT count(*) FROM (SELECT path, sid, service_sid, unique_name, friendly_name, type, attributes, date_created, date_updated, account_sid FROM temp.old_channels WHERE type = 'private' EXCEPT SELECT path, sid, service_sid, unique_name, friendly_name, type, attributes, date_created, date_updated, account_sid FROM channels);
SELECT count(*) FROM (SELECT path, sid, service_sid, channel_sid, identity, role_sid, attributes, last_consumed_message_index, last_consumption_timestamp, date_created, date_updated FROM members EXCEPT SELECT path, sid, service_sid, channel_sid, identity, role_sid, attributes, last_consumed_message_index, last_consumption_timestamp, date_created, date_updated FROM temp.old_members);
SELECT count(*) FROM (SELECT path, sid, service_sid, channel_sid, "index", "from", body, attributes, media, date_created FROM messages EXCEPT SELECT path, sid, service_sid, channel_sid, "index", "from", body, attributes, media, date_created FROM temp.old_messages);
-- But for what is lost: Conversations has no invites.
SELECT count(*) FROM (SELECT path, sid, service_sid, friendly_name, type, date_created, (SELECT group_concat(value) FROM (SELECT value FROM json_each(permissions) ORDER BY 1)) FROM roles EXCEPT SELECT path, sid, service_sid, friendly_name, type, date_created, (SELECT group_concat(value) FROM (SELECT value FROM json_each(permissions) WHERE value <> 'inviteMember' ORDER BY 1)) FROM temp.old_roles);
SELECT count(*) FROM (SELECT path, sid, service_sid, identity, friendly_name, role_sid, attributes, is_online, is_notifiable, date_created, date_updated FROM users EXCEPT SELECT path, sid, service_sid, identity, friendly_name, role_sid, attributes, is_online, is_notifiable, date_created, date_updated FROM temp.old_users);
SELECT count(*) FROM (SELECT path, sid, type, configuration ->> 'url', configuration ->> 'method', configuration ->> 'filters' FROM channel_webhooks EXCEPT SELECT path, sid, type, configuration ->> 'url', configuration ->> 'method', configuration ->> 'filters' FROM temp.old_webhooks);
SELECT count(*) FROM (SELECT path, sid, identity, binding_type, endpoint, message_types FROM bindings EXCEPT SELECT path, sid, identity, binding_type, endpoint, (SELECT json_group_array(value) FROM json_each(message_types) WHERE value <> 'invited_to_channel') FROM temp.old_bindings);
SELECT count(*) FROM (SELECT sid, friendly_name, type, sandbox FROM credentials EXCEPT SELECT sid, friendly_name, type, sandbox FROM temp.old_credentials);
SELECT (SELECT count(*) FROM roles) > 0, (SELECT count(*) FROM users) > 0, (SELECT count(*) FROM members) > 0, (SELECT count(*) FROM messages) > 0, (SELECT count(*) FROM channel_webhooks) > 0, (SELECT count(*) FROM bindings) > 0, (SELECT count(*) FROM credentials) > 0;
DELETE FROM chat_requests;
-- What a service's row held in Chat costs its own requests, and only where it is used.
SELECT count(friendly_name) FROM services;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(*) FROM (SELECT path, sid, friendly_name, default_service_role_sid, default_channel_role_sid, default_channel_creator_role_sid, reachability_enabled, ifnull(notifications -> 'new_message' ->> 'template', ''), pre_webhook_url, post_webhook_url, webhook_method, webhook_filters FROM services EXCEPT SELECT path, sid, friendly_name, default_service_role_sid, default_channel_role_sid, default_channel_creator_role_sid, reachability_enabled, ifnull(notifications -> 'new_message' ->> 'template', ''), pre_webhook_url, post_webhook_url, webhook_method, webhook_filters FROM temp.old_services);
DELETE FROM chat_requests;
SELECT count(reachability_enabled), count(default_channel_role_sid), count(limits), count(media) FROM services;
SELECT * FROM calls; DELETE FROM chat_requests;
SELECT count(webhook_method) FROM services WHERE sid = (SELECT min(sid) FROM temp.old_services);
SELECT * FROM calls; DELETE FROM chat_requests;
-- What Conversations has not.
SELECT count(status), count(member_sid) > 0, count(DISTINCT channel_sid) > 0 FROM user_channels;
SELECT count(*) FROM invites;
SELECT count(*) FROM user_bindings;
