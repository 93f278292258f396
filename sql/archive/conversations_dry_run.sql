-- What the lists that are still to be read of Conversations (archive_todo) will take, where examples/archive.sh
-- --dry-run has read services, conversations and users into a database of its own: prints requests, lists, and about
-- how many bytes, as they are sent, from what has been asked so far. It is the least: nothing tells how many messages
-- there are.
SELECT 'expected', (SELECT requests FROM temp.run) + (SELECT count(*) FROM main.archive_todo),
       (SELECT count(*) FROM main.archive_todo), '?',
       CAST((SELECT count(*) FROM main.archive_todo)
            * (SELECT ifnull(avg(response_bytes), 0) FROM temp.api_requests) AS INTEGER);
