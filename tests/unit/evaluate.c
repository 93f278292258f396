/* Values of expressions, for tests; see evaluate.h. */
#include "unit/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

sqlite3_value *evaluate(sqlite3 *db, const char *expression) {
    sqlite3_stmt *statement = NULL;
    char *sql = sqlite3_mprintf("SELECT %s", expression);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    assert_non_null(value);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return value;
}
