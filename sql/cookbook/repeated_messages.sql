-- Messages that their author had written just before in the same channel: impatient clients, or one that retries.
-- Cost: all messages.

SELECT channel_sid, "index", author, body, date_created
  FROM (SELECT channel_sid, "index", "from" AS author, body, date_created,
               lag(body) OVER (PARTITION BY channel_sid, "from" ORDER BY "index") AS body_before
          FROM messages)
 WHERE body = body_before AND body <> ''
 ORDER BY channel_sid, "index";
