-- After numbers.sql: what only Conversations has.
SELECT 'tiles', 'undelivered', count(*) FROM delivery_receipts
 WHERE gone_at IS NULL AND status IN ('failed', 'undelivered') AND date(date_created) >= (SELECT min(day) FROM w)
   AND date(date_created) <= (SELECT max(day) FROM w);
SELECT 'receipts', ifnull(status, 'unknown'), count(*) FROM delivery_receipts
 WHERE gone_at IS NULL AND date(date_created) BETWEEN (SELECT min(day) FROM w) AND (SELECT max(day) FROM w) GROUP BY status;
SELECT 'receipts', ifnull(nullif(error_code, 0), 'none'), count(*) FROM delivery_receipts
 WHERE gone_at IS NULL AND status IN ('failed', 'undelivered')
   AND date(date_created) BETWEEN (SELECT min(day) FROM w) AND (SELECT max(day) FROM w) GROUP BY error_code;
SELECT 'limits', 'attributes of a conversation 1', max(length(CAST(attributes AS BLOB))) FROM conversations WHERE gone_at IS NULL;
SELECT 'limits', 'participants of a conversation 1', max(n) FROM (SELECT count(*) AS n FROM participants
 WHERE gone_at IS NULL AND conversation_sid IN (SELECT sid FROM conversations WHERE gone_at IS NULL) GROUP BY conversation_sid);
CREATE TEMP TABLE unreached AS
SELECT p.chat_service_sid AS service, coalesce(p.identity, json_extract(p.messaging_binding, '$.address'), r.participant_sid) AS name,
       total(status IN ('failed', 'undelivered')) AS n
  FROM delivery_receipts AS r LEFT JOIN participants AS p ON p.sid = r.participant_sid
 WHERE r.gone_at IS NULL AND date(r.date_created) BETWEEN (SELECT min(day) FROM w) AND (SELECT max(day) FROM w)
 GROUP BY 1, 2 HAVING n > 0 ORDER BY n DESC, 2, 1 LIMIT 15;
SELECT 'receipts', ifnull((SELECT ifnull(nullif(friendly_name, ''), sid) FROM conversation_services AS s WHERE s.sid = service), '') || ' '
       || name, CAST(n AS INTEGER) FROM unreached;
