/*
** What a transaction must have queued, by SQLite's own rules of savepoints and conflict modes: kept beside it without
** looking at the extension. Calls are noted in the order in which they are queued.
*/
#ifndef LEDGER_MODEL_H
#define LEDGER_MODEL_H

#include "journal.h"

enum { MODEL_SAVEPOINTS = 8 };

typedef struct model_call {
    char mark[80]; /* a text that the call's path or body holds; "": any */
    bool alive;    /* not rolled back */
} model_call;

typedef struct model {
    model_call *calls;
    int count;
    int savepoints[MODEL_SAVEPOINTS]; /* number of calls when each was opened */
    int depth;
    int ended; /* so many calls, all rolled back, are perhaps of a transaction that is over for the extension */
} model;

/* Notes a call. */
void model_add(model *m, const char *mark);

/* Rolls back the calls from a number on. */
void model_roll_back(model *m, int from);

/*
** The table that has queued all the calls, none of which is left, was dropped. If it was the only one in the transaction,
** the extension is told nothing more of it, and whatever is written next begins chat_writes anew.
*/
void model_drop_table(model *m);

/* Forgets those calls if that many fewer are there. */
void model_settle(model *m, int there);

/* How many calls are not rolled back. */
int model_alive(const model *m);

/* Opens a savepoint, goes back to one (which stays), gives up one and those inside. level: 0 for the outermost. */
void model_savepoint(model *m);
void model_rollback_to(model *m, int level);
void model_release(model *m, int level);

/* Compares with chat_writes, row by row; prints what differs and returns how many lines it printed. */
int model_compare(const model *m, const journal *j);

void model_free(model *m);

#endif
