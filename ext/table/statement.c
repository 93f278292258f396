/*
** Which SQL statement is running; see statement.h.
**
** A statement that has been started and not reset is "busy". One that has handed out a row and waits for its caller has
** columns to be read (sqlite3_data_count > 0), the one inside sqlite3_step has none. If exactly one busy statement has
** none, it is the one that called. Its count of runs tells this execution from an earlier one of the same statement.
*/
#include "table/statement.h"

#include <stddef.h>

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
