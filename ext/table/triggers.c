/* Keeping triggers from writing to our tables; see triggers.h. */
#include "table/triggers.h"

#include <stdbool.h>
#include <stddef.h>

#include "session/statement.h"
#include "table/write_target.h"

enum { TRIGGERS_REFUSED_BY_SQLITE = 3040000 };

/* Does every statement that may be the one running write to the table itself? Which one it is, SQLite does not say. */
static bool triggers_are_out_of_it(sqlite3 *db, const char *table_name) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (statement_is_writing(each)) {
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
