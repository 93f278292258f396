/*
** Which SQL statement a virtual table is being read by, which SQLite does not say.
**
** Two things are the same for all loops of one statement and for no loop of another, and both are asked:
**
**   - the array in which xFilter gets its values. A prepared statement has one of its own, as long as it lives, for all
**     its loops and those of the triggers that it fires, so that the address is a name. (Where no loop of a statement
**     takes a value the array has no elements; then another's may begin where it ends.)
**   - the statement that was being prepared when xBestIndex planned the loop: of all statements of the connection the one
**     that has no text yet and is not running. The plan carries its number to xFilter.
**
** Neither depends on which other statements stand open (another cursor of the host, a blob handle, one of FTS5's or
** rtree's own), nor on how far they are. A future SQLite that does one of them otherwise makes statements look
** different that are the same, which costs requests; it never makes different ones look the same.
**
** An execution needs no name: all cursors of one are closed before the next begins. Hence: two cursors that are open at
** the same time, and whose statement is the same, belong to the same execution.
*/
#ifndef CHAT_STATEMENT_H
#define CHAT_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sqlite.h"

typedef struct statement_name {
    const void *values; /* the array; NULL: not known */
    int64_t prepared;   /* the number; 0: not known */
} statement_name;

/* Is it the same statement? Two that are not known are not. */
bool statement_is_same(statement_name one, statement_name other);

/* Counts the statements that are prepared. All zeros at first. */
typedef struct statement_counter {
    sqlite3_stmt *latest;
    int64_t number; /* of `latest` */
    bool over;      /* it is prepared: what comes next is another, even at the same address */
} statement_counter;

/* The number of the statement that is being prepared; to be called from xBestIndex. 0: not known. */
int64_t statement_being_prepared(statement_counter *counter, sqlite3 *db);

/* To be called when a statement runs: none is being prepared. */
void statement_runs(statement_counter *counter);

/* Stands for how often each of the connection's statements has been begun: the same only as long as none begins again. */
uint64_t statement_begun(sqlite3 *db);

/*
** Statements that have been started and are not at their end: one inside another, or in turns with another. A handle to a
** blob is none, although SQLite makes it of one, without text.
*/
int statement_busy_count(sqlite3 *db);

/* How often it has been begun: another execution, another number. */
int statement_run(sqlite3_stmt *each);

/* Is it one that writes, and running? Not the EXPLAIN of one, which SQLite counts among them. */
bool statement_is_writing(sqlite3_stmt *each);

/*
** Is one statement alone running, without the word LIMIT and without a query inside it? Then nothing says that the first row
** may be all that is wanted, though its host may leave it there. For guesses only: a view's words are not the statement's.
*/
bool statement_wants_all(sqlite3 *db);

/* The same where there may be queries inside it: of what its first loop reads all rows are wanted, most likely. */
bool statement_wants_rows(sqlite3 *db);

/*
** Is one statement alone running which names that table, never inside a query with a LIMIT, and has no word, such as CASE or
** EXISTS, by which SQLite may leave a query inside it out, or end it at its first row? Then whatever reads the table does so for
** each row, and to its end, most likely. A table that is read by way of a view, or under another name, is not named. For guesses
** only.
*/
bool statement_wants_each(sqlite3 *db, const char *table);

/* Does a statement that is running have that word, outside of quotes? For guesses only, likewise. */
bool statement_says(sqlite3 *db, const char *word);

#endif
