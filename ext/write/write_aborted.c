/* Statements that a ROLLBACK has aborted; see write_aborted.h. */
#include "write/write_aborted.h"

#include "session/statement.h"
#include "write/write_failed.h"

/*
** Is it not just a statement that ends with an error, and its transaction with it? Then it is the only one that writes. A
** ROLLBACK is a statement of its own.
*/
static bool aborted_is_under_others(sqlite3 *db) {
    int writers = 0;
    bool rollback = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        writers += statement_is_writing(each);
        rollback = rollback || write_failed_is_control(each, "rollback");
    }
    return rollback || writers > 1;
}

void write_aborted_note(write_aborted *self, sqlite3 *db) {
    self->count = 0;
    if (!aborted_is_under_others(db)) {
        return;
    }
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (statement_is_writing(each) && self->count < WRITE_ABORTED_MAX) {
            self->runs[self->count++] = (struct write_aborted_run){each, statement_run(each)};
        }
    }
}

/* The note of an execution, or NULL. */
static struct write_aborted_run *aborted_find(write_aborted *self, sqlite3_stmt *statement) {
    for (size_t i = 0; i < self->count; i++) {
        if (self->runs[i].statement == statement && self->runs[i].run == statement_run(statement)) {
            return &self->runs[i];
        }
    }
    return NULL;
}

/*
** Of the statements that write, one that was not noted has begun after the ROLLBACK, inside those that were: the row is its.
** A note is gone with the refusal that it causes, since the statement is over then: another one may get its address.
*/
void write_aborted_refuse(write_aborted *self, sqlite3 *db, const char *table_name, error *problem) {
    struct write_aborted_run *found = NULL;
    for (sqlite3_stmt *each = self->count ? sqlite3_next_stmt(db, NULL) : NULL; each;
         each = sqlite3_next_stmt(db, each)) {
        struct write_aborted_run *noted = statement_is_writing(each) ? aborted_find(self, each) : NULL;
        if (statement_is_writing(each) && !noted) {
            return;
        }
        found = noted ? noted : found;
    }
    if (found) {
        *found = self->runs[--self->count];
        error_set(problem, SQLITE_ABORT_ROLLBACK, "%s: abort due to ROLLBACK", table_name);
    } else {
        self->count = 0;
    }
}
