/* What a statement writes to, by its text. */
#ifndef CHAT_WRITE_TARGET_H
#define CHAT_WRITE_TARGET_H

#include <stdbool.h>

#include "base/sqlite.h"

/*
** Is this an INSERT, REPLACE, UPDATE or DELETE, with or without a WITH before it, of the table of that name, in whatever
** schema? sql: one statement that SQLite has taken; NULL: no. What cannot be made out: no.
*/
bool write_target_is(const char *sql, const char *table_name);

/* Is one so of the statements that write to the table of that name and may be the one that runs? SQLite does not say which is. */
bool write_target_of_any(sqlite3 *db, const char *table_name, bool (*is)(sqlite3_stmt *each));

#endif
