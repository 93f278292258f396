/* Which SQL statement is running: what a virtual table is not told. */
#ifndef CHAT_STATEMENT_H
#define CHAT_STATEMENT_H

#include <stdbool.h>

#include "base/sqlite.h"

/* One execution of one prepared statement. */
typedef struct statement_run {
    sqlite3_stmt *statement; /* NULL: not known */
    int run;                 /* how often it has been started */
} statement_run;

/* Is it the same execution? Two that are not known are not. */
bool statement_is_same(statement_run one, statement_run other);

/*
** The execution from within which a virtual table's method is being called. Not known when several could be meant (a
** function that runs SQL of its own, say); callers must then share nothing.
*/
statement_run statement_running(sqlite3 *db);

/* Statements that have been started and are not at their end: one inside another, or in turns with another. */
int statement_busy_count(sqlite3 *db);

#endif
