/* Tables of a database file that read ours with SQL of their own. */
#ifndef CHAT_FOREIGN_H
#define CHAT_FOREIGN_H

#include "base/error.h"
#include "base/sqlite.h"

/*
** Refuses to be read while a database file holds a full-text table whose content is a table of ours, and more than one
** statement is running: FTS4 and FTS5 read their content with statements of their own, which SQLITE_VTAB_DIRECTONLY takes
** for the user's, so a file of somebody else's could make requests when one of its tables is read. Where no file holds
** such a table, a statement within a statement is a function's that runs SQL, which is fine. table_name: for the message.
*/
void foreign_refuse(sqlite3 *db, const char *table_name, error *problem);

#endif
