-- Messages of conversations that did not reach somebody outside chat: whom, and the error code that tells why.
-- Cost: all messages, the receipts of each that was not delivered to all, and of a quarter as many and 64 more, which
-- are guessed ahead, and the participants in question.

SELECT receipt.error_code, receipt.status, message.author, message.body,
       participant.messaging_binding ->> '$.address' AS address, receipt.date_updated AS at
  FROM conversation_messages AS message
  JOIN delivery_receipts AS receipt
    ON receipt.chat_service_sid = message.chat_service_sid AND receipt.conversation_sid = message.conversation_sid
       AND receipt.message_sid = message.sid
  LEFT JOIN participants AS participant
    ON participant.chat_service_sid = receipt.chat_service_sid
       AND participant.conversation_sid = receipt.conversation_sid AND participant.sid = receipt.participant_sid
 WHERE (message.delivery ->> '$.failed' <> 'none' OR message.delivery ->> '$.undelivered' <> 'none')
   AND receipt.status IN ('failed', 'undelivered')
 ORDER BY receipt.error_code, receipt.date_updated DESC, receipt.sid;
