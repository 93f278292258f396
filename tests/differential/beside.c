/* Open cursors of all kinds: see beside.h. */
#include "beside.h"

#include <stdio.h>

/* Calls of nested() that ask a chat table, for each query: each is a request. */
enum { BESIDE_NESTED_REQUESTS = 2, BESIDE_THIRD = BESIDE_LOOKUPS | BESIDE_EXPLAIN };

static int beside_nested_calls;

/* nested(x): a function that runs SQL on its connection; x and a constant. Both tables have the same rows on both sides. */
static void beside_nested(sqlite3_context *context, int count, sqlite3_value **values) {
    const char *sql = beside_nested_calls++ < BESIDE_NESTED_REQUESTS ? "SELECT ?1 + count(*) * 0 FROM credentials"
                                                                     : "SELECT ?1 + count(*) * 0 FROM notes";
    sqlite3_stmt *statement = NULL;
    (void)count;
    int rc = sqlite3_prepare_v2(sqlite3_context_db_handle(context), sql, -1, &statement, NULL);
    sqlite3_bind_value(statement, 1, values[0]);
    if (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    } else {
        sqlite3_result_error(context, sqlite3_errmsg(sqlite3_context_db_handle(context)), -1);
    }
    sqlite3_finalize(statement);
}

void beside_begin(void) {
    beside_nested_calls = 0;
}

static bool beside_exec(sqlite3 *db, const char *sql) {
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(db));
    }
    return done;
}

bool beside_create(sqlite3 *db, sample *s) {
    s->words = sqlite3_exec(db, "CREATE VIRTUAL TABLE words USING fts5(name, identity)", NULL, NULL, NULL) == SQLITE_OK;
    s->boxes = sqlite3_exec(db, "CREATE VIRTUAL TABLE boxes USING rtree(id, low, high)", NULL, NULL, NULL) == SQLITE_OK;
    s->nested = sqlite3_create_function(db, "nested", 1, SQLITE_UTF8, NULL, beside_nested, NULL, NULL) == SQLITE_OK;
    return (!s->words ||
            beside_exec(db,
                        "INSERT INTO words(rowid, name, identity) SELECT id, 'any ' || name, identity FROM notes")) &&
           (!s->boxes || beside_exec(db, "INSERT INTO boxes SELECT id, id % 9, id % 9 + id FROM notes")) &&
           beside_exec(db, "CREATE TABLE blobs(id INTEGER PRIMARY KEY, data BLOB);"
                           "INSERT INTO blobs VALUES (1, zeroblob(20000)), (2, zeroblob(9))");
}

static bool beside_select(beside *b, sqlite3 *db, int place, const char *sql) {
    bool stands = sqlite3_prepare_v2(db, sql, -1, &b->statements[place], NULL) == SQLITE_OK &&
                  sqlite3_step(b->statements[place]) == SQLITE_ROW;
    if (!stands) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(db));
    }
    return stands;
}

static const char beside_lookups[] =
    "SELECT n.id, (SELECT count(*) FROM credentials AS c WHERE c.friendly_name || n.id > '') FROM notes AS n";

/* From the first row to the third. */
static bool beside_third(sqlite3_stmt *statement) {
    return sqlite3_step(statement) == SQLITE_ROW && sqlite3_step(statement) == SQLITE_ROW;
}

bool beside_open(beside *b, sqlite3 *db, unsigned mask) {
    static const struct {
        unsigned bit;
        const char *sql;
    } selects[] = {{BESIDE_WORDS, "SELECT rowid FROM words WHERE words MATCH 'any'"},
                   {BESIDE_BOXES, "SELECT id FROM boxes WHERE low >= 0"},
                   {BESIDE_LOCAL, "SELECT id, name FROM notes"},
                   {BESIDE_CREDENTIALS, "SELECT sid FROM credentials"},
                   {BESIDE_PRAGMA, "PRAGMA table_info(notes)"},
                   {BESIDE_LOOKUPS, beside_lookups},
                   {BESIDE_EXPLAIN, "EXPLAIN UPDATE notes SET name = name || id"}};
    bool opened = true;
    *b = (beside){.blob = NULL};
    if ((mask & BESIDE_BLOB) != 0) {
        opened = sqlite3_blob_open(db, "main", "blobs", "data", 1, 0, &b->blob) == SQLITE_OK;
    }
    for (int i = 0; opened && i < (int)(sizeof selects / sizeof selects[0]); i++) {
        opened =
            (mask & selects[i].bit) == 0 || (beside_select(b, db, i, selects[i].sql) &&
                                             ((selects[i].bit & BESIDE_THIRD) == 0 || beside_third(b->statements[i])));
    }
    return opened;
}

void beside_close(beside *b) {
    for (int i = 0; i < BESIDE_KINDS; i++) {
        sqlite3_finalize(b->statements[i]);
    }
    sqlite3_blob_close(b->blob);
    *b = (beside){.blob = NULL};
}
