-- Whom most messages did not reach in these days, of how many: a number that fails every time is to be looked at.

WITH sent AS (
  SELECT ifnull(member.name, receipt.member_sid) AS name, member.service_sid, date(receipt.created, zone) AS day,
         receipt.status IN ('failed', 'undelivered') AS failed
    FROM report_receipts AS receipt
    JOIN report_window
    JOIN report_options
    LEFT JOIN report_members AS member ON member.sid = receipt.member_sid
   WHERE date(receipt.created, zone) BETWEEN first AND last)
SELECT sent.name, service.name AS service, CAST(total(failed) AS INTEGER) AS undelivered, count(*) AS receipts,
       max(CASE WHEN failed THEN sent.day END) AS latest
  FROM sent
  LEFT JOIN report_services AS service ON service.sid = sent.service_sid
 GROUP BY sent.name, sent.service_sid
HAVING total(failed) > 0
 ORDER BY undelivered DESC, sent.name, sent.service_sid
 LIMIT 15;
