-- Who reads and who does not, of the people who are in a channel with messages of others: how many have read all of
-- them everywhere, how many are behind, and of how many no application has ever said that they read anything.

WITH people AS (
  SELECT service_sid, identity, sum(unread) AS unread, count(read_to) AS read, count(*) AS memberships
    FROM report_reading AS reading
   WHERE unread > 0 OR read_to IS NOT NULL
   GROUP BY service_sid, identity),
states(nth, state) AS (VALUES (1, 'has read all'), (2, 'is behind'), (3, 'has never read'))
SELECT state, count(people.identity) AS people, ifnull(sum(memberships), 0) AS memberships,
       ifnull(sum(unread), 0) AS unread
  FROM states
  LEFT JOIN people ON CASE WHEN read = 0 THEN 3 WHEN unread > 0 THEN 2 ELSE 1 END = nth
 GROUP BY nth
 ORDER BY nth;
