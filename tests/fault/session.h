/* The SQLite side: a connection with the extension, one statement at a time, and what it leaves behind. */
#ifndef FAULT_SESSION_H
#define FAULT_SESSION_H

#include <sqlite3.h>

typedef struct outcome {
    int rc;        /* SQLITE_OK, or the statement's result code */
    char *rows;    /* columns apart by spaces, rows by commas; owned by the outcome */
    char *message; /* "" if there was no error */
} outcome;

/* A connection with the extension loaded, for that origin. Ends the program if it cannot be had. */
sqlite3 *session_open(const char *extension, const char *origin);

/* Sets a setting to a number. */
void session_set(sqlite3 *db, const char *name, int value);

/* Switches something off for tests (chat_settings, "without"). */
void session_without(sqlite3 *db, const char *what);

outcome session_run(sqlite3 *db, const char *sql);
void outcome_clear(outcome *target);

/* One number that a query gives. */
int session_number(sqlite3 *db, const char *sql);

#endif
