/*
** One run of queries over two databases: the subject (the extension, or a stand-in for it) and the reference
** (ordinary tables with the same names and rows).
*/
#ifndef DIFFERENTIAL_SESSION_H
#define DIFFERENTIAL_SESSION_H

#include "http.h"
#include "query.h"

typedef struct session {
    sqlite3 *subject;
    sqlite3 *reference;
    sample sample;     /* of the chat tables and the local ones */
    const char *label; /* names the configuration: part of every query's seed */
    const char *rerun; /* options that make the same configuration again, for reports */
    uint64_t seed;
    bool extension;             /* the subject has the extension's own tables */
    bool quiet;                 /* differences are expected: count them only */
    sqlite3_int64 last_request; /* id of the newest row of chat_requests that was looked at */
    http_client *client;        /* to the emulator, for changing names between two runs of a query; NULL: not done */
    sqlite3_int64 asked;        /* requests of the last query's first run */
    unsigned without;           /* mask of WITHOUT_..., see options.h */
    sqlite3 *plans;             /* notes of the query plans seen; borrowed, or NULL */
    sqlite3 *lists;             /* what may be asked of them (bound.h), or NULL */
} session;

typedef struct session_result {
    int compared;
    int different;
    int skipped;  /* too much work for the reference: not compared */
    int refused;  /* both sides gave an error */
    int unsaid;   /* a number was compared with a text, in a way that SQLite does not say */
    int repeated; /* queries that requested a page twice */
    int bounded;  /* queries whose requests were counted, list by list ... */
    int exceeded; /* ... and were too many on one */
    int beside;   /* queries with other cursors open */
    int moved;    /* queries asked again after the server had changed */
    int own;      /* queries over the extension's own tables */
    int queued;   /* queries in a transaction with calls to be sent */
    sqlite3_int64 requests;
    double seconds;
} session_result;

/* Samples `from` (the whole data set, of which the reference may hold a part) and gives both databases the same local
** tables and views. The caller closes the databases. False, with the reason printed, on an error. */
bool session_open(session *s, sqlite3 *from, unsigned version);

/* Compares `count` queries, numbered from 1, skipping what is too expensive. At most `patience` differences are looked
** for (0: any number). */
session_result session_run(session *s, int count, int patience);

/* Runs one query and prints everything about it. True if both answers agree. */
bool session_show(session *s, uint64_t number);

/* Frees the sample. */
void session_close(session *s);

#endif
