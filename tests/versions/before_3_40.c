/*
** What the shell of SQLite 3.40 calls and older libraries lack, in terms of what they have: so that scripts run through
** the same shell on all versions, and differ only in what the library does.
*/
#include <sqlite3.h>

int sqlite3_error_offset(sqlite3 *db) {
    (void)db;
    return -1;
}

sqlite3_int64 sqlite3_changes64(sqlite3 *db) {
    return sqlite3_changes(db);
}

sqlite3_int64 sqlite3_total_changes64(sqlite3 *db) {
    return sqlite3_total_changes(db);
}

#if SQLITE_VERSION_NUMBER < 3034000
int sqlite3_txn_state(sqlite3 *db, const char *schema) {
    (void)schema;
    return !sqlite3_get_autocommit(db);
}
#endif
