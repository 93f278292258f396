-- What became of the messages that went to people outside chat in these days: receipts by their status. Chat had none.

WITH states(nth, status) AS (
  VALUES (1, 'read'), (2, 'delivered'), (3, 'sent'), (4, 'undelivered'), (5, 'failed'))
SELECT ifnull(receipt.status, 'unknown') AS status, count(*) AS receipts
  FROM report_receipts AS receipt
  JOIN report_window
  JOIN report_options
  LEFT JOIN states ON states.status = receipt.status
 WHERE date(receipt.created, zone) BETWEEN first AND last
 GROUP BY receipt.status
 ORDER BY ifnull(nth, 6), receipt.status;
