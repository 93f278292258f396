/*
** Statements from templates, see statements.h, and libFuzzer's hook that puts them into inputs: every fourth mutation inserts
** one into the SQL, replaces one, or drops one; the others are libFuzzer's own.
*/
#include "fuzz/statements.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "fuzz/fuzz.h"
#include "session/settings.h"

#define ZEROS "000000000000000000000000000000" /* of a SID; see make_sid in answer.c */

/* %t a table, %c a column of it, %v a value, %o a comparison, %s a setting and its value, %n a small number. */
static const char *const templates[] = {
    "SELECT * FROM %t",
    "SELECT * FROM %t WHERE %c %o %v",
    "SELECT * FROM %t WHERE %c %o %v AND %c %o %v",
    "SELECT %c, %c FROM %t WHERE %c IN (%v, %v, %v)",
    "SELECT %c FROM %t WHERE %c %o %v ORDER BY %c DESC LIMIT %n OFFSET %n",
    "SELECT * FROM %t ORDER BY %c LIMIT %n",
    "SELECT * FROM messages WHERE channel_sid = (SELECT sid FROM channels LIMIT 1) ORDER BY \"index\" DESC LIMIT %n",
    "SELECT * FROM messages WHERE \"index\" %o %n AND \"index\" %o %n ORDER BY \"index\"",
    "SELECT c.sid, m.%c FROM channels AS c JOIN %t AS m ON m.channel_sid = c.sid WHERE c.type = 'private' LIMIT %n",
    "SELECT a.%c, b.%c FROM %t AS a, %t AS b WHERE a.sid = b.sid",
    "SELECT count(*), max(%c) FROM %t GROUP BY %c HAVING count(*) > %n",
    "SELECT (SELECT count(*) FROM members AS m WHERE m.channel_sid = c.sid) FROM channels AS c LIMIT %n",
    "SELECT * FROM %t WHERE %c = (SELECT %c FROM %t LIMIT 1)",
    "SELECT * FROM %t WHERE path = (SELECT path FROM %t LIMIT 1)",
    "SELECT %c FROM %t UNION SELECT %c FROM %t ORDER BY 1 LIMIT %n",
    "SELECT * FROM local LEFT JOIN %t ON %c = b",
    "SELECT attributes ->> 'topic', %c FROM channels WHERE attributes ->> 'topic' = 'support'",
    "SELECT * FROM %t AS a WHERE EXISTS (SELECT 1 FROM %t AS b WHERE b.%c = a.%c)",
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, services LIMIT %n) SELECT * FROM n",
    "EXPLAIN QUERY PLAN SELECT * FROM %t WHERE %c %o %v ORDER BY %c LIMIT %n",
    "EXPLAIN DELETE FROM %t WHERE %c = %v",
    "INSERT INTO %t(%c, %c) VALUES (%v, %v)",
    "INSERT OR IGNORE INTO %t(service_sid, channel_sid, %c) SELECT service_sid, sid, %v FROM channels",
    "INSERT OR REPLACE INTO channels(service_sid, unique_name, friendly_name) SELECT sid, %v, %v FROM services",
    "INSERT INTO channels(service_sid, unique_name) SELECT sid, 'new' FROM services LIMIT 1",
    "INSERT INTO members(service_sid, channel_sid, identity) SELECT sid, 'new', 'ann' FROM services LIMIT 1",
    "INSERT INTO messages(service_sid, channel_sid, body) SELECT service_sid, sid, %v FROM channels",
    "INSERT INTO %t SELECT * FROM %t",
    "INSERT INTO messages(channel_sid, body) VALUES ('CH" ZEROS "11', %v), ('CH" ZEROS "22', %v)",
    "INSERT INTO %t(channel_sid, %c) VALUES ('CH" ZEROS "21', %v)",
    "INSERT INTO roles(service_sid, friendly_name, type, permissions) SELECT sid, %v, 'channel', '[\"a\",\"b\"]' FROM services",
    "SELECT * FROM messages WHERE channel_sid = 'CH" ZEROS "11' AND \"index\" %o %n AND \"index\" %o %n",
    "SELECT * FROM messages WHERE channel_sid = 'CH" ZEROS
    "11' AND \"index\" BETWEEN 2 AND 4 ORDER BY \"index\" LIMIT %n",
    "UPDATE chat_settings SET value = '2' WHERE name = 'page_size'",
    "UPDATE chat_settings SET value = '1' WHERE name = 'write_rate'",
    "INSERT INTO %t(%c) VALUES (%v) RETURNING *",
    "UPDATE %t SET %c = %v",
    "UPDATE %t SET %c = %v, %c = %v WHERE %c = %v",
    "UPDATE OR REPLACE %t SET %c = %c WHERE sid IN (SELECT sid FROM %t LIMIT %n)",
    "UPDATE services SET limits = '{\"user_channels\":%n}', notifications = %v",
    "UPDATE channels SET type = 'private', friendly_name = %v",
    "DELETE FROM %t WHERE %c %o %v",
    "DELETE FROM %t",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT s%n",
    "ROLLBACK TO s%n",
    "RELEASE s%n",
    "UPDATE chat_settings SET value = %s",
    "UPDATE chat_settings SET value = %s",
    "UPDATE chat_settings SET value = %v WHERE name = 'url'",
    "DELETE FROM chat_settings",
    "SELECT * FROM chat_settings",
    "SELECT * FROM chat_requests WHERE status %o %n ORDER BY id DESC",
    "DELETE FROM chat_requests WHERE id %o %n",
    "SELECT * FROM chat_writes",
    "SELECT * FROM chat_columns WHERE table_name = '%t'",
    "SELECT chat_version()",
    "CREATE VIRTUAL TABLE t%n USING %t(service_sid = 'IS" ZEROS "01', api_version = 'v2')",
    "CREATE VIRTUAL TABLE temp.t%n USING %t(%v)",
    "SELECT * FROM t%n",
    "INSERT INTO t%n(%c) VALUES (%v)",
    "DROP TABLE t%n",
    "ALTER TABLE t%n RENAME TO t%n",
    "CREATE TABLE local%n AS SELECT * FROM %t",
    "CREATE TEMP VIEW v%n AS SELECT %c, %c FROM %t WHERE %c %o %v",
    "CREATE VIEW v%n AS SELECT * FROM %t",
    "SELECT * FROM v%n WHERE %c = %v",
    "CREATE TEMP TRIGGER r%n AFTER INSERT ON local BEGIN INSERT INTO %t(%c) VALUES (%v); END",
    "CREATE TRIGGER r%n AFTER INSERT ON local BEGIN DELETE FROM %t; END",
    "INSERT INTO local VALUES (%v, %v)",
    "PRAGMA query_only = %n",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
};

