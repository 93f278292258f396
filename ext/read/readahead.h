/*
** Join readahead. When an inner scan asks for the list under the parent that an outer scan of the same statement stands
** on, the lists under the outer scan's next rows are asked for as well: 1, 4, 16 ... up to the number of requests that may
** run at once, as long as every one is used, and back to 1 when one is not. Where nothing says that an outer row may be left
** out, or that the statement may end early, as many as may run at once from the first one on.
**
** Guesses that prove wrong cost the server. Those under way and those gone wrong may together never exceed a quarter of
** the requests that were of use, plus 64: more than fill max_concurrency from the first row on.
**
** Lists that are asked for ahead because rows to come are known to look something up in them (scan_sought.h) may be taken
** in any order, so that none of them has gone by; of these there may be under way, beside the 64, four times as many pages
** as have been of use.
**
** So may those of which nothing but siblings tells (scan_siblings.h); they are guesses as the others, and who guesses says how many
** there are to be, and which have gone by.
*/
#ifndef CHAT_READAHEAD_H
#define CHAT_READAHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "read/chain.h"
#include "read/look.h"

enum { READAHEAD_MAX = 256, READAHEAD_FREE_WASTE = 64, READAHEAD_TRUST = 4 };

/* Kept over all scans of the inner tables. All zeros at first. */
typedef struct readahead_lists {
    chain *current;                /* of the scan that has begun last: held until the next one */
    chain *guesses[READAHEAD_MAX]; /* for the outer rows that follow, in their order */
    size_t count;
    size_t stride;
    bool wide; /* every row of the outer scan leads to a list, as far as is known: set before the first scan */
    const catalog_resource *resource; /* that is listed; NULL before the first scan */
    unsigned version;
    request_purpose purpose;
    bool deep;      /* a scan has asked for its second row: further pages may be wanted */
    bool any_order; /* they are taken in any order */
    bool unsure;    /* ... and are no more than guesses: as many as `stride`, which is the caller's */
    int64_t wasted; /* pages guessed in vain */
    uint64_t again; /* so often a scan has begun with the current one once more */
    bool proven;    /* see readahead_is_proven */
    char *begun, *expected;
} readahead_lists;

/* How a list is begun. All zeros: as any other. */
typedef struct readahead_manner {
    bool alone;  /* behind its first page nothing is to be asked for */
    bool urgent; /* it leaves before others that wait: it is long */
} readahead_manner;

/*
** The path of the list under the outer row `ahead` rows on (0: the current one). sqlite3_malloc'ed; NULL: not known
** now. *manner: of that list; all zeros before.
*/
typedef char *readahead_path(void *outer, size_t ahead, readahead_manner *manner);

/*
** Asks for further pages of the lists asked for ahead, as far as is known where they are, without waiting. None as long as all
** scans have ended at their first rows.
*/
void readahead_pump(readahead_lists *state);

/*
** An inner scan begins with the list under the outer scan's current row. path gives the paths of that list and those
** to come; resource is what they list. Problems: SQLITE_NOMEM.
*/
void readahead_begin(readahead_lists *state, look *view, const catalog_resource *resource, unsigned version,
                     readahead_path *path, void *outer, error *problem);

/*
** Have scans begun with one list and then with the one that was to come next, as far as was known, or with one that had been
** asked for as that? Before, guesses would be no more than that. Takes over the paths of the list that a scan begins with and of
** the next one, either of which may be NULL.
*/
bool readahead_is_proven(readahead_lists *state, char *begun, char *next);

/* So many lists asked for ahead are never too few: twice what may run at once. */
size_t readahead_widest(const look *view);

/* Is that path the first of a list asked for, this one or one ahead? */
bool readahead_has(const readahead_lists *state, const char *path);

/* Gives up those whose paths say that they have gone by. */
typedef bool readahead_is_past(const void *context, const char *path);
void readahead_give_up(readahead_lists *state, readahead_is_past *is_past, const void *context);

/* A place among the rows of the lists asked for ahead. All zeros at first. */
typedef struct readahead_place {
    size_t list, link, row;
} readahead_place;

/* Goes on to the next row of theirs that has come; NULL: none has. Gives the list that it is in. */
const chain *readahead_look_ahead(const readahead_lists *state, readahead_place *place, page **content, size_t *row);

/*
** The statement's readahead of the lists that a key stands for: kept for the whole statement, because a correlated
** subquery opens a cursor of its own for every outer row. The key is made for it, and taken over, as in
** look_companion_of. NULL with SQLITE_NOMEM in problem.
*/
readahead_lists *readahead_of(look *view, char *key, error *problem);

#endif
