/*
** The one way to SQLite's API. In the loadable extension every call goes through the table of routines that SQLite
** hands to the entry point; compiled with SQLITE_CORE (unit tests, static linking) the calls are direct.
** The table itself is defined in ext/chat.c (SQLITE_EXTENSION_INIT1).
*/
#ifndef CHAT_SQLITE_H
#define CHAT_SQLITE_H

#include <sqlite3ext.h>

#ifndef SQLITE_CORE
SQLITE_EXTENSION_INIT3
#endif

#endif
