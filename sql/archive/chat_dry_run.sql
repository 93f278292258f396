-- What the lists that are still to be read of Chat (archive_todo) will take, where examples/archive.sh --dry-run has
-- read services, channels and users into a database of its own: prints requests, lists, messages and bytes, about, as
-- they are sent: from one page of messages, the longest list's, and of other lists from what has been asked so far.
SELECT count(*) FROM (SELECT sid FROM temp.api_messages
                       WHERE (service_sid, channel_sid) = (SELECT service_sid, sid FROM main.channels
                                                            ORDER BY messages_count DESC LIMIT 1)
                       LIMIT 50);
CREATE TEMP TABLE size AS
SELECT total(iif(path LIKE '%/Messages?%', response_bytes, 0))
       / max(1, total(iif(path LIKE '%/Messages?%', rows, 0))) AS message,
       ifnull(avg(response_bytes), 0) AS list
  FROM temp.api_requests;
WITH list AS (
    SELECT t.table_name, t.mode, c.members_count AS members,
           c.messages_count - iif(t.mode = 'newer', (SELECT count(*) FROM main.messages AS m
                                                      WHERE m.channel_sid = c.sid AND m.gone_at IS NULL), 0) AS messages
      FROM main.archive_todo AS t LEFT JOIN main.channels AS c ON c.sid = t.parent_sid),
cost AS (
    SELECT table_name, iif(table_name = 'messages', max(messages, 0), 0) AS messages,
           max(1, (CASE table_name WHEN 'messages' THEN messages WHEN 'members' THEN members ELSE 1 END
                   + page - 1) / page)
           + iif(hidden AND table_name = 'messages', max(messages, 0), 0) AS requests
      FROM list, (SELECT iif(generation = 'v1', 1000, 100) AS page, generation = 'v1' AS hidden FROM temp.run))
SELECT 'expected', (SELECT requests FROM temp.run) + ifnull(sum(requests), 0), count(*), ifnull(sum(messages), 0),
       CAST(ifnull(sum(messages) * message + sum(iif(table_name = 'messages', 0, requests)) * list, 0) AS INTEGER)
  FROM cost, temp.size;
