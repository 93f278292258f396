/*
** Whole statements under an allocator that fails: each scenario is SQL against the emulator, run again and again on fresh
** connections while the k-th allocation of SQLite, libcurl and jansson fails, for k = 1, 2, 3 ...
**
** Whatever fails, a statement gives what it gives without failures, or says that memory ran out. Nothing is left behind,
** the connection goes on working, and what the emulator has applied is what chat_writes says.
*/
#ifndef MEMORY_SWEEP_H
#define MEMORY_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/service.h"

enum {
    SWEEP_LOADS = 1,  /* what is watched is loading the extension; its SQL comes after */
    SWEEP_CLOSES = 2, /* what is watched is sqlite3_close */
    SWEEP_WRITES = 4, /* the ledger must agree with chat_writes; not run a second time */
    SWEEP_FILE = 8    /* the database is a file */
};

typedef struct sweep_scenario {
    const char *name;
    const char *before; /* SQL, never failing; NULL: none */
    const char *sql;    /* what is watched; parameters as in sweep_names */
    const char *fault;  /* a command of the emulator's control path, in force while it runs; NULL: none */
    unsigned flags;
    int applied; /* writes that the emulator has applied when nothing fails */
} sweep_scenario;

/* The scenarios; *count of them. */
const sweep_scenario *sweep_scenarios(size_t *count);

/* How thoroughly. */
typedef struct sweep_plan {
    long from;          /* the first k: 1, or further on to look into a failure */
    bool tell;          /* print each k before it is tried, on standard error */
    long every;         /* each k up to here ... */
    long points;        /* ... and about so many beyond */
    unsigned libraries; /* whose allocations fail (faulty_memory_restrict) */
    bool large;         /* instead, those of 16, 24, 32, 48 ... bytes and more fail, up to a MiB ... */
    bool coarse;        /* ... or of 16, 64, 256 ... */
    bool lasting;       /* all allocations after the k-th fail too */
} sweep_plan;

/* Sweeps one scenario; the result is told as TAP. */
void sweep_run(service *s, const sweep_scenario *scenario, const sweep_plan *plan);

#endif
