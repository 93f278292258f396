-- A channel as people read it, from the first message on. Which: .parameter set :channel "'general'"
-- Cost: the services, the channel by its name in each, and its messages.

SELECT date_created || '  ' || ifnull("from", 'system') || ': ' || ifnull(body, '(' || type || ')') AS transcript
  FROM messages
 WHERE (service_sid, channel_sid) IN (SELECT service_sid, sid
                                        FROM channels
                                       WHERE unique_name = ifnull(:channel, 'support'))
 ORDER BY service_sid, channel_sid, "index";
