/*
** Which SQL statement is running; see statement.h.
**
** A statement that has been started and not reset is "busy". One that has handed out a row and waits for its caller has
** columns to be read (sqlite3_data_count > 0). Before SQLite 3.41, the one inside sqlite3_step has none; since then it
** has those of its last row, if it has handed out one. So:
**
**     exactly one busy statement without columns       it is the one that called
**     none, SQLite 3.41 or newer, one busy statement   it
**     otherwise                                        not known
**
** Its count of runs tells this execution from an earlier one of the same statement.
*/
#include "session/statement.h"

#include <stddef.h>

enum { STATEMENT_KEEPS_COLUMNS = 3041000 };

bool statement_is_same(statement_run one, statement_run other) {
    return one.statement && one.statement == other.statement && one.run == other.run;
}

/* BEGIN, COMMIT and the like: nobody is stopped in the middle of one, except one that was busy and may be repeated. */
static bool statement_is_control(sqlite3_stmt *each) {
    return sqlite3_column_count(each) == 0 && sqlite3_stmt_readonly(each);
}

statement_run statement_running(sqlite3 *db) {
    sqlite3_stmt *without = NULL, *with = NULL;
    int without_count = 0, with_count = 0;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (!sqlite3_stmt_busy(each)) {
            continue;
        }
        if (sqlite3_data_count(each) > 0) {
            with = each;
            with_count++;
        } else {
            without = each;
            without_count++;
        }
    }
    statement_run found = {NULL, 0};
    if (without_count == 1) {
        found.statement = without;
    } else if (without_count == 0 && with_count == 1 && sqlite3_libversion_number() >= STATEMENT_KEEPS_COLUMNS) {
        found.statement = with;
    }
    if (found.statement) {
        found.run = sqlite3_stmt_status(found.statement, SQLITE_STMTSTATUS_RUN, 0);
    }
    return found;
}

int statement_busy_count(sqlite3 *db) {
    int count = 0;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        count += sqlite3_stmt_busy(each) && !statement_is_control(each);
    }
    return count;
}
