/*
** The first page of a list: is it to be small? Where only the first rows of each list are wanted (the latest of each, max(),
** EXISTS), a page of a thousand rows is a thousand times what is needed; where the whole list is, a small page in front of it is a
** request more. What SQLite says when it plans does not always tell the two apart: it keeps a subquery's LIMIT to itself before
** 3.50, and says nothing of max() and EXISTS. So what it says decides where it is plain enough, and for the rest what earlier
** scans of the statement have done with such lists.
**
**     the first scan     under rows of an outer table, in the list's order that SQLite has asked for, from the newest row on or
**                        for the order column alone: small; so it is where no column is wanted and the statement has the word
**                        EXISTS and not count; any other one (a join, count(*), a lone list): full
**     after that         small if all lists so far were left after the same few rows; one that was gone further in makes all
**                        full, until sixteen times as many have been left early again
**     otherwise          (now so many rows, now so many: SQLite checks a term itself) of the sizes FIRST_PAGE_SIZES the one that
**                        would have cost the least so far, where at most one list was longer read than that for four that were
**                        left within it, and at least half of the rows of a full one are not sent; the requests in vain
**                        cost at most half of those: a request is worth FIRST_PAGE_REQUEST rows
**
** What counts are lists: how far the scan went that went furthest in each. (If a statement comes to a list, to others, and to it
** again, that counts anew.) A list that was read to its end says nothing for a page that holds all of it, since a full one would
** have been as short. A guess that proves wrong costs the one small page more.
**
** Pure. All zeros: no scan has ended.
*/
#ifndef CHAT_FIRST_PAGE_H
#define CHAT_FIRST_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/plan.h"

enum { FIRST_PAGE_MOST = 20, FIRST_PAGE_AGAIN = 16 };
enum { FIRST_PAGE_SIZES = 3, FIRST_PAGE_GOOD = 4, FIRST_PAGE_REQUEST = 100 }; /* sizes: of 10, 40 and 160 rows */

/* What SQLite has said of the rows that it wants of a list. */
typedef struct first_page_said {
    bool checked;    /* of some only: there is a term that the server does not see to */
    bool filtered;   /* ... with values that are known when it begins */
    bool limited;    /* so many, by a LIMIT: the page size follows from it */
    bool ordered;    /* in the list's order */
    bool descending; /* ... from the newest on */
    bool only_order; /* no column of theirs but the order's and those that the server's terms are of ... */
    bool bare;       /* ... not even the order's */
    bool exists;     /* the statement asks whether rows EXIST, and counts none: set when a scan begins */
} first_page_said;

/* The same from a plan. used: SQLite's bits of the columns that the statement uses. */
first_page_said first_page_hear(const plan_question *question, const plan *made, uint64_t used);

/* How far a list has been read. */
typedef struct first_page_end {
    int64_t rows; /* so many */
    bool to_end;  /* and there was no further one */
    int64_t held; /* rows of its first page, if that was a full one; else 0 */
} first_page_end;

/* How the scans of such lists have ended. The first four: as to lists that were all left after the same few rows. */
typedef struct first_page_past {
    int64_t early;   /* left before their end, since one went further, ... */
    int64_t rows;    /* ... after so many rows, ... */
    int64_t varied;  /* ... or some after fewer, at any time */
    int64_t further; /* have gone further than that */
    int64_t left[FIRST_PAGE_SIZES +
                 2]; /* left before their end, by the size that would have been enough; then by a full page, ... */
    int64_t ended[FIRST_PAGE_SIZES + 2]; /* ... read to their end; the last: more than a full page */
    int64_t full, held;                  /* rows that a full page has room for, and has held at the most */
    int64_t checked;                     /* SQLite checks terms of some of these scans */
    uint64_t list;                       /* the one that has been scanned last: 0, none; not counted yet, ... */
    first_page_end latest;               /* ... since another scan may go further */
} first_page_past;

/* A scan begins with that list (not 0), full pages of which have room for so many rows. */
void first_page_begin(first_page_past *past, const first_page_said *said, uint64_t list, int64_t full);

/* How many rows are likely to be wanted of it; 0: all, a full page. inner: it is under one of several outer rows. */
int64_t first_page_rows(const first_page_past *past, const first_page_said *said, bool inner);

/*
** For how many lists to come that may be relied on: where it is only likely, for four for each one that it has been right for.
*/
int64_t first_page_lists(const first_page_past *past);

/* A scan of that list has ended. */
void first_page_note(first_page_past *past, uint64_t list, first_page_end end);

/*
** May the first row be all that is wanted, so that the next page waits until the second one is? Or are such lists mostly left
** within their first page, so that it waits until half of that has been wanted? So many rows; 0: the next page is asked for at
** once.
*/
int64_t first_page_patience(const first_page_past *past, const first_page_said *said);

#endif
