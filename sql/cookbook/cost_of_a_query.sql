-- What a query has cost: run the query after `DELETE FROM chat_requests`, then this.
-- Cost: nothing; it looks at what the connection has noted.

SELECT on_behalf_of, count(*) AS requests, sum(attempt > 1) AS repeated, sum(ifnull(status, 0) >= 400) AS refused,
       sum(rows) AS rows, sum(response_bytes) AS bytes
  FROM (SELECT ifnull(table_name, 'other') AS on_behalf_of, * FROM chat_requests)
 GROUP BY on_behalf_of
 ORDER BY requests DESC, on_behalf_of;
SELECT count(*) AS requests_in_all, ifnull(sum(rows), 0) AS rows, ifnull(sum(response_bytes), 0) AS bytes
  FROM chat_requests;
