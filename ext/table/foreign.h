/* Tables of a database file that read ours with SQL of their own. */
#ifndef CHAT_FOREIGN_H
#define CHAT_FOREIGN_H

#include "base/error.h"
#include "base/sqlite.h"

/*
** Refuses to be read by a full-text table of a database file. FTS3, 4 and 5 read their content, which may be any table,
** with statements of their own, which SQLITE_VTAB_DIRECTONLY takes for the user's: a file of somebody else's could make
** requests when one of its tables is read. To be called when a table is opened. table_name: the table's name in SQL.
**
** Such a statement is known by its text: all versions of those modules write the content's name as 'main'.'messages', and
** so hardly anybody else does. If the file has a table or view of that name itself, they mean that. Their schema, which
** says content=messages, is not looked at: that would take statements, which the host's authorizer and sqlite3_trace would
** see, and which an authorizer may deny.
*/
void foreign_refuse(sqlite3 *db, const char *table_name, error *problem);

#endif
