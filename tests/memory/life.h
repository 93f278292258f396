/* The life of connections: what the parts of build/memory-life share. */
#ifndef MEMORY_LIFE_H
#define MEMORY_LIFE_H

#include <stdbool.h>

#include "ledger/service.h"

/* Loading and closing, many times and many at once. */
void life_loads(service *s);

/* Ends in mid-scan: close, reset, DROP TABLE, DETACH, loading again, settings. */
void life_ends(service *s);

/* Statements beside and inside one another. */
void life_nested(service *s);

/* What stands open beside a statement neither lends it an old answer nor costs it requests. */
void life_beside(service *s);

/* A process that forks. */
void life_forks(service *s);

/* Threads, each with its own connection. */
void life_threads(service *s);

/* ---- helpers ---- */

/* A result being found. */
typedef struct life_check {
    const char *name;
    int wrong;
} life_check;

/* Complains if not. */
void life_expect(life_check *check, bool right, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Tells the result. */
void life_end(life_check *check);

/* A connection; ends the program if there is none. */
sqlite3 *life_connect(service *s);

/* Runs SQL and complains unless it gives that code. */
void life_exec(life_check *check, sqlite3 *db, int expected, const char *sql);

/* The statement; ends the program if it cannot be prepared. */
sqlite3_stmt *life_prepare(sqlite3 *db, const char *sql);

/* The first value of a query's first row, as a number; -1, with a complaint, on an error. */
sqlite3_int64 life_number(life_check *check, sqlite3 *db, const char *sql);

/* Steps to the end, from where the statement stands; the rows, or -1, with a complaint, on an error. */
int life_rest(life_check *check, sqlite3_stmt *statement);

/* The emulator's file. */
const char *life_emulator(void);

/* How many descriptors this process has open; -1: not known here. */
int life_descriptors(void);

#endif
