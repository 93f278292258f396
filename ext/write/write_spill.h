/*
** Where the write queue (write_queue.h) keeps the texts of calls for which there is no room in memory: a temporary database
** of its own, which SQLite makes in the folder for temporary files (SQLITE_TMPDIR), for this process alone, and which is gone
** with it. It is made when it is first needed.
*/
#ifndef CHAT_WRITE_SPILL_H
#define CHAT_WRITE_SPILL_H

#include "base/error.h"
#include "base/sqlite.h"
#include "write/write_entry.h"

typedef struct write_spill {
    sqlite3 *db;       /* NULL: not made yet */
    sqlite3_stmt *put; /* owned */
    sqlite3_stmt *get; /* owned */
} write_spill;

/* Writes down a call's texts, in the place of what there was of it. */
void write_spill_put(write_spill *spill, const write_entry *entry, error *problem);

/* Gives a call its texts back. Those that it has it keeps. */
void write_spill_get(write_spill *spill, write_entry *entry, error *problem);

void write_spill_close(write_spill *spill);

#endif
