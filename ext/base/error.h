/*
** A sticky error: the first one is kept, and a function given an error that is already set does nothing. So a sequence
** of steps reads as a sequence, with one check at its end.
**
**     error problem = {0};
**     step_one(..., &problem);
**     step_two(..., &problem);
**     return error_report(&problem, &table->zErrMsg);
*/
#ifndef CHAT_ERROR_H
#define CHAT_ERROR_H

#include <stdbool.h>

typedef struct error {
    int rc;        /* SQLITE_OK (0), or an SQLite result code */
    char *message; /* one line without a newline, from sqlite3_malloc, owned; NULL when rc is 0 or memory ran out */
} error;

/* Is it set? problem: not NULL. */
static inline bool error_is_set(const error *problem) {
    return problem->rc != 0;
}

/* Sets code and message unless an error is there already. format: as sqlite3_mprintf takes it. */
void error_set(error *problem, int rc, const char *format, ...);

/* Sets SQLITE_NOMEM unless an error is there already. */
void error_no_memory(error *problem);

/* Frees the message and makes it "no error" again. */
void error_clear(error *problem);

/*
** Ends a sequence: hands the message to *text (freeing what stood there; sqlite3_malloc'ed, SQLite's from then on),
** clears the error and returns its code. With no error: leaves *text alone and returns SQLITE_OK.
*/
int error_report(error *problem, char **text);

#endif
