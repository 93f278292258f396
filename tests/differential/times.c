/* chat_time() by strftime(), which the extension does not use: see times.h. */
#include "times.h"

#include <stddef.h>

static void times_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3_stmt *statement = NULL;
    const char *sql =
        argc == 1 ? "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', ?)" : "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', ?, ?)";
    int rc = sqlite3_prepare_v2(sqlite3_context_db_handle(context), sql, -1, &statement, NULL);
    for (int i = 0; i < argc && rc == SQLITE_OK; i++) {
        rc = sqlite3_bind_value(statement, i + 1, argv[i]);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
    }
    if (rc == SQLITE_ROW) {
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    } else {
        sqlite3_result_error_code(context, rc);
    }
    sqlite3_finalize(statement);
}

bool times_create(sqlite3 *db) {
    return sqlite3_create_function(db, "chat_time", 1, SQLITE_UTF8, NULL, times_call, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(db, "chat_time", 2, SQLITE_UTF8, NULL, times_call, NULL, NULL) == SQLITE_OK;
}
