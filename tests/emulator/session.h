/* What server.c and reply.c share about one request: the exchange, its connection, its fault. */
#ifndef EMULATOR_SESSION_H
#define EMULATOR_SESSION_H

#include "emulator.h"
#include "faults.h"
#include "timers.h"

#include <microhttpd.h>

typedef struct session {
    exchange exchange;
    struct MHD_Connection *connection;
    timers *timers;
    fault *fault;      /* the rule that took this request, or NULL */
    bool started;      /* the handler was called before */
    bool control;      /* a request of the control path */
    bool waited;       /* its delay is over */
    bool suspended;    /* its connection is suspended and it is in timers */
    int64_t begin;     /* microseconds */
    size_t sent, stop; /* of a body that is given out slowly: how far it is, where it is to stop */
    bool silent;       /* such a body has begun its last wait */
} session;

/* Queues the answer, as the fault wants it. Returns what the handler must return. */
enum MHD_Result reply_send(session *self);

/* Whether the fault breaks the connection without any answer now; then it has been done. */
bool reply_breaks(session *self);

/* Suspends the connection; the timer resumes it. */
void session_suspend(session *self, int64_t milliseconds);

#endif
