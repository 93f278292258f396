/* A random transaction: statements, savepoints, its end; and whether what came of it is right. */
#ifndef LEDGER_TRANSACTION_H
#define LEDGER_TRANSACTION_H

#include "model.h"
#include "service.h"
#include "world.h"

enum { TRANSACTION_GONE_MAX = 64 };

typedef struct transaction {
    sqlite3 *db;
    const world *world;
    random_state random;
    uint64_t number;
    model model;
    sqlite3_str *log;     /* the SQL so far, with what came of it */
    int tags;             /* made so far */
    bool autocommit;      /* one statement, a transaction of its own */
    bool conversations;   /* what api_version is for this one */
    bool by_savepoint;    /* opened by SAVEPOINT, ended by RELEASE */
    bool over;            /* OR ROLLBACK has ended it */
    int statement_errors; /* statements that have failed on purpose */
    int wrong;            /* lines printed about what is not right */
    int rc;               /* of the last statement, as its host understands it */
    char message[2000];   /* ... and its text */
    unsigned without;     /* see service.h */
    bool returning;       /* the last statement had a RETURNING clause */
    int made;             /* virtual tables made inside it: made_1, made_2 ... */
    bool kept;            /* there is a virtual table of messages, "kept", made before it */
    sqlite3_int64 left; /* calls that chat_writes shows of a transaction before it whose sending has failed; 0: none */
    int kept_from;      /* number of calls before the first that "kept" has queued; -1: it has queued none */
    struct {
        const world_row *row;
        int call;                 /* its place in the model */
    } gone[TRANSACTION_GONE_MAX]; /* what it deletes */
    int gone_count;
} transaction;

/* What became of the transactions so far. */
typedef struct transaction_totals {
    int committed, refused, rolled_back, sent, failed, unknown, dropped;
} transaction_totals;

/* Called between the statements of a transaction that is not over yet. */
typedef struct transaction_guest {
    void (*visit)(void *context, sqlite3 *db);
    void *context;
} transaction_guest;

/*
** Runs transaction `number` of a seed on the connection and compares: chat_writes with the model, the ledger with
** chat_writes, a local table, the error's text. The world follows. show: print its SQL in any case. False, with the SQL
** and what is wrong printed, if it is not right. guest: may be NULL.
*/
bool transaction_run(service *s, world *w, sqlite3 *db, uint64_t seed, uint64_t number, bool show,
                     const transaction_guest *guest, transaction_totals *totals);

/* Runs a statement, noting it and what came of it. Takes over the text. Returns the code. */
int transaction_exec(transaction *t, char *sql);

/* The same with an INSERT that gets a RETURNING clause now and then, and is then run as hosts of some kind do: rows that came
** out, and a reset whose result nobody looks at, are success to them. */
int transaction_insert(transaction *t, char *sql);

/* Whether the last statement has failed with a message that holds the word, in any case of letters. */
bool transaction_refused_for(const transaction *t, const char *word);

/* The first column of the first row, or -1. */
sqlite3_int64 transaction_number(sqlite3 *db, const char *sql, sqlite3_int64 argument);

/* Tells that something is wrong, with the last message. */
void transaction_complain(transaction *t, const char *what);

/* A new text that no other statement of this run has: "t17x3". */
const char *transaction_tag(transaction *t, char *tag, size_t size);

#endif
