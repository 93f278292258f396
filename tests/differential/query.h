/*
** Whole queries: which shape (plain, join, aggregate, window, compound, ...), what is selected, in which order, how
** many rows; and what may be demanded of two answers to the same query.
*/
#ifndef DIFFERENTIAL_QUERY_H
#define DIFFERENTIAL_QUERY_H

#include "generator.h"

enum { QUERY_MAX_KEYS = 8, QUERY_PAIR_EVERY = 3 };

/* Both of SQLite's optimizations with Bloom filters, in a mask for SQLITE_TESTCTRL_OPTIMIZATIONS. */
#define QUERY_BLOOM_FILTERS 0x180000u

typedef struct query {
    char *sql; /* owned by sqlite3_malloc */
    value *parameters;
    int parameter_count;
    size_t unlimited;            /* length of sql without LIMIT and OFFSET; 0 if it has neither */
    bool total;                  /* ORDER BY decides the place of every row (but of equal ones) */
    int keys[QUERY_MAX_KEYS];    /* result columns that ORDER BY sorts by, in order; see folded */
    bool folded[QUERY_MAX_KEYS]; /* ... without regard to case */
    int key_count;
    const char *shape;      /* a word for reports; static */
    bool automatic_index;   /* planner variations under which the extension's side runs */
    unsigned optimizations; /* mask for SQLITE_TESTCTRL_OPTIMIZATIONS: set bits are switched off */
    char *settings;         /* UPDATEs of chat_settings under which it runs, or NULL; owned by sqlite3_malloc */
    bool asks_freely;       /* ... among them what keeps look-ups from being told from a list (bound.h) */
    bool forgets;           /* ... among them less memory, so that what is no list may be requested again */
    bool scarce;            /* memory_limit_mb is 1, so that of much that has been read some may be requested again */
    unsigned beside;        /* mask of BESIDE_...: what is open while it runs */
    enum {
        MOVES_NOT,
        MOVES_FRESH,
        MOVES_AGAIN,
        MOVES_CUT
    } moves;      /* asked once more after the server has changed: by another
                               statement, by the same after a reset, by the same after a reset in the middle */
    bool lookups; /* it looks into a chat table for each row */
    bool own;     /* it reads chat_requests */
    bool queued;  /* it runs in a transaction which has calls to be sent */
} query;

/* Makes the query that the arguments name: the same ones always give the same query. */
void query_generate(query *q, const sample *s, uint64_t seed, const char *label, uint64_t number);

/* Frees what it owns. */
void query_clear(query *q);

#endif
