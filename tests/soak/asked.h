/*
** A query that was asked of a connection: what must come, what came, and whether that is right: all of the answer, or,
** where the server failed or somebody interrupted, a beginning of it and an error that says what happened.
*/
#ifndef SOAK_ASKED_H
#define SOAK_ASKED_H

#include "weather.h"

typedef struct asked {
    connection *connection;
    query query;
    uint64_t number;            /* of the query */
    answer expected, unlimited; /* the second only where the comparison needs it */
    answer_reader reader;
    answer actual;
    bool tuned; /* the query's own settings and planner variations are in force */
} asked;

/* Why the answer may not be whole. */
typedef struct excuse {
    const weather *weather; /* NULL: good */
    bool interrupted;
} excuse;

/* Makes a random query, of so many rows if there is one, and works out its answer. False if none is cheap enough. */
bool asked_make(soak *s, asked *a, connection *c, size_t least_rows);

/* The same with the query of that number, which asked_make has chosen before. */
bool asked_make_numbered(soak *s, asked *a, connection *c, uint64_t number);

/* The same with a query of the caller, and how the mirror spells it (both of sqlite3_mprintf; taken over). */
bool asked_make_own(soak *s, asked *a, connection *c, char *sql, char *mirror_sql);

/* Prepares it. tuned: under its own settings and planner variations; only one query of a connection at a time. */
void asked_begin(asked *a, bool tuned);

/* Takes up to so many rows (0: all). False when there are no more. */
bool asked_step(asked *a, size_t rows);

/* Judges what has come, as asked_judge does, and resets the statement: it can be stepped again. */
void asked_restart(soak *s, asked *a, excuse why);

/* Ends it, wherever it is. */
void asked_end(asked *a);

/* Complains if the answer is not right, counts, and frees everything. True if all of the answer came. */
bool asked_judge(soak *s, asked *a, excuse why);

/* Begins, takes all rows, ends and judges. */
bool asked_run(soak *s, asked *a, excuse why);

#endif
