-- Who has most to read, in how many of their channels, and when they last read anything.

WITH people AS (
  SELECT name, service_sid, identity, sum(unread) AS unread, CAST(total(unread > 0) AS INTEGER) AS behind,
         count(*) AS channels, date(max(read_at), zone) AS read_at
    FROM report_reading, report_options
   GROUP BY service_sid, identity
  HAVING sum(unread) > 0
   ORDER BY unread DESC, identity, service_sid
   LIMIT 15)
SELECT people.name, service.name AS service, unread, behind, channels, read_at
  FROM people
  LEFT JOIN report_services AS service ON service.sid = service_sid
 ORDER BY unread DESC, identity, service_sid;
