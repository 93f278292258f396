/* Keeping triggers from writing to our tables; see triggers.h. */
#include "table/triggers.h"

#include <stdbool.h>
#include <string.h>

enum { TRIGGERS_REFUSED_BY_SQLITE = 3040000 };

static sqlite3_stmt *triggers_prepare(sqlite3 *db, const char *sql, error *problem) {
    sqlite3_stmt *statement = NULL;
    int rc = sql ? sqlite3_prepare_v2(db, sql, -1, &statement, NULL) : SQLITE_NOMEM;
    if (rc != SQLITE_OK) {
        error_set(problem, rc, "looking for triggers: %s", sqlite3_errmsg(db));
    }
    return statement;
}

static bool triggers_step(sqlite3 *db, sqlite3_stmt *statement, error *problem) {
    int rc = statement ? sqlite3_step(statement) : SQLITE_DONE;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        error_set(problem, rc, "looking for triggers: %s", sqlite3_errmsg(db));
    }
    return rc == SQLITE_ROW;
}

/* A quoted name may be written in more than one way; one of these characters only in one, but for upper and lower case. */
static bool triggers_name_is_plain(const char *name) {
    return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name);
}

static void triggers_look_in(sqlite3 *db, const char *schema, const char *table_name, error *problem) {
    char *sql = sqlite3_mprintf("SELECT name FROM \"%w\".sqlite_master WHERE type = 'trigger' AND "
                                "instr(lower(sql), lower(%Q)) LIMIT 1",
                                schema, triggers_name_is_plain(table_name) ? table_name : "");
    sqlite3_stmt *statement = triggers_prepare(db, sql, problem);
    if (triggers_step(db, statement, problem)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: not written, since the trigger \"%s\" names this table: no trigger may write to it, and SQLite "
                  "before 3.40 (this is %s) does not see to that",
                  table_name, (const char *)sqlite3_column_text(statement, 0), sqlite3_libversion());
    }
    sqlite3_finalize(statement);
    sqlite3_free(sql);
}

void triggers_refuse(sqlite3 *db, const char *table_name, error *problem) {
    if (sqlite3_libversion_number() >= TRIGGERS_REFUSED_BY_SQLITE || error_is_set(problem)) {
        return;
    }
    sqlite3_stmt *schemas = triggers_prepare(db, "PRAGMA database_list", problem);
    while (triggers_step(db, schemas, problem) && !error_is_set(problem)) {
        triggers_look_in(db, (const char *)sqlite3_column_text(schemas, 1), table_name, problem);
    }
    sqlite3_finalize(schemas);
}
