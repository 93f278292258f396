-- When all that was to do is done: what comes next of a run over Chat's tables. Stages: 0 services and credentials,
-- 1 what hangs under services, 2 under channels and users, with the messages that are newer, 3 messages of channels
-- that disagree with their count, or whose turn it is to be read anew, 5 media, 6 the end.
BEGIN IMMEDIATE;
DELETE FROM temp.step;
INSERT INTO temp.step SELECT stage + 1 FROM temp.run WHERE stage < 6 AND NOT EXISTS (SELECT 1 FROM main.archive_todo);
UPDATE main.archive_runs SET stage = stage + (SELECT count(*) FROM temp.step) WHERE ended_at IS NULL;

CREATE TEMP VIEW IF NOT EXISTS live_services AS
SELECT sid FROM main.services
 WHERE gone_at IS NULL AND sid IS ifnull((SELECT value FROM temp.api_settings WHERE name = 'service_sid'), sid);
CREATE TEMP VIEW IF NOT EXISTS live_channels AS
SELECT service_sid, sid, messages_count, members_count, substr(json_extract(links, '$.last_message'), -34) AS last_sid
  FROM main.channels WHERE gone_at IS NULL AND service_sid IN (SELECT sid FROM temp.live_services);
CREATE TEMP VIEW IF NOT EXISTS live_users AS
SELECT service_sid, sid, identity FROM main.users
 WHERE gone_at IS NULL AND service_sid IN (SELECT sid FROM temp.live_services);

-- 1: lists of services.
INSERT INTO main.archive_todo(table_name, mode, service_sid, batch)
SELECT name, iif(run.kind = 'verify', 'all', 'list'), s.sid, row_number() OVER (PARTITION BY name) / 100
  FROM temp.step CROSS JOIN temp.run
 CROSS JOIN (SELECT 0 AS place, 'roles' AS name UNION ALL SELECT 1, 'users' UNION ALL SELECT 2, 'channels'
             UNION ALL SELECT 3, 'bindings')
 CROSS JOIN temp.live_services AS s
 WHERE step.stage = 1 AND (name <> 'bindings' OR run.generation <> 'v1')
 ORDER BY place, s.sid;

-- 2: lists of channels. One that tells of no members, and has none in the archive, has none.
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, batch)
SELECT name, iif(run.kind = 'verify', 'all', 'list'), c.service_sid, c.sid,
       (row_number() OVER (PARTITION BY name ORDER BY c.service_sid, c.sid) - 1) / options.lists
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.options
 CROSS JOIN (SELECT 0 AS place, 'members' AS name UNION ALL SELECT 1, 'invites' UNION ALL SELECT 2, 'channel_webhooks')
 CROSS JOIN temp.live_channels AS c
 WHERE step.stage = 2 AND (name <> 'channel_webhooks' OR run.generation <> 'v1')
   AND NOT (name = 'members' AND c.members_count = 0
            AND NOT EXISTS (SELECT 1 FROM main.members AS m WHERE m.channel_sid = c.sid AND m.gone_at IS NULL))
 ORDER BY place, c.service_sid, c.sid;

-- 2: lists of users. Bindings of a user are those of the service with its identity: none there, none here.
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, batch)
SELECT name, 'list', u.service_sid, u.sid,
       (row_number() OVER (PARTITION BY name ORDER BY u.service_sid, u.sid) - 1) / options.lists
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.options
 CROSS JOIN (SELECT 0 AS place, 'user_channels' AS name UNION ALL SELECT 1, 'user_bindings')
 CROSS JOIN temp.live_users AS u
 WHERE step.stage = 2
   AND (name = 'user_channels'
        OR run.generation <> 'v1'
           AND (run.kind = 'verify'
                OR EXISTS (SELECT 1 FROM main.bindings AS b
                            WHERE b.identity = u.identity AND b.service_sid = u.service_sid AND b.gone_at IS NULL)
                OR EXISTS (SELECT 1 FROM main.user_bindings AS b WHERE b.user_sid = u.sid AND b.gone_at IS NULL)))
 ORDER BY place, u.service_sid, u.sid;

