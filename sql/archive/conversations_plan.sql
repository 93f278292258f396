-- When all that was to do is done: what comes next of a run over Conversations' tables. Stages: 0 services and what the
-- account has, 1 what hangs under services, 2 under conversations and users, with the messages that are newer,
-- 3 messages of the conversations whose turn it is to be read anew, 4 delivery receipts, 5 media, 6 the end.
-- participant_conversations holds nothing that conversations and participants do not: it is not kept.
BEGIN IMMEDIATE;
DELETE FROM temp.step;
INSERT INTO temp.step SELECT stage + 1 FROM temp.run WHERE stage < 6 AND NOT EXISTS (SELECT 1 FROM main.archive_todo);
UPDATE main.archive_runs SET stage = stage + (SELECT count(*) FROM temp.step) WHERE ended_at IS NULL;

CREATE TEMP VIEW IF NOT EXISTS live_services AS
SELECT sid FROM main.conversation_services
 WHERE gone_at IS NULL AND sid IS ifnull((SELECT value FROM temp.api_settings WHERE name = 'service_sid'), sid);
CREATE TEMP VIEW IF NOT EXISTS live_conversations AS
SELECT chat_service_sid AS service_sid, sid FROM main.conversations
 WHERE gone_at IS NULL AND chat_service_sid IN (SELECT sid FROM temp.live_services);

-- 1: lists of services.
INSERT INTO main.archive_todo(table_name, mode, service_sid, batch)
SELECT name, iif(run.kind = 'verify', 'all', 'list'), s.sid, row_number() OVER (PARTITION BY name) / 100
  FROM temp.step CROSS JOIN temp.run
 CROSS JOIN (SELECT 0 AS place, 'service_configurations' AS name UNION ALL SELECT 1, 'service_notifications'
             UNION ALL SELECT 2, 'service_webhooks' UNION ALL SELECT 3, 'conversation_roles'
             UNION ALL SELECT 4, 'conversation_users' UNION ALL SELECT 5, 'conversations'
             UNION ALL SELECT 6, 'conversation_bindings')
 CROSS JOIN temp.live_services AS s
 WHERE step.stage = 1
 ORDER BY place, s.sid;

-- 2: lists of conversations.
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, batch)
SELECT name, iif(run.kind = 'verify', 'all', 'list'), c.service_sid, c.sid,
       (row_number() OVER (PARTITION BY name ORDER BY c.service_sid, c.sid) - 1) / options.lists
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.options
 CROSS JOIN (SELECT 0 AS place, 'participants' AS name UNION ALL SELECT 1, 'conversation_webhooks')
 CROSS JOIN temp.live_conversations AS c
 WHERE step.stage = 2
 ORDER BY place, c.service_sid, c.sid;

-- 2: lists of users.
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, batch)
SELECT 'user_conversations', 'list', u.chat_service_sid, u.sid,
       (row_number() OVER (ORDER BY u.chat_service_sid, u.sid) - 1) / options.lists
  FROM temp.step CROSS JOIN temp.options CROSS JOIN main.conversation_users AS u
 WHERE step.stage = 2 AND u.gone_at IS NULL AND u.chat_service_sid IN (SELECT sid FROM temp.live_services)
 ORDER BY u.chat_service_sid, u.sid;

-- 2: messages. Nothing tells whether a conversation has new ones: each is asked from its newer end.
CREATE TEMP VIEW IF NOT EXISTS message_lists AS
SELECT c.service_sid, c.sid, l.checked_at,
       (SELECT max(m."index") FROM main.conversation_messages AS m WHERE m.conversation_sid = c.sid) AS known,
       (SELECT count(*) FROM main.conversation_messages AS m
         WHERE m.conversation_sid = c.sid AND m.gone_at IS NULL) AS held
  FROM temp.live_conversations AS c
  LEFT JOIN main.archive_lists AS l ON l.table_name = 'conversation_messages' AND l.parent_sid = c.sid;
CREATE TEMP TABLE IF NOT EXISTS wanted(mode, service_sid, sid, known, weight);
DELETE FROM temp.wanted;
INSERT INTO temp.wanted(mode, service_sid, sid, known, weight)
SELECT iif(run.kind = 'verify', 'all', 'newer'), l.service_sid, l.sid, ifnull(l.known, -1),
       iif(run.kind = 'verify' OR l.checked_at IS NULL, max(500, l.held), 50)
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.message_lists AS l
 WHERE step.stage = 2;

