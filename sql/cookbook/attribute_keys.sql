-- Which keys the applications have put into attributes, how often, and with an example.
-- Cost: the list of channels; on v1 also one request for each.

SELECT attribute.key, attribute.type, count(*) AS channels, min(attribute.value) AS example
  FROM channels AS channel, json_each(CASE WHEN json_valid(channel.attributes) THEN channel.attributes END) AS attribute
 GROUP BY attribute.key, attribute.type
 ORDER BY channels DESC, attribute.key, attribute.type;
