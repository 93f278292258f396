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
