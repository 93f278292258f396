-- The conversations of a phone number or another address outside chat, and through which number of ours each goes.
-- Which: .parameter set :address "'+15550000109'"   (with the channel before it: 'whatsapp:+15550000109')
-- Cost: one page or a few, by address.

SELECT conversation_friendly_name AS conversation, conversation_state AS state,
       participant_messaging_binding ->> '$.type' AS type,
       participant_messaging_binding ->> '$.proxy_address' AS our_address, conversation_date_created AS since,
       conversation_sid
  FROM participant_conversations
 WHERE address = ifnull(:address, '+15550000109')
 ORDER BY since, conversation_sid;
