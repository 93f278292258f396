/*
** A private connection whose clock is ours: what datetime('now') says there is what we say. A VFS that hands all else on to the
** default one. It is in SQLite's list of them only while the connection is opened, under a name of its own.
**
**     time_clock clock = {.read = read, .context = self};
**     rc = time_clock_open(&clock, &db);          the clock must stay where it is until db is closed
*/
#ifndef CHAT_TIME_CLOCK_H
#define CHAT_TIME_CLOCK_H

#include "base/sqlite.h"

enum { TIME_CLOCK_NAME_SIZE = 40 };

typedef struct time_clock {
    sqlite3_vfs vfs; /* the first member: SQLite hands it back */
    char name[TIME_CLOCK_NAME_SIZE];

    /* Gives the time in SQLite's milliseconds. SQLITE_OK, or an error: datetime() says NULL then. */
    int (*read)(void *context, sqlite3_int64 *julian_ms);
    void *context;
} time_clock;

/* The time in SQLite's milliseconds by a VFS, as SQLite asks it. */
int time_clock_ask(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms);

/* Opens a database in memory. *db: NULL unless SQLITE_OK comes back. */
int time_clock_open(time_clock *clock, sqlite3 **db);

#endif
