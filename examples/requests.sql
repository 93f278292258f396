-- Shows the REST calls since the last look, one line each, and forgets them. For the sqlite3 shell.
.headers off
.mode list

SELECT format('  → %s %s   %s, %d %s, %d ms', method, path, ifnull(status, error), rows,
              iif(rows = 1, 'row', 'rows'), duration_ms)
  FROM chat_requests
 ORDER BY id
 LIMIT 4;

SELECT format('  … and %d more like these, %d rows in all', count(*) - 4, sum(rows))
  FROM chat_requests
HAVING count(*) > 4;

DELETE FROM chat_requests;
.headers on
