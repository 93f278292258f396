/*
** The state of a run, and what its steps share.
**
** Steps are numbered from 1. SOAK_ERA of them make an era: it begins with data of its own on the server, and all that
** is random in it comes from the seed and the step's number, so an era can be run again alone.
*/
#ifndef SOAK_SOAK_H
#define SOAK_SOAK_H

#include "interrupter.h"
#include "measure.h"
#include "mirror.h"
#include "options.h"

#include "ledger/transaction.h"

enum { SOAK_ERA = 50, SOAK_CONNECTIONS = 4 };

/* Why an answer may be an error. */
typedef enum {
    ERROR_INTERRUPTED,
    ERROR_TIMEOUT,
    ERROR_CONNECTION,
    ERROR_429,
    ERROR_5XX,
    ERROR_REFUSED, /* another status, a redirect */
    ERROR_BODY,    /* that is no page */
    ERROR_KINDS
} error_kind;

typedef struct soak_totals {
    sqlite3_int64 statements, answers, partial, errors[ERROR_KINDS], requests, skipped, faults;
    double longest_end; /* seconds from an interrupt to the statement's end */
    transaction_totals writes;
} soak_totals;

typedef struct connection {
    sqlite3 *db;            /* NULL: closed */
    sqlite3_int64 requests; /* seen in its chat_requests so far */
    bool dressed;           /* has the mirror's local tables and views */
} connection;

typedef struct soak {
    options options;
    service service;
    connection connections[SOAK_CONNECTIONS]; /* the first lasts as long as the run */
    mirror mirror;
    world world;
    bool fresh;    /* the mirror is what the server holds */
    bool counting; /* statements */
    interrupter interrupter;
    random_state random; /* of the step */
    uint64_t step;
    soak_totals totals;
    measures measures;
    int wrong;
} soak;

/* Complains: with the step, and how to run it again. */
void soak_complain(soak *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether this step is to be shown. */
bool soak_shows(const soak *s);

/* An open connection. */
connection *soak_connection(soak *s);

/* Opens a connection in a place; closes it. */
void soak_open(soak *s, connection *c);
void soak_close(soak *s, connection *c);

/* Counts the requests that it has made since the last time. */
void soak_count(soak *s, connection *c);

/* Puts back the settings that steps change. */
void soak_defaults(soak *s, connection *c);

/* Runs SQL that must succeed, whatever the server does: text of sqlite3_mprintf, freed here. */
void soak_exec(soak *s, sqlite3 *db, char *sql);

/* A number from a statement without arguments; -1 for an error, which is complained about. */
sqlite3_int64 soak_number(soak *s, sqlite3 *db, const char *sql);

/* The next step, with the beginning or the end of an era where there is one. */
void soak_step(soak *s);

/* Ends the era that has begun, if any: nothing but the lasting connection is left, and is measured. */
void soak_end_era(soak *s);

#endif
