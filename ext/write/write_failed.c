/* A transaction whose sending has failed; see write_failed.h. */
#include "write/write_failed.h"

#include <stddef.h>

#include "base/sql_token.h"

bool write_failed_is_control(sqlite3_stmt *each, const char *word) {
    return sqlite3_stmt_busy(each) && sqlite3_stmt_readonly(each) && sqlite3_column_count(each) == 0 &&
           sql_token_is(sql_token_first(sqlite3_sql(each)), word);
}

void write_failed_note(write_failed *self, sqlite3 *db) {
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (write_failed_is_control(each, "release")) {
            write_failed_end(self);
            self->noted = true;
            self->release = sqlite3_mprintf("%s", sqlite3_sql(each));
            return;
        }
    }
}

void write_failed_end(write_failed *self) {
    sqlite3_free(self->release);
    *self = (write_failed){false, NULL};
}

void write_failed_look(write_failed *self, sqlite3 *db) {
    if (self->noted && sqlite3_get_autocommit(db)) {
        write_failed_end(self);
    }
}

/*
** Asks by running the RELEASE again. While a statement writes SQLite releases nothing: it says SQLITE_BUSY if the
** savepoint is there, and SQLITE_ERROR, "no such savepoint", if not. Any other answer tells nothing.
*/
static bool failed_has_savepoint(sqlite3 *db, const char *release) {
    sqlite3_stmt *asking = NULL;
    int rc = SQLITE_OK;
    if (sqlite3_prepare_v2(db, release, -1, &asking, NULL) == SQLITE_OK) {
        rc = sqlite3_step(asking);
    }
    sqlite3_finalize(asking);
    return rc != SQLITE_ERROR;
}

bool write_failed_is_open(write_failed *self, sqlite3 *db) {
    write_failed_look(self, db);
    if (self->noted && self->release && !failed_has_savepoint(db, self->release)) {
        write_failed_end(self);
    }
    return self->noted;
}
