/* What these tests share: the program that loads the extension, and a small service for it to talk to. */
#ifndef TRUST_HOST_H
#define TRUST_HOST_H

#include <sqlite3.h>

#include "trust/recorder.h"

#define HOST_SERVICE "IS00000000000000000000000000000001"
#define HOST_CHANNEL "CH00000000000000000000000000000001"

/* Unsets everything in the environment that the extension, libcurl or OpenSSL look at. */
void host_clear_environment(void);

/* Points the extension, loaded from now on, at a recorder, and sets an API key. NULL: no credentials. */
void host_use(const recorder *server, const char *user, const char *password);

/* Opens a database (":memory:" or a file) and loads the extension, $EXTENSION or build/chat. Ends the program if it fails. */
sqlite3 *host_open(const char *file);

/*
** Runs SQL, statement by statement, whatever fails, and adds rows and messages to told, if it is not NULL. Values of ?
** come from value (NULL: none). Returns the last result code.
*/
int host_run(sqlite3 *db, const char *sql, const char *value, text *told);

/* The same where value has a length of its own, and may hold NUL. */
int host_run_bytes(sqlite3 *db, const char *sql, const char *value, int length, text *told);

/* Adds an answer with that status, further header lines ("Name: value\r\n..." or "") and a JSON body. */
void host_answer(text *answer, const char *status, const char *headers, const char *body);

/*
** A recorder_answer: a service where every list holds one row, every SID is there and every write succeeds. context
** NULL, or a further member for the rows of channels, such as "\"unique_name\":\"x\",".
*/
void host_serve(void *context, const char *request, text *answer);

#endif
