/* Copies of the extension's own tables: see own.h. */
#include "own.h"

#include <stdio.h>
#include <string.h>

#define TEXT(name, domain)                                                                                             \
    { name, COLUMN_TEXT, domain, VERSION_BOTH, 0 }
#define NUMBER(name)                                                                                                   \
    { name, COLUMN_INTEGER, "number", VERSION_BOTH, 0 }

/* As the manual has them (sql/reference.md); of chat_requests without the times. */
static const table own_tables[] = {
    {.name = "chat_requests", .columns = {NUMBER("id"), TEXT("method", ""), TEXT("path", ""), TEXT("table_name", "")}},
    {.name = "chat_writes",
     .columns = {NUMBER("seq"), TEXT("state", ""), TEXT("table_name", "table"), TEXT("operation", ""),
                 TEXT("method", ""), TEXT("path", ""), TEXT("body", ""), TEXT("sid", "channel"), NUMBER("status"),
                 TEXT("error", "")}},
    {.name = "chat_settings",
     .columns = {TEXT("name", "name"), TEXT("value", "number"), TEXT("source", ""), TEXT("description", ""),
                 TEXT("accepted", "")}},
    {.name = "chat_columns",
     .columns = {TEXT("table_name", "table"), TEXT("name", "name"), TEXT("type", ""), TEXT("since", ""),
                 TEXT("filter", ""), TEXT("insert", ""), TEXT("update", ""), TEXT("description", "")}},
};

/* The same with one column that tells its rows apart. */
static const table own_columns = {.name = "own_columns",
                                  .columns = {{"id", COLUMN_ANY, "", VERSION_BOTH, 0},
                                              TEXT("table_name", "table"),
                                              TEXT("name", "name"),
                                              TEXT("type", ""),
                                              TEXT("since", ""),
                                              TEXT("insert", ""),
                                              TEXT("update", "")}};

static const char own_view[] =
    "CREATE TEMP VIEW own_columns AS SELECT table_name || '.' || name AS id, * FROM chat_columns";

enum { OWN_REQUESTS, OWN_WRITES, OWN_SETTINGS, OWN_COLUMNS, OWN_COUNT };

enum { OWN_NEWEST = 9, OWN_QUEUED = 3 };

static bool own_run(sqlite3 *db, const char *sql) {
    char *message = NULL;
    bool done = sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", sql, message == NULL ? "" : message);
    }
    sqlite3_free(message);
    return done;
}

static bool own_run_made(sqlite3 *db, char *sql) {
    bool done = own_run(db, sql);
    sqlite3_free(sql);
    return done;
}

/* Row by row in their order, which is the order of the copy. */
static void own_copy_table(sqlite3 *subject, sqlite3 *reference, const table *t) {
    sqlite3_str *columns = sqlite3_str_new(NULL);
    table_append_columns(columns, t, NULL);
    char *names = sqlite3_str_finish(columns);
    char *sql = sqlite3_mprintf("SELECT %s FROM %s", names, t->name);
    answer rows = answer_run(subject, sql, NULL, 0, 0);
    own_run_made(reference, sqlite3_mprintf("DELETE FROM main.%s", t->name));
    for (size_t i = 0; i < rows.row_count; i++) {
        sqlite3_str *insert = sqlite3_str_new(NULL);
        sqlite3_str_appendf(insert, "INSERT INTO main.%s VALUES (", t->name);
        for (int k = 0; k < rows.column_count; k++) {
            sqlite3_str_appendall(insert, k > 0 ? ", " : "");
            value_append_literal(insert, answer_cell(&rows, i, k));
        }
        sqlite3_str_appendall(insert, ")");
        own_run_made(reference, sqlite3_str_finish(insert));
    }
    if (rows.error != NULL) {
        printf("# %s: %s\n", sql, rows.error);
    }
    answer_clear(&rows);
    sqlite3_free(sql);
    sqlite3_free(names);
}

bool own_create(sqlite3 *subject, sqlite3 *reference) {
    bool done = true;
    for (int i = 0; i < OWN_COUNT; i++) {
        done = done && table_create(reference, &own_tables[i], true) == SQLITE_OK;
    }
    done = done && own_run(subject, own_view) && own_run(reference, own_view);
    if (done) {
        own_copy_table(subject, reference, &own_tables[OWN_COLUMNS]);
        own_copy(subject, reference, own_tables[OWN_SETTINGS].name);
    }
    return done;
}

bool own_open(sqlite3 *subject, sqlite3 *reference, sample *s) {
    bool done = own_create(subject, reference);
    own_queue(subject, reference, s->version); /* so that there are values to look for */
    own_copy(subject, reference, own_tables[OWN_WRITES].name);
    done = own_run(subject, "ROLLBACK") && done;
    return done && sample_add(s, reference, &own_tables[OWN_WRITES]) &&
           sample_add(s, reference, &own_tables[OWN_SETTINGS]) && sample_add(s, reference, &own_columns);
}

bool own_is_named(const char *sql, const char *name) {
    return strstr(sql, name) != NULL;
}

bool own_is_read(const char *sql) {
    bool named = own_is_named(sql, own_columns.name);
    for (int i = 0; i < OWN_COUNT; i++) {
        named = named || own_is_named(sql, own_tables[i].name);
    }
    return named;
}

void own_copy(sqlite3 *subject, sqlite3 *reference, const char *sql) {
    if (own_is_named(sql, own_tables[OWN_REQUESTS].name)) {
        char *older = sqlite3_mprintf("DELETE FROM chat_requests WHERE id <= (SELECT max(id) FROM chat_requests) - %d",
                                      OWN_NEWEST);
        own_run_made(subject, older);
    }
    for (int i = 0; i < OWN_COLUMNS; i++) {
        if (own_is_named(sql, own_tables[i].name)) {
            own_copy_table(subject, reference, &own_tables[i]);
        }
    }
}

/* 'path', 'path', ... of the first rows; sqlite3_free. */
static char *own_paths(sqlite3 *reference, const char *name, int count) {
    char *sql = sqlite3_mprintf(
        "SELECT coalesce(group_concat(quote(path), ', '), '''''') FROM (SELECT path FROM \"%w\" ORDER BY path "
        "LIMIT %d)",
        name, count);
    answer a = answer_run(reference, sql, NULL, 0, 0);
    char *paths = sqlite3_mprintf("%s", a.row_count == 1 ? answer_cell(&a, 0, 0)->bytes : "''");
    answer_clear(&a);
    sqlite3_free(sql);
    return paths;
}

void own_queue(sqlite3 *subject, sqlite3 *reference, unsigned version) {
    const char *channels = tables_named(version, "channels"), *users = tables_named(version, "users");
    const char *service = version == VERSION_C ? "chat_service_sid" : "service_sid";
    own_run(subject, "BEGIN");
    own_run_made(subject, sqlite3_mprintf("UPDATE \"%w\" SET friendly_name = 'queued' WHERE path IN (%z)", channels,
                                          own_paths(reference, channels, OWN_QUEUED)));
    own_run_made(subject, sqlite3_mprintf("INSERT INTO \"%w\"(%s, identity) SELECT %s, 'queued' FROM \"%w\" WHERE "
                                          "path IN (%z)",
                                          users, service, service, channels, own_paths(reference, channels, 1)));
    own_run_made(subject, sqlite3_mprintf("DELETE FROM \"%w\" WHERE path IN (%z)", users,
                                          own_paths(reference, users, OWN_QUEUED - 1)));
}
