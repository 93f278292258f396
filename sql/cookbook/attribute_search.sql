-- Channels by a value inside their attributes: priority 2 and more, by topic.
-- Cost: the list of channels; on v1, whose lists hide attributes, also one request for each.

SELECT attributes ->> '$.topic' AS topic, attributes ->> '$.priority' AS priority, friendly_name
  FROM channels
 WHERE json_valid(attributes) AND CAST(attributes ->> '$.priority' AS INTEGER) >= 2
 ORDER BY topic, priority DESC, sid;
