/*
** A module for the extension's own small tables (chat_settings, chat_requests, ...), which live in memory and need no
** planning: a table is a declaration and a few functions.
**
** A statement sees what was there when it began (small_snapshot.h), whatever it, or another one, does meanwhile.
*/
#ifndef CHAT_SMALL_TABLE_H
#define CHAT_SMALL_TABLE_H

#include "table/small_kind.h"

/*
** Registers a table: it is there under its name at once, and can be created under its name, or in temp, for programs
** that show what sqlite_schema lists. table: static. SQLITE_OK or SQLite's error code.
*/
int small_table_register(connection *shared, const small_table *table);

#endif
