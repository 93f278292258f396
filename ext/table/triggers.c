/* Keeping triggers from writing to our tables; see triggers.h. */
#include "table/triggers.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/sql_token.h"
#include "session/statement.h"
#include "table/write_target.h"

enum { TRIGGERS_REFUSED_BY_SQLITE = 3040000 };

/* May triggers, or functions, run within it? Not within a PRAGMA. */
static bool triggers_may_be_in(sqlite3_stmt *each) {
    return statement_is_writing(each) && !sql_token_is(sql_token_first(sqlite3_sql(each)), "PRAGMA");
}

/* Does every statement that may be the one running write to the table itself? Which one it is, SQLite does not say. */
static bool triggers_are_out_of_it(sqlite3 *db, const char *table_name) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (triggers_may_be_in(each)) {
            if (!write_target_is(sqlite3_sql(each), table_name)) {
                return false;
            }
            found = true;
        }
    }
    return found;
}

void triggers_refuse(sqlite3 *db, const char *table_name, error *problem) {
    if (sqlite3_libversion_number() < TRIGGERS_REFUSED_BY_SQLITE && !error_is_set(problem) &&
        !triggers_are_out_of_it(db, table_name)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use of virtual table: no trigger may write to it, nor, before SQLite "
                  "3.40, a function while another statement writes",
                  table_name);
    }
}
