/*
** Which SQL statement is running; see statement.h.
**
** A statement that has been started and not reset is "busy". One that has handed out a row and waits for its caller has
** columns to be read (sqlite3_data_count > 0), the one inside sqlite3_step has none. If exactly one busy statement has
** none, it is the one that called. Its count of runs tells this execution from an earlier one of the same statement.
*/
#include "table/statement.h"

#include <stdbool.h>
#include <stddef.h>

/* Is it inside sqlite3_step? Nobody is stopped in the middle of a COMMIT, except one that was busy and may be repeated. */
static bool statement_is_inside(sqlite3_stmt *each) {
    bool control = sqlite3_column_count(each) == 0 && sqlite3_stmt_readonly(each);
    return sqlite3_stmt_busy(each) && sqlite3_data_count(each) == 0 && !control;
}

/* Is it the text of a virtual table that may have another table as its content, as FTS4 and FTS5 tables can? */
static bool statement_names_content(const char *sql) {
    return sql && sqlite3_strlike("%virtual%", sql, 0) == 0 && sqlite3_strlike("%content%", sql, 0) == 0;
}

/* Does a schema that comes with a file hold one? When it cannot be told: yes. */
static bool statement_schema_has_content(sqlite3 *db, const char *schema) {
    sqlite3_stmt *rows = NULL;
    char *text = sqlite3_mprintf("SELECT sql FROM \"%w\".sqlite_master", schema);
    int rc = text ? sqlite3_prepare_v2(db, text, -1, &rows, NULL) : SQLITE_NOMEM;
    bool found = false;
    while (rc == SQLITE_OK && !found && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        found = statement_names_content((const char *)sqlite3_column_text(rows, 0));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    sqlite3_free(text);
    return found || rc != SQLITE_DONE;
}

static bool statement_files_have_content(sqlite3 *db) {
    sqlite3_stmt *schemas = NULL;
    bool found = sqlite3_prepare_v2(db, "PRAGMA database_list", -1, &schemas, NULL) != SQLITE_OK;
    while (!found && sqlite3_step(schemas) == SQLITE_ROW) {
        const char *schema = (const char *)sqlite3_column_text(schemas, 1);
        found = !schema || (sqlite3_stricmp(schema, "temp") != 0 && statement_schema_has_content(db, schema));
    }
    sqlite3_finalize(schemas);
    return found;
}

void statement_check_direct(sqlite3 *db, const char *table_name, error *problem) {
    int trusted = 1, inside = 0;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        inside += statement_is_inside(each);
    }
    if (inside < 2) {
        return;
    }
    if (sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, -1, &trusted) != SQLITE_OK) {
        trusted = 1; /* unknown before SQLite 3.31 */
    }
    if (!trusted || statement_files_have_content(db)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use from within another statement: a full-text table of a database file could be reading "
                  "it, or PRAGMA trusted_schema is off",
                  table_name);
    }
}

statement_run statement_running(sqlite3 *db) {
    statement_run found = {NULL, 0};
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (!sqlite3_stmt_busy(each) || sqlite3_data_count(each) > 0) {
            continue;
        }
        if (found.statement) {
            found.statement = NULL;
            return found;
        }
        found.statement = each;
    }
    if (found.statement) {
        found.run = sqlite3_stmt_status(found.statement, SQLITE_STMTSTATUS_RUN, 0);
    }
    return found;
}