/* Numbers from a seed (xorshift), so that one number says which statement. */
static unsigned next(unsigned *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed >> 3;
}

static const catalog_resource *pick_table(unsigned *seed) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    return resources[next(seed) % count];
}

static const char *pick_value(unsigned *seed) {
    static const char *const values[] = {"NULL",
                                         "1",
                                         "0",
                                         "-1",
                                         "9223372036854775807",
                                         "1.5",
                                         "''",
                                         "'a'",
                                         "'support'",
                                         "'public'",
                                         "'private'",
                                         "x'00ff'",
                                         "'IS" ZEROS "01'",
                                         "'CH" ZEROS "11'",
                                         "'CH" ZEROS "12'",
                                         "'IM" ZEROS "11'",
                                         "'US" ZEROS "21'",
                                         "'RL" ZEROS "11'",
                                         "'MB" ZEROS "11'",
                                         "'US" ZEROS "11'",
                                         "'{\"a\":[1,{\"b\":null}]}'",
                                         "'[]'",
                                         "'new'",
                                         "'2016-03-24T20:37:57Z'",
                                         "'a' || char(13, 10) || 'X: y'",
                                         "'/Services/IS" ZEROS "01'",
                                         "CAST(x'ff80' AS TEXT)",
                                         "'a' || char(0) || 'b'",
                                         "'http://127.0.0.1:1'",
                                         "'https://chat.ie1.twilio.com'",
                                         "'%2e%2e/..'",
                                         "zeroblob(100)",
                                         "printf('%.70000c', 'x')",
                                         "1e999",
                                         "'true'",
                                         "'joined'"};
    return values[next(seed) % (sizeof values / sizeof *values)];
}

