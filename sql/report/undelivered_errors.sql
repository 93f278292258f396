-- Why messages did not reach people outside chat in these days: by Twilio's error code, with what the commonest mean.

WITH meanings(code, meaning) AS (
  VALUES (21610, 'the recipient has opted out'), (30001, 'too many messages are waiting to be sent'),
         (30002, 'the account is suspended'), (30003, 'the phone cannot be reached'),
         (30004, 'the recipient blocks messages'), (30005, 'no such phone'),
         (30006, 'a landline, or a carrier that takes no messages'),
         (30007, 'the carrier takes it for spam'), (30008, 'the carrier does not say why'),
         (30034, 'the sending number is not registered (US A2P 10DLC)'),
         (63016, 'WhatsApp: more than 24 hours after the last message from there, without a template'))
SELECT receipt.error_code AS code, meaning, count(*) AS receipts, count(DISTINCT receipt.member_sid) AS people,
       max(date(receipt.created, zone)) AS latest
  FROM report_receipts AS receipt
  JOIN report_window
  JOIN report_options
  LEFT JOIN meanings ON meanings.code = receipt.error_code
 WHERE receipt.status IN ('failed', 'undelivered') AND date(receipt.created, zone) BETWEEN first AND last
 GROUP BY receipt.error_code
 ORDER BY receipts DESC, code;
