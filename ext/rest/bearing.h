/*
** How much a server bears, as its answers show: how many requests at once, and whether it answers at all. One for each
** server, so that what one of them refuses does not hold up another. Pure: the clock comes in as an argument.
**
** The number of requests at once is halved when the server answers 429, and grows by one for each round of successes, up to
** the widest (additive increase, multiplicative decrease, as TCP does).
*/
#ifndef CHAT_BEARING_H
#define CHAT_BEARING_H

#include <stdbool.h>
#include <stdint.h>

#include "rest/circuit.h"

typedef struct bearing {
    int unfinished;          /* requests waiting, and ... */
    int running;             /* ... under way */
    bool full;               /* in a pass over those that wait: it gets nothing more */
    int width;               /* that may run at once, for now */
    int successes;           /* since width last changed */
    int content_width;       /* the server was last content with so many */
    int64_t narrowed_number; /* the number of the latest attempt when it was last halved */
    circuit outage;
} bearing;

/* Begins anew, with so many at once. Requests, and an outage that they wait for, stay. */
void bearing_widen(bearing *state, int widest);

/* May one more request be sent now? */
bool bearing_allows(const bearing *state, int64_t now_ms);

/*
** An attempt has ended. limited: with 429. number: of the attempt; begun: of the latest one (counted from 1 as they
** begin); widest: the most that may run at once.
*/
void bearing_adapt(bearing *state, bool limited, int64_t number, int64_t begun, int widest);

#endif
