/*
** The rows of a small table as they were when a statement began, so that a statement may change what it reads: INSERT INTO
** messages ... SELECT ... FROM chat_writes queues calls, which chat_writes shows; reading chat_requests beside a table of
** the service makes requests; DELETE FROM chat_requests empties what it walks over.
**
** It is a copy, of those columns only that the statement uses. What outgrows a limit goes to a temporary file, by the
** same VFS as the database's own, so that memory is bounded whatever the queue and the log hold.
**
**     small_rows *rows = small_rows_new(db, columns, limit);
**     small_rows_begin(rows, 7);                       a row, with that rowid, ...
**     small_rows_integer(rows, 7);                     ... and its columns in their order
**     small_rows_text(rows, "sent");
**     if (small_rows_finish(rows) == SQLITE_OK)        now it stands on the first row
**         while (!small_rows_at_end(rows)) ... small_rows_next(rows);
*/
#ifndef CHAT_SMALL_ROWS_H
#define CHAT_SMALL_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"

typedef struct small_rows small_rows;

/*
** No rows yet. columns: bit n stands for column n; the others are not kept. limit: bytes that may be held in memory. db:
** says where temporary files go. NULL when memory ran out.
*/
small_rows *small_rows_new(sqlite3 *db, unsigned columns, size_t limit);

/*
** To be called before rows are added whose values memory holds already, elsewhere: where the file takes no more they stay in
** memory, too, whatever the limit.
*/
void small_rows_stay(small_rows *rows);

/* Are the values of a column kept? */
bool small_rows_keeps(const small_rows *rows, int column);

/* Adds a row, then its columns one by one. What fails is told by small_rows_finish. */
void small_rows_begin(small_rows *rows, sqlite3_int64 rowid);
void small_rows_integer(small_rows *rows, sqlite3_int64 value);
void small_rows_text(small_rows *rows, const char *text); /* NULL: a NULL */
void small_rows_null(small_rows *rows);

/* No row comes after. Stands on the first one then. SQLITE_OK or SQLite's error code, of memory or of the file. */
int small_rows_finish(small_rows *rows);

/* Back to the first row. SQLITE_OK or SQLite's error code. */
int small_rows_rewind(small_rows *rows);

/* Another walk over the same rows, which are finished; it stands on the first one. NULL when memory ran out. */
small_rows *small_rows_again(small_rows *rows);

bool small_rows_at_end(const small_rows *rows);

/* Goes on to the next row. SQLITE_OK or SQLite's error code. */
int small_rows_next(small_rows *rows);

/* Of the row that it stands on. */
sqlite3_int64 small_rows_rowid(const small_rows *rows);
void small_rows_give(const small_rows *rows, int column, sqlite3_context *context);

/*
** Says what such a code means for the table of that name, and what to do; SQLITE_OK: nothing. Never SQLite's own code:
** SQLITE_FULL or SQLITE_IOERR out of a virtual table would make it roll back the whole transaction, by a SELECT too.
*/
void small_rows_explain(const char *name, int rc, error *problem);

/* The rows themselves go with the last walk over them. Accepts NULL. */
void small_rows_free(small_rows *rows);

#endif