-- 3: the lists whose turn it is.
INSERT INTO temp.wanted(mode, service_sid, sid, weight)
SELECT 'list', l.service_sid, l.sid, max(50, l.held)
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.message_lists AS l
 WHERE step.stage = 3 AND run.kind = 'update' AND l.checked_at < run.started_at
 ORDER BY l.checked_at, l.sid
 LIMIT (SELECT ((SELECT count(*) FROM temp.live_conversations) * options.recheck + 99) / 100 FROM temp.options);

-- The long ones first, and those of like length side by side: a batch ends when its last list does.
CREATE TEMP TABLE IF NOT EXISTS placed(mode, service_sid, sid, known, weight, place);
DELETE FROM temp.placed;
INSERT INTO temp.placed
SELECT mode, service_sid, sid, known, weight, row_number() OVER (ORDER BY weight DESC, sid) - 1 FROM temp.wanted;
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, known, batch)
SELECT 'conversation_messages', mode, service_sid, sid, known,
       (sum(weight) OVER (ORDER BY place / options.width)
        - sum(weight) OVER (PARTITION BY place / options.width)) / options.rows
  FROM temp.placed CROSS JOIN temp.options
 ORDER BY place;

-- 4: receipts of the messages that went outside of chat: of those new or edited since a run has come to its end,
-- since a message tells when they change; of all in a verification.
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, item_sid, batch)
SELECT 'delivery_receipts', 'list', m.chat_service_sid, m.conversation_sid, m.sid,
       (row_number() OVER (ORDER BY m.path) - 1) / options.lists
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.options CROSS JOIN main.conversation_messages AS m
 WHERE step.stage = 4 AND m.gone_at IS NULL AND m.chat_service_sid IN (SELECT sid FROM temp.live_services)
   AND (m.delivery IS NOT NULL
        OR EXISTS (SELECT 1 FROM main.delivery_receipts AS r WHERE r.message_sid = m.sid AND r.gone_at IS NULL))
   AND (run.kind = 'verify'
        OR m.path IN (SELECT c.path FROM main.archive_changes AS c
                       WHERE c.table_name = 'conversation_messages'
                         AND c.id >= (SELECT min(first_change) FROM main.archive_runs AS r
                                       WHERE r.run > (SELECT ifnull(max(run), 0) FROM main.archive_runs
                                                       WHERE generation = 'conversations' AND stage = 6
                                                         AND ended_at IS NOT NULL))))
 ORDER BY m.path;

-- 5: contents that are not kept yet; in a verification also whether the media are as they were.
WITH attached AS (
    SELECT m.chat_service_sid AS service_sid, json_extract(item.value, '$.sid') AS sid,
           max(ifnull(json_extract(item.value, '$.size'), 0)) AS size
      FROM temp.step CROSS JOIN temp.run CROSS JOIN main.conversation_messages AS m
     CROSS JOIN json_each(m.media) AS item
     WHERE step.stage = 5 AND run.media = 1 AND m.media IS NOT NULL AND m.gone_at IS NULL
       AND m.chat_service_sid IN (SELECT sid FROM temp.live_services)
     GROUP BY 1, 2
     UNION
    SELECT service_sid, sid, size
      FROM temp.step CROSS JOIN temp.run CROSS JOIN main.media
     WHERE step.stage = 5 AND run.media = 1 AND gone_at IS NULL AND service_sid IN (SELECT sid FROM temp.live_services))
INSERT INTO main.archive_todo(table_name, mode, service_sid, item_sid, batch)
SELECT 'media', iif(run.kind = 'verify', 'all', 'list'), a.service_sid, a.sid,
       sum(max(a.size, 300000)) OVER (ORDER BY a.service_sid, a.sid) / 20000000
  FROM temp.step CROSS JOIN temp.run
 CROSS JOIN (SELECT service_sid, sid, max(size) AS size FROM attached GROUP BY 1, 2) AS a
  LEFT JOIN main.media AS kept ON kept.path = '/Services/' || a.service_sid || '/Media/' || a.sid
 WHERE a.sid IS NOT NULL
   AND (kept.path IS NULL OR run.kind = 'verify'
        OR kept.gone_at IS NULL AND kept.content IS NULL AND kept.file IS NULL)
 ORDER BY a.service_sid, a.sid;
COMMIT;
