/* ORDER BY and LIMIT that SQLite leaves out of a statement. */
#ifndef CHAT_LIMITS_H
#define CHAT_LIMITS_H

#include "base/error.h"
#include "base/sqlite.h"

/*
** An error if an UPDATE ... FROM of the table of that name, which may be the statement that runs, has ORDER BY or LIMIT: SQLite
** would have every row that matches be written, and say nothing. key: the column by which its rows are told.
*/
void limits_refuse(sqlite3 *db, const char *table_name, const char *key, error *problem);

#endif
