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

void statement_check_direct(sqlite3 *db, const char *table_name, error *problem) {
    int trusted = 1, inside = 0;
    if (sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, -1, &trusted) != SQLITE_OK || trusted) {
        return;
    }
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        inside += statement_is_inside(each);
    }
    if (inside > 1) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use from within another statement (a full-text table's content, say): not while PRAGMA "
                  "trusted_schema is off",
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
