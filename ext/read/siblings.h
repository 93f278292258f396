/*
** Siblings: which lists a loop over one's own table of parents (members of the channels of a list of SIDs) will ask for next, as
** far as the parents' own list lets it be guessed. Whoever goes along such a list, in its order or in that of SIDs, forwards or
** backwards, passes by those that he does not ask for; where three of five of the latest ones gone by were asked for, those that
** come next are likely to be. In any other order nothing is passed by, and only how many have been asked for tells: from a
** quarter of all on, as many of the others are likely to be.
**
** There are never more guesses under way than lists have been asked for, and a few where none has been gone by, so that a loop
** which ends just then has asked for twice as many, and those few; and no further ones once 8 more have proved wrong than right.
** For thirty of a thousand that are spread over them, there is none. Pure.
*/
#ifndef CHAT_SIBLINGS_H
#define CHAT_SIBLINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/map.h"
#include "base/sid.h"

enum {
    SIBLINGS_MAX = 8192,  /* that are known; past them nothing is guessed */
    SIBLINGS_LATEST = 8,  /* parents asked for last, by which the order is told ... */
    SIBLINGS_ENOUGH = 3,  /* ... if so many of them are known */
    SIBLINGS_QUARTER = 4, /* in no order: that part of all, ... */
    SIBLINGS_LEFT = 64,   /* ... with so many others and a quarter: what all may be guessed of, see readahead.h */
    SIBLINGS_MORE = 4,    /* guesses beside as many as have been asked for, where the loop has gone by none */
    SIBLINGS_WRONG = 8,   /* guesses that may have proved wrong, beside as many as have proved right */
};

/* Of lists; of lists, each from its end on; of SIDs. */
typedef enum { SIBLINGS_BY_LIST, SIBLINGS_BY_LIST_BACK, SIBLINGS_BY_SID, SIBLINGS_ORDERS } siblings_order;

typedef struct sibling {
    char sid[SID_LENGTH + 1];
    size_t list, place; /* the number of the list that it is in, and its own there */
    size_t rank[SIBLINGS_ORDERS];
    bool asked, guessed;
} sibling;

/* All zeros: none. */
typedef struct siblings {
    sibling *each; /* as they came; owned */
    size_t count, allocated;
    map numbers;                     /* SID -> its number among `each`, and one */
    size_t *ranked[SIBLINGS_ORDERS]; /* numbers by rank; owned */
    bool sorted;
    map early;                                    /* SIDs that were asked for, and not known */
    char latest[SIBLINGS_LATEST][SID_LENGTH + 1]; /* a ring */
    size_t distinct;                              /* different ones asked for */
    size_t known;                                 /* ... of which so many are known */
    size_t right, wrong;                          /* guesses that have proved so */
    bool full;                                    /* too many, or no memory for one: nothing is guessed */
} siblings;

/* One more, in that list, in its order. One that is known already is passed over. */
void siblings_add(siblings *all, const char *sid, size_t list);

/* What is under that parent is asked for. False: it was before. *guessed: as siblings_next had told. */
bool siblings_ask(siblings *all, const char *sid, bool *guessed);

/* Which way the loop goes. most: so many guesses may be under way; 0: none. */
typedef struct siblings_course {
    siblings_order order;
    size_t from;             /* the rank of the one asked for last, ... */
    size_t left;             /* ... and so many are behind it */
    bool onwards, backwards; /* neither: in no order */
    bool dense;              /* three of five of those gone by were asked for, ... */
    bool whole;              /* ... or, as far as is known, each of them */
    size_t most;
} siblings_course;

/* whole: all siblings are known. widest: guesses under way. */
siblings_course siblings_find_course(siblings *all, bool whole, size_t widest);

/* The next one that is likely to be asked for and has not been told yet; NULL: there is none. */
const sibling *siblings_next(siblings *all, const siblings_course *course);

/* Has the loop gone by that one, which was told as likely? Then it is noted that this was wrong. */
bool siblings_pass_by(siblings *all, const siblings_course *course, const char *sid, size_t length);

void siblings_clear(siblings *all);

#endif
