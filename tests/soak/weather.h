/*
** The faults of the server for one step: none in good weather, many in a storm. How bad it is changes every few dozen
** steps.
*/
#ifndef SOAK_WEATHER_H
#define SOAK_WEATHER_H

#include "soak.h"

typedef struct weather {
    int failures;    /* of requests, all rules together: no request can fail more often */
    bool lasting;    /* one of them never ends */
    bool fatal;      /* one of them is not worth another attempt */
    bool slow;       /* one of them needs a short deadline, which a true answer may miss too */
    int latency;     /* ms */
    int max_retries; /* of the connection */
    char text[1000]; /* the rules */
} weather;

/* Chooses faults by the step's random numbers and sets them up. */
weather weather_begin(soak *s);

/* Gives a connection the retries, and where it is needed the deadline, that were chosen. */
void weather_apply(const weather *w, connection *c);

/* The server answers well again. */
void weather_end(soak *s);

/* Whether every statement must succeed all the same: no request fails more often than it may. */
bool weather_is_harmless(const weather *w);

#endif
