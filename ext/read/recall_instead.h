/*
** Reading a list in place of what is looked up in it, row by row or by a filter's value: when the ledger (ledger.h) says
** so, the list is read on and whole, and from then on look-ups are told from it (recall.h).
**
** What is looked up in several lists (a name, in all services) uses up with a few values what is free of that. Once half is gone,
** as many pages are read beside, the lists side by side, as look-ups have cost: at most that much is in vain, since nothing says
** how far a loop over an ordinary table will go.
*/
#ifndef CHAT_RECALL_INSTEAD_H
#define CHAT_RECALL_INSTEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "read/recall.h"

/* What is known of look-ups to come in a list. */
typedef struct recall_outlook {
    int64_t values; /* how many will be looked up, this one among them */
    bool sure;      /* nothing says that it may end before */
    bool led;       /* this one is that of an outer scan's row, */
    bool elsewhere; /* ... another row is known to lead to other lists of the kind, */
    bool returns;   /* ... and the scan itself is begun again and again */
    bool begun;     /* the list has been asked for ahead, or is read anyway */
} recall_outlook;

typedef struct recall_foresight {
    recall_outlook (*look)(void *context, error *problem);
    void (*reads)(void *context, error *problem); /* the list is going to be read: others may be asked for beside */
    void *context;
} recall_foresight;

/* What is looked up, and how many pages the list has, as far as a count tells. */
typedef struct recall_count {
    uint64_t what; /* stands for what is looked up; 0: its way does */
    int64_t pages; /* 0: that is not known */
    int64_t (*ask_all)(
        const void *context, int64_t *lists,
        error *problem); /* of all lists that what is looked up may be in, and how many they are; or NULL. Waits */
    const void *context;
    const recall_foresight *foresight; /* or NULL */
} recall_count;

/*
** The list in which something is looked up: way is the look-up's plan, wide that of the whole list. NULL: there is no room
** for it, or a problem. Reads on in it, and waits, if that is its turn. *whole: it is read, and the look-up is not to be
** made. Else recall_instead_made is to be called when it is over, with what it has cost.
*/
recall *recall_instead_find(look *view, const walk_plan *way, const walk_plan *wide, const recall_count *count,
                            int64_t *expected, bool *whole, error *problem);

/* The same list once more, which has been read whole; cost: recall_instead_cost of such a look-up. */
void recall_instead_told(recall *list, uint64_t what, int64_t cost);

/* What a look-up will cost, as far as can be seen: what must be listed on the way counts as one request. */
int64_t recall_instead_cost(const walk_plan *way);

void recall_instead_made(recall *list, int64_t expected, int64_t asked);

/* What the list's walk goes over; the list's. */
const walk_plan *recall_instead_way(const recall *list);

/*
** The look-up waits, and more is known of those that will follow it: is the list going to be read in their place? Then that begins
** beside it. cost: as *expected.
*/
bool recall_instead_foresee(recall *list, const walk_plan *way, int64_t cost, recall_outlook seen,
                            const error *problem);

/*
** Begins to read lists beside, as far as that may go: which whoever comes to them is likely to want whole (pages: INT64_MAX), or of
** which that is not known yet, so that so many pages are all for now. Called again with more, it goes on.
*/
void recall_instead_begin(look *view, const walk_plan *wide, int64_t pages, error *problem);

/* How many pages have been asked for of the lists of that plan, in place of look-ups. */
int64_t recall_instead_pages(look *view, const walk_plan *wide, error *problem);

/* Goes on without waiting in lists that are to be read beside the look-ups in them. */
void recall_instead_pump(look *view);

#endif
