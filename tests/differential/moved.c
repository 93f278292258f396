/* A changing server, and a growing log: see moved.h. */
#include "moved.h"

#include "tables.h"
#include "value.h"

#include <stdio.h>

/* U+E000 begins a mark; names that (may) hold a NUL are left alone, since functions end there: see tests/emulator/control.c. */
static const char *const moved_tables[] = {"services", "channels", "roles", "users", "credentials"};

/* What a user has of a conversation is made by the server from the conversation, its name too. */
static const char moved_made[] = "user_conversations";

static bool moved_mark_table(sqlite3 *reference, const char *name, const char *set, const char *where) {
    char *sql = sqlite3_mprintf("UPDATE %s SET friendly_name = %s WHERE %s", name, set, where);
    bool done = sqlite3_exec(reference, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(reference));
    }
    sqlite3_free(sql);
    return done;
}

static bool moved_mark(http_client *client, sqlite3 *reference, unsigned version, const char *path, const char *set,
                       const char *where) {
    bool done = http_control(client, path);
    for (size_t i = 0; done && i < sizeof moved_tables / sizeof moved_tables[0]; i++) {
        done = moved_mark_table(reference, tables_named(version, moved_tables[i]), set, where);
    }
    return done && (version != VERSION_C || moved_mark_table(reference, moved_made, set, where));
}

bool moved_begin(http_client *client, sqlite3 *reference, unsigned version) {
    return moved_mark(client, reference, version, "/__control/mark?text=moved",
                      "friendly_name || char(57344) || 'moved'", "hex(friendly_name) NOT LIKE '%00%'");
}

bool moved_end(http_client *client, sqlite3 *reference, unsigned version) {
    return moved_mark(client, reference, version, "/__control/mark",
                      "substr(friendly_name, 1, instr(friendly_name, char(57344)) - 1)",
                      "instr(friendly_name, char(57344)) > 0");
}

bool moved_own_create(sqlite3 *reference) {
    bool done = sqlite3_exec(reference, "CREATE TABLE chat_requests(id INTEGER PRIMARY KEY, method TEXT, path TEXT)",
                             NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# chat_requests: %s\n", sqlite3_errmsg(reference));
    }
    return done;
}

void moved_own_copy(sqlite3 *subject, sqlite3 *reference) {
    sqlite3_exec(subject, "DELETE FROM chat_requests WHERE id <= (SELECT max(id) FROM chat_requests) - 9", NULL, NULL,
                 NULL);
    sqlite3_exec(reference, "DELETE FROM chat_requests", NULL, NULL, NULL);
    answer rows = answer_run(subject, "SELECT id, method, path FROM chat_requests", NULL, 0, 0);
    for (size_t i = 0; i < rows.row_count; i++) {
        answer added =
            answer_run(reference, "INSERT INTO chat_requests VALUES (?1, ?2, ?3)", answer_cell(&rows, i, 0), 3, 0);
        answer_clear(&added);
    }
    answer_clear(&rows);
}
