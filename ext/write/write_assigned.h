/*
** Which columns the SET of an UPDATE ... FROM names, from its text: before 3.44 SQLite hands over all of them as if they were
** set. Only by that is a column that is given as it was told from one that is left alone.
*/
#ifndef CHAT_WRITE_ASSIGNED_H
#define CHAT_WRITE_ASSIGNED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sqlite.h"

typedef struct write_assigned {
    buffer names;  /* each behind a NUL, which also ends the last */
    bool looked;   /* by the statement with that many reads before it, ... */
    int64_t reads; /* as in write_row */
    int beside;    /* ... and so many that run meanwhile */
} write_assigned;

void write_assigned_clear(write_assigned *self);

/* Appends the names to `names`, as in write_assigned. False: sql is no UPDATE ... FROM. */
bool write_assigned_read(const char *sql, buffer *names);

/*
** Is it an UPDATE ... FROM with ORDER BY or LIMIT? Where it is built to have them (SQLITE_ENABLE_UPDATE_DELETE_LIMIT, as Debian's
** is), SQLite leaves them out of one of a virtual table, and hands over all rows: 3.40.1, 3.46.1, 3.53.2.
*/
bool write_assigned_is_limited(const char *sql);

/* Finds them for the statement that runs. False, and none: several run that might be it, or it has no text. */
bool write_assigned_find(write_assigned *self, sqlite3 *db, int64_t reads, int beside, error *problem);

/* Is the column one of them? self NULL: no. */
bool write_assigned_has(const write_assigned *self, const char *column);

#endif