static size_t put_setting(unsigned *seed, char *text, size_t size) {
    static const char *const values[] = {"'v1'",          "'v2'",          "'1'", "'0'",   "'on'",
                                         "'off'",         "NULL",          "'2'", "'100'", "'IS" ZEROS "01'",
                                         "'order,limit'", "'ahead,known'", "'x'"};
    const char *value = values[next(seed) % (sizeof values / sizeof *values)];
    const char *name = settings_name((setting_id)(next(seed) % SETTING_COUNT));
    sqlite3_snprintf((int)size, text, "%s WHERE name = '%s'", value, name);
    return strlen(text);
}

static size_t put(char kind, const catalog_resource **table, unsigned *seed, char *text, size_t size) {
    static const char *const comparisons[] = {"=", "=", "<", ">", "<=", ">=", "<>", "IS", "LIKE", "COLLATE NOCASE ="};
    switch (kind) {
    case 't':
        *table = pick_table(seed);
        sqlite3_snprintf((int)size, text, "%s", (*table)->name);
        break;
    case 'c': {
        size_t column = next(seed) % ((*table)->column_count + 1);
        sqlite3_snprintf((int)size, text, "\"%w\"",
                         column < (*table)->column_count ? (*table)->columns[column].name : "path");
        break;
    }
    case 'v':
        sqlite3_snprintf((int)size, text, "%s", pick_value(seed));
        break;
    case 'o':
        sqlite3_snprintf((int)size, text, "%s", comparisons[next(seed) % 10]);
        break;
    case 's':
        return put_setting(seed, text, size);
    default:
        sqlite3_snprintf((int)size, text, "%d", (int)(next(seed) % 5));
    }
    return strlen(text);
}

size_t statements_make(unsigned seed, char *text, size_t size) {
    seed = seed * 2654435761u + 1;
    seed = seed ? seed : 1;
    const char *template = templates[next(&seed) % (sizeof templates / sizeof *templates)];
    const catalog_resource *table = pick_table(&seed); /* also for the columns that stand before its name */
    bool named = false;
    size_t length = 0;
    for (const char *at = template; *at && length + 200 < size; at++) {
        if (*at != '%') {
            text[length++] = *at;
        } else if (*++at == 't' && !named) {
            sqlite3_snprintf((int)(size - length), text + length, "%s", table->name);
            length += strlen(text + length);
            named = true;
        } else {
            length += put(*at, &table, &seed, text + length, size - length);
        }
    }
    text[length++] = ';';
    text[length] = 0;
    return length;
}

/* ---- libFuzzer's hook ---- */

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* Where the count-th statement of the SQL begins (length of the SQL: behind the last). */
static size_t statement_at(const uint8_t *data, size_t sql, unsigned count) {
    size_t at = 0;
    for (; at < sql && count > 0; at++) {
        count -= data[at] == ';';
    }
    return at;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    char text[600];
    const uint8_t *end = size ? memchr(data, 0, size) : NULL;
    size_t sql = end ? (size_t)(end - data) : size, length = statements_make(seed >> 4, text, sizeof text);
    size_t from = statement_at(data, sql, seed % 7), to = from;
    if (seed % 4 != 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    if (seed % 12 != 0) { /* in place of the statement that stands there */
        to = from + statement_at(data + from, sql - from, 1);
    }
    length = seed % 36 == 4 ? 0 : length;
    if (size - (to - from) + length > max_size) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    memmove(data + from + length, data + to, size - to);
    memcpy(data + from, text, length);
    return size - (to - from) + length;
}