-- 2: messages. A channel has nothing new if it tells of as many as the archive holds and its last one is the archive's
-- last. A verification reads all; what was read by v1 is read again by v2, which has more columns.
CREATE TEMP VIEW IF NOT EXISTS message_lists AS
SELECT c.service_sid, c.sid, c.messages_count AS told, c.last_sid, l.generation, l.checked_at,
       l.told AS told_then, l.held AS held_then,
       (SELECT max(m."index") FROM main.messages AS m WHERE m.channel_sid = c.sid) AS known,
       (SELECT count(*) FROM main.messages AS m WHERE m.channel_sid = c.sid AND m.gone_at IS NULL) AS held,
       (SELECT m.sid FROM main.messages AS m WHERE m.channel_sid = c.sid AND m.gone_at IS NULL
         ORDER BY m."index" DESC LIMIT 1) AS newest
  FROM temp.live_channels AS c
  LEFT JOIN main.archive_lists AS l ON l.table_name = 'messages' AND l.parent_sid = c.sid;
CREATE TEMP TABLE IF NOT EXISTS wanted(mode, service_sid, sid, known, weight);
DELETE FROM temp.wanted;
INSERT INTO temp.wanted(mode, service_sid, sid, known, weight)
SELECT CASE WHEN run.kind = 'verify' THEN 'all'
            WHEN l.generation = 'v1' AND run.generation <> 'v1' THEN 'list'
            ELSE 'newer' END AS mode,
       l.service_sid, l.sid, ifnull(l.known, -1), max(50, ifnull(l.told, 0) - iif(run.kind = 'verify', 0, l.held))
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.message_lists AS l
 WHERE step.stage = 2
   AND (run.kind = 'verify' OR (l.generation = 'v1' AND run.generation <> 'v1')
        OR l.told IS NOT l.held OR (l.told > 0 AND l.last_sid IS NOT l.newest));

-- 3: messages up to the last one that the channel named, against its count; and whether there are later ones that this
-- run has not just found. What disagreed as much when the list was last read as a whole is not read again.
INSERT INTO temp.wanted(mode, service_sid, sid, weight)
SELECT 'list', l.service_sid, l.sid, max(50, l.told)
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.message_lists AS l
  LEFT JOIN main.messages AS last ON last.sid = l.last_sid AND last.gone_at IS NULL
 WHERE step.stage = 3 AND l.told IS NOT NULL
   AND NOT (l.told IS l.told_then AND l.held IS l.held_then)
   AND (l.told <> (SELECT count(*) FROM main.messages AS m
                    WHERE m.channel_sid = l.sid AND m."index" <= ifnull(last."index", m."index") AND m.gone_at IS NULL)
        OR EXISTS (SELECT 1 FROM main.messages AS m
                    WHERE m.channel_sid = l.sid AND m."index" > last."index" AND m.gone_at IS NULL
                      AND m.path NOT IN (SELECT c.path FROM main.archive_changes AS c
                                          WHERE c.id >= run.first_change AND c.table_name = 'messages')));

-- 3: the lists whose turn it is.
INSERT INTO temp.wanted(mode, service_sid, sid, weight)
SELECT 'list', l.service_sid, l.sid, max(50, ifnull(l.told, l.held))
  FROM temp.step CROSS JOIN temp.run CROSS JOIN temp.message_lists AS l
 WHERE step.stage = 3 AND run.kind = 'update' AND l.checked_at < run.started_at
   AND l.sid NOT IN (SELECT sid FROM temp.wanted)
 ORDER BY l.checked_at, l.sid
 LIMIT (SELECT ((SELECT count(*) FROM temp.live_channels) * options.recheck + 99) / 100 FROM temp.options);

-- The long ones first, and those of like length side by side: a batch ends when its last list does.
CREATE TEMP TABLE IF NOT EXISTS placed(mode, service_sid, sid, known, weight, place);
DELETE FROM temp.placed;
INSERT INTO temp.placed
SELECT mode, service_sid, sid, known, weight, row_number() OVER (ORDER BY weight DESC, sid) - 1 FROM temp.wanted;
INSERT INTO main.archive_todo(table_name, mode, service_sid, parent_sid, known, batch)
SELECT 'messages', mode, service_sid, sid, known,
       (sum(weight) OVER (ORDER BY place / options.width)
        - sum(weight) OVER (PARTITION BY place / options.width)) / options.rows
  FROM temp.placed CROSS JOIN temp.options
 ORDER BY place;

-- 5: contents that are not kept yet; in a verification also whether the media are as they were.
WITH attached AS (
    SELECT m.service_sid, json_extract(m.media, '$.sid') AS sid, max(ifnull(json_extract(m.media, '$.size'), 0)) AS size
      FROM temp.step CROSS JOIN temp.run CROSS JOIN main.messages AS m
     WHERE step.stage = 5 AND run.media = 1 AND m.media IS NOT NULL AND m.gone_at IS NULL
       AND m.service_sid IN (SELECT sid FROM temp.live_services)
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
