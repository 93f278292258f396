/* A changing server: see moved.h. */
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
