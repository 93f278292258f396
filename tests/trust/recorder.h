/*
** A server on a free port of 127.0.0.1 that keeps every byte it is sent and answers what it is told to, right or wrong: a
** thread of the test program. It speaks just enough HTTP/1.1 to know where a request ends.
*/
#ifndef TRUST_RECORDER_H
#define TRUST_RECORDER_H

#include "trust/text.h"

typedef struct recorder recorder;

/*
** Adds the answer, headers and all, to one whole request (method, path and so on as they came, NUL-terminated). Called in
** the recorder's thread.
*/
typedef void recorder_answer(void *context, const char *request, text *answer);

/* Starts one; ends the program if it cannot. answer NULL: connections are closed without an answer. */
recorder *recorder_start(recorder_answer *answer, void *context);

/* Changes what it answers from the next request on. */
void recorder_set(recorder *target, recorder_answer *answer, void *context);

int recorder_port(const recorder *source);

/* Connections taken and whole requests read since the start, or since recorder_forget. */
int recorder_connections(recorder *source);
int recorder_requests(recorder *source);

/* Copies the i-th whole request. target: emptied before. */
void recorder_request(recorder *source, int i, text *target);

/* Copies every byte received, whole requests or not. */
void recorder_bytes(recorder *source, text *target);

/* Forgets what has been received. */
void recorder_forget(recorder *target);

void recorder_stop(recorder *target);

#endif
