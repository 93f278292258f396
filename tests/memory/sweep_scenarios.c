/* The scenarios of the sweep; see sweep.h. */
#include "memory/sweep.h"

#define HERE "service_sid = :service AND channel_sid = :channel"
#define SET(name, value) "UPDATE chat_settings SET value = " value " WHERE name = '" name "';"
#define MESSAGE "INSERT INTO messages(service_sid, channel_sid, body) VALUES (:service, :channel, 'mine');"

static const sweep_scenario scenarios[] = {
    {.name = "load", .sql = "SELECT sid FROM services", .flags = SWEEP_LOADS},
    {.name = "unload",
     .before = "SELECT sid, attributes FROM channels WHERE service_sid = :service",
     .flags = SWEEP_CLOSES},

    /* ---- reading ---- */
    {.name = "scan", .sql = "SELECT * FROM channels WHERE service_sid = :service"},
    {.name = "scan of several pages",
     .before = SET("page_size", "3"),
     .sql = "SELECT sid, \"index\", \"from\", body FROM messages WHERE " HERE},
    {.name = "join",
     .sql = "SELECT c.sid, m.identity FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid "
            "WHERE c.service_sid = :service"},
    {.name = "self join",
     .sql = "SELECT a.sid, b.body FROM messages AS a JOIN messages AS b ON b.service_sid = a.service_sid "
            "AND b.channel_sid = a.channel_sid AND b.\"index\" = a.\"index\" + 1 "
            "WHERE a.service_sid = :service AND a.channel_sid = :channel"},
    {.name = "lookup by sid", .sql = "SELECT * FROM messages WHERE " HERE " AND sid = :message"},
    {.name = "lookup by sid, of unknown parents", .sql = "SELECT body FROM messages WHERE sid = :message"},
    {.name = "lookup by name",
     .sql = "SELECT c.sid, m.identity FROM channels AS c, members AS m WHERE c.service_sid = :service "
            "AND c.unique_name = :name AND m.service_sid = c.service_sid AND m.channel_sid = c.sid"},
    {.name = "IN list",
     .sql = "SELECT sid, friendly_name FROM channels WHERE service_sid = :service "
            "AND sid IN (:channel, 'CH00000000000000000000000000000000', :message)"},
    {.name = "ORDER BY index DESC LIMIT",
     .sql = "SELECT sid, body FROM messages WHERE " HERE " ORDER BY \"index\" DESC LIMIT 4"},
    {.name = "range of the index",
     .before = SET("page_size", "2"),
     .sql = "SELECT sid FROM messages WHERE " HERE " AND \"index\" BETWEEN 1 AND 3 ORDER BY \"index\""},
    {.name = "latest of each",
     .sql =
         "SELECT c.sid, (SELECT body FROM messages AS m WHERE m.channel_sid = c.sid ORDER BY \"index\" DESC LIMIT 1), "
         "(SELECT max(\"index\") FROM messages AS m WHERE m.channel_sid = c.sid) FROM channels AS c "
         "WHERE c.service_sid = :service"},
    {.name = "all of each from its newest row on",
     .before = SET("page_size", "4"),
     .sql = "SELECT c.sid, (SELECT group_concat(sid) FROM (SELECT sid FROM messages AS m WHERE m.channel_sid = c.sid "
            "ORDER BY \"index\" DESC)) FROM channels AS c WHERE c.service_sid = :service"},
    {.name = "rows by the newest index of each",
     .sql = "SELECT m.sid FROM channels AS c CROSS JOIN messages AS m ON m.channel_sid = c.sid AND m.\"index\" = "
            "(SELECT max(\"index\") FROM messages AS n WHERE n.channel_sid = c.sid) WHERE c.service_sid = :service"},
    {.name = "short list by its count",
     .sql =
         "SELECT m.body FROM channels AS c CROSS JOIN (SELECT :message AS sid UNION ALL SELECT 'IM' || substr(:message, 3, 31) "
         "|| 'x' UNION ALL SELECT 'IM00000000000000000000000000000000') AS t CROSS JOIN messages AS m "
         "ON m.service_sid = c.service_sid AND m.channel_sid = c.sid AND m.sid = t.sid "
         "WHERE c.service_sid = :service AND c.sid = :channel"},
    {.name = "look-ups that are foreseen",
     .before = SET("api_version", "'v2'") SET("page_size", "3") SET("max_concurrency", "2"),
     .sql = "SELECT m.sid, e.sid, u.sid FROM messages AS m LEFT JOIN members AS e ON e.service_sid = m.service_sid "
            "AND e.channel_sid = m.channel_sid AND e.identity = m.\"from\" LEFT JOIN users AS u "
            "ON u.service_sid = m.service_sid AND u.identity = m.\"from\" WHERE m.service_sid = :service"},
    {.name = "attribute fetch", .sql = "SELECT sid, attributes FROM channels WHERE service_sid = :service"},
    {.name = "enumerated parents", .sql = "SELECT count(*), sum(\"index\"), min(sid) FROM messages"},
    {.name = "aggregate",
     .sql = "SELECT type, count(*), max(date_created) FROM channels WHERE service_sid = :service GROUP BY type"},
    {.name = "values that SQLite has to convert",
     .before = "PRAGMA encoding = 'UTF-16'; CREATE TABLE local(sid TEXT, number INTEGER);"
               "INSERT INTO local VALUES (:channel, 2)",
     .sql = "SELECT m.sid, m.body FROM local AS l, messages AS m WHERE m.service_sid = :service "
            "AND m.channel_sid = l.sid AND m.\"index\" = l.number; "
            "SELECT sid, type FROM channels WHERE service_sid = :service AND type IN ('public', 'private')"},
    {.name = "server that fails",
     .sql = "SELECT sid FROM channels WHERE service_sid = :service",
     .fault = "fault?action=status&status=400&code=50000&message=no&times=0&path=*Channels*"},
    {.name = "server that fails once",
     .sql = "SELECT sid FROM channels WHERE service_sid = :service",
     .fault = "fault?action=status&status=503&path=*Channels*&header=Retry-After:%200"},
    {.name = "answers that are not JSON",
     .sql = "SELECT sid FROM channels WHERE service_sid = :service",
     .fault = "fault?action=body&body=%3Chtml%3E&times=0&path=*Channels*"},
    {.name = "progress",
     .before = SET("progress", "'on'"),
     .sql = "SELECT sid FROM users WHERE service_sid = :service"},

    /* ---- writing ---- */
    {.name = "insert", .sql = MESSAGE, .flags = SWEEP_WRITES, .applied = 1},
    {.name = "update",
     .before = MESSAGE,
     .sql = "UPDATE messages SET body = 'changed', attributes = '{\"a\":1}' WHERE " HERE " AND sid = :mine",
     .flags = SWEEP_WRITES,
     .applied = 1},
    {.name = "delete",
     .before = MESSAGE,
     .sql = "DELETE FROM messages WHERE " HERE " AND sid = :mine",
     .flags = SWEEP_WRITES,
     .applied = 1},
    {.name = "transaction with calls that depend on one another",
     .sql = "BEGIN; INSERT INTO channels(service_sid, unique_name) VALUES (:service, :new);"
            "INSERT INTO members(service_sid, channel_sid, identity) VALUES (:service, :new, :new);"
            "INSERT INTO messages(service_sid, channel_sid, body) VALUES (:service, :new, 'first');" MESSAGE "COMMIT",
     .flags = SWEEP_WRITES,
     .applied = 4},
    {.name = "rows of one statement",
     .sql = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (:service, :channel, 'one'), "
            "(:service, :channel, 'two'), (:service, :channel, 'three')",
     .flags = SWEEP_WRITES,
     .applied = 3},
    {.name = "savepoint rolled back",
     .sql = "BEGIN; " MESSAGE "SAVEPOINT s; " MESSAGE MESSAGE "ROLLBACK TO s; COMMIT",
     .flags = SWEEP_WRITES,
     .applied = 1},
    {.name = "rollback", .sql = "BEGIN; " MESSAGE MESSAGE "ROLLBACK", .flags = SWEEP_WRITES},
    {.name = "closed with queued writes", .before = "BEGIN; " MESSAGE MESSAGE, .flags = SWEEP_CLOSES | SWEEP_WRITES},
    {.name = "409 under OR IGNORE and OR REPLACE",
     .sql =
         "BEGIN; INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES (:service, :name);"
         "INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) VALUES (:service, :name, 'other');"
         "COMMIT",
     .flags = SWEEP_WRITES,
     .applied = 1},
    {.name = "write that the server refuses",
     .sql = "BEGIN; " MESSAGE MESSAGE "COMMIT",
     .fault = "fault?action=status&status=400&code=50000&message=no&method=POST&nth=2&times=0",
     .flags = SWEEP_WRITES},
    {.name = "write whose answer is lost",
     .sql = MESSAGE,
     .fault = "fault?action=reset&when=after&method=POST&times=0",
     .flags = SWEEP_WRITES},
    {.name = "write_journal",
     .before = "CREATE TABLE local(x);" SET("write_journal", "'calls'"),
     .sql = "BEGIN; INSERT INTO local VALUES (1); " MESSAGE MESSAGE "COMMIT",
     .flags = SWEEP_WRITES | SWEEP_FILE,
     .applied = 2},

    /* ---- Conversations' own tables ---- */
    {.name = "conversations of some days, each state by itself",
     .sql = "SELECT sid, state, timers FROM conversations WHERE chat_service_sid = :service "
            "AND state IN ('active', 'closed', 'inactive') AND date_created BETWEEN '1990-01-01' AND '2100-01-01'"},
    {.name = "three levels",
     .sql = "SELECT m.sid, r.status, r.error_code FROM conversation_messages AS m JOIN delivery_receipts AS r "
            "ON r.chat_service_sid = m.chat_service_sid AND r.conversation_sid = m.conversation_sid "
            "AND r.message_sid = m.sid WHERE m.chat_service_sid = :service"},
    /* Sorted: where memory runs out over what is asked for ahead, lists come in another order. */
    {.name = "three levels below what is known",
     .before = "SELECT sid FROM conversations WHERE chat_service_sid = :service",
     .sql = "SELECT sid FROM delivery_receipts WHERE conversation_sid IN (SELECT conversation_sid FROM participants "
            "WHERE chat_service_sid = :service AND messaging_binding IS NOT NULL) ORDER BY +sid"},
    {.name = "lists that must be given a value",
     .sql =
         "SELECT conversation_sid, address FROM participant_conversations WHERE participant_identity IN (:identity, 'x'); "
         "SELECT conversation_sid, address FROM participant_conversations WHERE address = '+15550000000'"},
    {.name = "what each service has one of",
     .sql = "SELECT * FROM service_notifications; SELECT * FROM account_webhooks; "
            "SELECT count(is_online) FROM conversation_users WHERE chat_service_sid = :service"},
    {.name = "conversation with participants, and what is in it",
     .sql = "BEGIN; INSERT INTO conversations(chat_service_sid, unique_name, inactive_timer, participants) "
            "VALUES (:service, :new, 'PT1M', '[{\"identity\":\"ann\"}]');"
            "INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body) VALUES (:service, :new, 'a');"
            "INSERT INTO conversation_webhooks(chat_service_sid, conversation_sid, target, configuration) "
            "VALUES (:service, :new, 'trigger', '{\"url\":\"https://example.com/\",\"filters\":[\"a\"]}'); COMMIT",
     .flags = SWEEP_WRITES,
     .applied = 3},
    {.name = "update of what a service has one of",
     .sql = "UPDATE service_notifications SET new_message = json_set(new_message, '$.sound', hex(randomblob(8))) "
            "WHERE chat_service_sid = :service",
     .flags = SWEEP_WRITES,
     .applied = 1},

    /* ---- attachments ---- */
    {.name = "contents of attachments",
     .before = SET("api_version", "'v2'"),
     .sql = "SELECT m.sid, f.size, f.date_created, hex(f.content) FROM messages AS m JOIN media AS f "
            "ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid' WHERE m.service_sid = :service"},
    {.name = "contents whose address is too old",
     .before = SET("api_version", "'v2'"),
     .sql = "SELECT f.sid, length(f.content) FROM messages AS m JOIN media AS f "
            "ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid' WHERE m.service_sid = :service",
     .fault = "fault?port=content&action=status&status=403"},
    {.name = "contents that are refused",
     .before = SET("api_version", "'v2'"),
     .sql = "SELECT f.sid, length(f.content) FROM messages AS m JOIN media AS f "
            "ON f.service_sid = m.service_sid AND f.sid = m.media ->> 'sid' WHERE m.service_sid = :service",
     .fault = "fault?port=content&action=redirect&location=/x&times=0"},
    /* ---- Chat's tables on Conversations ---- */
    {.name = "a service and its parts",
     .before = SET("api_version", "'conversations'"),
     .sql = "SELECT friendly_name, reachability_enabled, notifications, webhook_filters FROM services; "
            "SELECT count(is_online) FROM users WHERE service_sid = :service"},
    {.name = "by Chat's words",
     .before = SET("api_version", "'conversations'"),
     .sql = "SELECT type, permissions FROM roles WHERE service_sid = :service; "
            "SELECT m.media, m.\"from\", w.configuration FROM channels AS c JOIN messages AS m "
            "ON m.service_sid = c.service_sid AND m.channel_sid = c.sid LEFT JOIN channel_webhooks AS w "
            "ON w.service_sid = c.service_sid AND w.channel_sid = c.sid "
            "WHERE c.type = 'private' AND c.service_sid = :service LIMIT 20"},
    {.name = "what Chat's words send",
     .before = SET("api_version", "'conversations'"),
     .sql = "BEGIN; INSERT INTO channels(service_sid, unique_name, type) VALUES (:service, :new, 'private');"
            "INSERT INTO members(service_sid, channel_sid, identity) VALUES (:service, :new, :new);"
            "INSERT INTO roles(service_sid, friendly_name, type, permissions) "
            "VALUES (:service, 'r', 'channel', '[\"addMember\",\"inviteMember\"]'); COMMIT",
     .flags = SWEEP_WRITES,
     .applied = 3},
    {.name = "update of a service's parts",
     .before = SET("api_version", "'conversations'"),
     .sql = "UPDATE services SET post_webhook_url = 'https://example.com/' || hex(randomblob(8)), "
            "notifications = json_set(notifications, '$.new_message.sound', hex(randomblob(8))) WHERE sid = :service",
     .flags = SWEEP_WRITES,
     .applied = 2},

    /* ---- the extension's own ---- */
    {.name = "settings update",
     .sql = SET("page_size", "7") SET("service_sid", ":service") SET("api_key", "NULL")
         SET("api_version",
             "'v2'") "SELECT value FROM chat_settings WHERE name IN ('page_size', 'service_sid', 'api_version')"},
    {.name = "own tables",
     .before = "SELECT sid FROM services",
     .sql = "SELECT id, table_name, path, status, rows FROM chat_requests WHERE id = 1;"
            "SELECT * FROM chat_writes; SELECT * FROM chat_columns; SELECT name, value FROM chat_settings; "
            "SELECT chat_version(); DELETE FROM chat_requests WHERE id = 0"},
    {.name = "CREATE VIRTUAL TABLE and DROP",
     .sql = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.c2 USING channels(service_sid = "
            "'IS00000000000000000000000000000000', api_version = 'v2'); "
            "EXPLAIN QUERY PLAN SELECT * FROM temp.c2 WHERE type = 'private'; DROP TABLE temp.c2"},
};

const sweep_scenario *sweep_scenarios(size_t *count) {
    *count = sizeof scenarios / sizeof *scenarios;
    return scenarios;
}
