/*
** What the tests of interrupts share: a connection with the extension, the emulator's control path, and a statement that
** is run while something is to interrupt it.
**
** A statement that gets stuck is stuck for a minute or more; one that is interrupted must be back within WORLD_PATIENCE_MS.
*/
#ifndef INTERRUPT_WORLD_H
#define INTERRUPT_WORLD_H

#include <sqlite3.h>
#include <stdbool.h>

enum { WORLD_DELAY_MS = 250, WORLD_PATIENCE_MS = 15000 };

/* Who interrupts, WORLD_DELAY_MS after the statement began. */
typedef enum {
    BY_NOBODY,
    BY_THREAD,       /* sqlite3_interrupt */
    BY_HANDLER,      /* a progress handler, every 100 operations */
    BY_RARE_HANDLER, /* one every 100000 */
} world_interrupter;

/* What a statement came to. */
typedef struct world_outcome {
    int rc;
    double seconds;
    char text[4000]; /* its rows, "|" between columns and a line each; or SQLite's message */
} world_outcome;

/* Sets what the functions below use: the extension, and the emulator's address. */
void world_setup(const char *extension, const char *emulator);

/* A connection to a database (":memory:", or a file) with the extension loaded; ends the program if that fails. */
sqlite3 *world_open(const char *file);

/* Runs one statement, with somebody to interrupt it. */
world_outcome world_run(sqlite3 *db, const char *sql, world_interrupter by);

/* One value, as text: "" if there is none; an error's message if there is one. The text is valid until the next call. */
const char *world_value(sqlite3 *db, const char *sql);

/* Runs statements that must succeed; ends the program if one does not. format: as sqlite3_mprintf takes it. */
void world_do(sqlite3 *db, const char *format, ...);

/* Was it interrupted, and soon? If not, says so as a TAP comment. */
bool world_was_interrupted(const world_outcome *outcome);

/* Are they equal? If not, says so. */
bool world_is(const char *found, const char *expected);

/* Posts to the emulator's control path: "latency?ms=50"; format: as printf takes it. Ends the program if it fails. */
void world_control(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Bodies of the writes that the emulator has applied, in order, a line each. The text is valid until the next call. */
const char *world_ledger(void);

#endif
