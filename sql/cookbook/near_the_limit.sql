-- Users who come near the number of channels that their service lets one user be in. Near: four fifths of it; for
-- another part: .parameter set :part 0.5
-- Cost: the services and the list of users.

SELECT 'Conversations tells no limits and no joined_channels_count: nothing is found here' AS note
  FROM chat_settings
 WHERE name = 'api_version' AND value = 'conversations';

SELECT service.friendly_name AS service, user.identity, user.joined_channels_count AS channels,
       service.limits ->> '$.user_channels' AS allowed
  FROM services AS service
  JOIN users AS user ON user.service_sid = service.sid
 WHERE user.joined_channels_count >= ifnull(:part, 0.8) * (service.limits ->> '$.user_channels')
 ORDER BY user.joined_channels_count DESC, user.sid;
