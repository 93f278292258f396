/*
** What to do while a server fails whatever it is asked: wait for one answer instead of asking for everything again.
** Pure: the clock comes in as an argument.
**
**     closed    the usual: as many requests at once as may run
**     open      a request has failed, is to be repeated, and none has succeeded since: one request at a time, the probe,
**               and not before its wait is over
**
** So an outage costs the requests that were under way one attempt each, and not all their attempts; the oldest request,
** which is the probe, decides by its own attempts whether the statement fails. Requests that were under way when the
** circuit opened say nothing new when they fail.
*/
#ifndef CHAT_CIRCUIT_H
#define CHAT_CIRCUIT_H

#include <stdbool.h>
#include <stdint.h>

/* All zeros: closed. */
typedef struct circuit {
    bool open;
    int64_t probe_ms; /* monotonic clock: the next request may be sent then */
    int64_t number;   /* attempts begun when it last failed */
} circuit;

/* Does the failure of the attempt of that number (counted from 1 as they begin) say anything new? */
bool circuit_is_news(const circuit *state, int64_t number);

/* Something new has failed, and is to be repeated at probe_ms. begun: the number of the latest attempt. */
void circuit_fail(circuit *state, int64_t begun, int64_t probe_ms);

/* A request was answered: everything may go on. */
void circuit_succeed(circuit *state);

/* May a request be sent now, with so many running? */
bool circuit_allows(const circuit *state, int64_t now_ms, int running);

#endif
