/* One connection of a sweep: what it is asked, what it answered. */
#ifndef MEMORY_SWEEP_SESSION_H
#define MEMORY_SWEEP_SESSION_H

#include <sqlite3.h>
#include <stdbool.h>

#include "ledger/service.h"

/* Names that a scenario's SQL may use as parameters, and their values. */
typedef struct sweep_names {
    char service[64], channel[64], message[64], unique_name[200], identity[200];
    char new_name[32]; /* another one in each run */
    char mine[64];     /* the SID of what `before` made last */
} sweep_names;

typedef struct sweep_session {
    service *service;
    sqlite3 *db;
    char folder[64], file[96]; /* of the database; "" and ":memory:" */
} sweep_session;

/* What SQL gave: its rows as text, and its error. */
typedef struct sweep_outcome {
    char *text; /* owned; rows, then "error CODE: MESSAGE" if there was one */
    size_t length;
    int rc;
    char message[400];
} sweep_outcome;

/* Opens a database, without the extension. Ends the program on failure. */
void sweep_session_open(sweep_session *session, service *s, bool file);

/* Loads the extension. SQLite's result code, with the reason in message. */
int sweep_session_load(sweep_session *session, char *message, size_t size);

/* Closes it, rolling back what is open, and removes its file. False if SQLite refuses. */
bool sweep_session_close(sweep_session *session);

/* Runs SQL until its end or an error. */
void sweep_session_exec(sweep_session *session, const sweep_names *names, const char *sql, sweep_outcome *outcome);

/* Runs SQL that must succeed; complains and returns false if it does not. */
bool sweep_session_must(sweep_session *session, const sweep_names *names, const char *sql);

/* Finds values for the names. */
bool sweep_session_find_names(sweep_session *session, sweep_names *names);

void sweep_outcome_clear(sweep_outcome *outcome);

#endif
