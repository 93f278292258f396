/*
** The emulator's data in SQLite: opening, schema, statements. A memory database unless a file is named. All messages
** that were generated stay out of it (message.h computes them); what was written, edited or deleted is in it.
**
** Statements are kept by their text and reused. A failure of SQLite itself (not a constraint) stops the process: the
** schema and every statement are ours, so it is a bug or a full disk.
*/
#ifndef EMULATOR_STORE_H
#define EMULATOR_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct store store;

/* Opens the file, or memory for NULL. The caller owns the result. */
store *store_open(const char *path);
void store_close(store *self);

/* The connection, borrowed: for registering functions and for transactions' state. */
sqlite3 *store_handle(store *self);

/* True where the file already held data. */
bool store_was_filled(const store *self);

/* A statement ready to bind. Give it back with store_done before the same text is asked for again. */
sqlite3_stmt *store_prepare(store *self, const char *sql);
void store_done(sqlite3_stmt *statement);

/* Moves to the next row: true for a row, false at the end. */
bool store_step(sqlite3_stmt *statement);

/* Binds arguments by a format: 'i' int64_t, 't' const char * (NULL binds NULL), 'b' const char * and size_t (text with
** a length; a NULL pointer binds NULL). Texts must live until the statement is done. */
void store_bind(sqlite3_stmt *statement, const char *format, ...);

/* Runs a statement that returns no rows. Returns false where a UNIQUE constraint refused it. */
bool store_run(store *self, const char *sql, const char *format, ...);

/* The first column of the first row as a number, or fallback. */
int64_t store_number(store *self, int64_t fallback, const char *sql, const char *format, ...);

/* The next number of a named sequence, from 1; never used twice, even after deletes. */
int64_t store_sequence(store *self, const char *name);

/* Creates the triggers that keep counts; after the data was generated, so that generating stays fast. */
void store_add_triggers(store *self);

#endif
