/*
** No trigger writes to our tables. They are SQLITE_VTAB_DIRECTONLY, but before 3.40 SQLite keeps only reads by triggers
** and views from such tables: a trigger hidden in somebody's database file could delete channels.
**
** There, the statement that is running is known, and its text says what it writes to: no trigger belongs to a virtual
** table, so a statement that writes to ours does that itself, and any other does it by a trigger. The schema is not looked
** at: that would take statements, which the host's authorizer and sqlite3_trace would see.
*/
#ifndef CHAT_TRIGGERS_H
#define CHAT_TRIGGERS_H

#include "base/error.h"
#include "base/sqlite.h"

/* A problem if the library is older than 3.40 and the table is not what the statement names. table_name: its name in SQL. */
void triggers_refuse(sqlite3 *db, const char *table_name, error *problem);

#endif
