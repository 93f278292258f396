/*
** What is open on the subject's connection while a query runs: cursors of FTS5 and rtree tables, a blob, SELECTs that stand at
** a row. SQLite keeps statements of its own busy for some of them, so that an extension which asks "which statement is
** running" may take one for another. None of it may change an answer, nor make a page be requested twice.
**
** For the same reason queries have conditions that look into an FTS5 and an rtree table, and a function that runs SQL.
*/
#ifndef DIFFERENTIAL_BESIDE_H
#define DIFFERENTIAL_BESIDE_H

#include "sample.h"

enum {
    BESIDE_WORDS = 1,        /* a cursor of the FTS5 table */
    BESIDE_BOXES = 2,        /* a cursor of the rtree table */
    BESIDE_BLOB = 4,         /* an open blob */
    BESIDE_LOCAL = 8,        /* SELECT on a local table, stepped once */
    BESIDE_CREDENTIALS = 16, /* SELECT on a chat table, stepped once */
    BESIDE_PRAGMA = 32,      /* a pragma, stepped once */
    BESIDE_LOOKUPS = 64,     /* SELECT that looks into a chat table for each row, stepped to its third */
    BESIDE_EXPLAIN = 128,    /* EXPLAIN of an UPDATE, stepped to its third row */
    BESIDE_ALL = 255,
    BESIDE_KINDS = 8,
};

typedef struct beside {
    sqlite3_stmt *statements[BESIDE_KINDS];
    sqlite3_blob *blob;
} beside;

/* Makes the tables and the function on a connection that has the local tables. What this SQLite lacks is left out and noted in
** the sample, so that no query asks for it. False, with the reason printed, on an error. */
bool beside_create(sqlite3 *db, sample *s);

/* Opens what the mask of BESIDE_... names. False, with the reason printed, if something does not open. */
bool beside_open(beside *b, sqlite3 *db, unsigned mask);

/* Closes it all. Harmless on one that is zeroed. */
void beside_close(beside *b);

/* Before a query: the function nested() asks the chat tables again. */
void beside_begin(void);

#endif
