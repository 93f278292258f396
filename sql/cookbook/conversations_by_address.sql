-- What goes through each number or sender of ours: conversations by state, and people outside chat.
-- Cost: the conversations, and the list of participants of each.

SELECT coalesce(participant.messaging_binding ->> '$.proxy_address',
                participant.messaging_binding ->> '$.projected_address', '(group)') AS our_address,
       count(DISTINCT conversation.sid) AS conversations,
       count(DISTINCT CASE conversation.state WHEN 'active' THEN conversation.sid END) AS active,
       count(DISTINCT CASE conversation.state WHEN 'closed' THEN conversation.sid END) AS closed,
       count(DISTINCT participant.messaging_binding ->> '$.address') AS addresses
  FROM conversations AS conversation
  JOIN participants AS participant
    ON participant.chat_service_sid = conversation.chat_service_sid
       AND participant.conversation_sid = conversation.sid
 WHERE participant.messaging_binding IS NOT NULL
 GROUP BY our_address
 ORDER BY conversations DESC, our_address;
