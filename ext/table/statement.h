/* Which SQL statement is running: what a virtual table is not told. */
#ifndef CHAT_STATEMENT_H
#define CHAT_STATEMENT_H

#include "base/error.h"
#include "base/sqlite.h"

/* One execution of one prepared statement. */
typedef struct statement_run {
    sqlite3_stmt *statement; /* NULL: not known */
    int run;                 /* how often it has been started */
} statement_run;

/*
** The execution from within which a virtual table's method is being called. Not known when several could be meant (a
** function that runs SQL of its own, say); callers must then share nothing.
*/
statement_run statement_running(sqlite3 *db);

/*
** Refuses that a virtual table's method is called from a statement within another one, while a database file holds a
** virtual table that may have another table as its content, or while `PRAGMA trusted_schema` is off. FTS4 and FTS5 read
** such a content with SQL of their own, which SQLITE_VTAB_DIRECTONLY takes for the user's. Where no file holds one, a
** statement within a statement is a function's that runs SQL, which is fine. table_name: for the message.
*/
void statement_check_direct(sqlite3 *db, const char *table_name, error *problem);

#endif
