-- Conversations that are idle, or that their timers will soon make idle or close, the next to close first. A closed one
-- takes no more writes, for ever. Soon: within a week; for another span: .parameter set :span "'+1 day'"
-- Cost: the list of conversations.

SELECT friendly_name AS conversation, state, timers ->> '$.date_inactive' AS inactive_at,
       timers ->> '$.date_closed' AS closes_at, sid
  FROM conversations
 WHERE state = 'inactive'
    OR (state IS NOT 'closed'
        AND min(ifnull(timers ->> '$.date_inactive', '9999'), ifnull(timers ->> '$.date_closed', '9999'))
            < chat_time('now', ifnull(:span, '+7 days')))
 ORDER BY closes_at IS NULL, closes_at, sid;
