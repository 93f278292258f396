/*
** No trigger writes to our tables. They are SQLITE_VTAB_DIRECTONLY, but before 3.40 SQLite keeps only reads by triggers
** and views from such tables: a trigger hidden in somebody's database file could delete channels. There, a write to a
** table is refused as long as a trigger of any attached database has the table's name in its text, since it cannot be
** told whether the trigger is what writes.
*/
#ifndef CHAT_TRIGGERS_H
#define CHAT_TRIGGERS_H

#include "base/error.h"
#include "base/sqlite.h"

/* A problem if the library is older than 3.40 and a trigger names the table. */
void triggers_refuse(sqlite3 *db, const char *table_name, error *problem);

#endif
