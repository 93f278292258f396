-- What a query has cost: run the query after `DELETE FROM chat_requests`, then this.
-- Cost: nothing; it looks at what the connection has noted.

SELECT ifnull(table_name, 'all') AS on_behalf_of, count(*) AS requests, sum(attempt > 1) AS repeated,
       sum(ifnull(status, 0) >= 400) AS refused, sum(rows) AS rows, sum(response_bytes) AS bytes
  FROM chat_requests
 GROUP BY table_name
 ORDER BY requests DESC, on_behalf_of;
