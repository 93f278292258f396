/* ORDER BY and LIMIT that SQLite leaves out of a statement; see limits.h. */
#include "table/limits.h"

#include <stdbool.h>

#include "table/write_target.h"
#include "write/write_assigned.h"

static bool limits_are_left_out(sqlite3_stmt *each) {
    return sqlite3_sql(each) && write_assigned_is_limited(sqlite3_sql(each));
}

void limits_refuse(sqlite3 *db, const char *table_name, const char *key, error *problem) {
    if (!error_is_set(problem) && write_target_of_any(db, table_name, limits_are_left_out)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: in an UPDATE ... FROM of a virtual table SQLite leaves out ORDER BY and LIMIT, and would change "
                  "every row: say WHERE %s IN (SELECT %s FROM ... LIMIT ...)",
                  table_name, key, key);
    }
}
