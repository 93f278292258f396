/*
** Statements that a ROLLBACK has aborted while they were writing. A function of the host's, or a loop over rows that are
** being written, can run ROLLBACK and BEGIN under a statement. SQLite ends such a statement when it next moves in a table of
** its own ("abort due to ROLLBACK"); one that has read all it wants before goes on, and what it still gives would be queued
** in the transaction that has begun since.
*/
#ifndef CHAT_WRITE_ABORTED_H
#define CHAT_WRITE_ABORTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"

enum { WRITE_ABORTED_MAX = 16 }; /* one inside another */

typedef struct write_aborted {
    struct write_aborted_run {
        sqlite3_stmt *statement; /* a name only: it may be gone */
        int run;                 /* which of its executions */
    } runs[WRITE_ABORTED_MAX];
    size_t count;
} write_aborted;

/* A transaction is rolled back; to be called from xRollback. Notes the statements under which that happens. */
void write_aborted_note(write_aborted *self, sqlite3 *db);

/* Refuses a row if the statement that writes it has been aborted; to be called from xUpdate. */
void write_aborted_refuse(write_aborted *self, sqlite3 *db, const char *table_name, error *problem);

#endif
