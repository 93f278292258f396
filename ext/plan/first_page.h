/*
** The first page of a list: is it to be small? Where only the first row of each list is wanted (the latest of each, max(), EXISTS),
** a page of a thousand rows is a thousand times what is needed; where the whole list is, a small page in front of it is a request
** more. What SQLite says when it plans does not always tell the two apart: it keeps a subquery's LIMIT to itself before 3.50, and
** says nothing of max() and EXISTS. So what it says decides where it is plain enough, and for the rest what earlier scans of the
** statement have done with such lists.
**
**     the first scan     under rows of an outer table, in the list's order that SQLite has asked for, from the newest row on or
**                        for the order column alone: small; any other one (a join, count(*), a lone list): full
**     after that         small if all scans so far were left after the same few rows; one that went further makes all full,
**                        until sixteen times as many as have done so have been left early again
**
** Where SQLite checks a term itself, nobody knows which row is the first: full. A guess that proves wrong costs the one small
** page more.
**
** Pure. All zeros: no scan has ended.
*/
#ifndef CHAT_FIRST_PAGE_H
#define CHAT_FIRST_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/plan.h"

enum { FIRST_PAGE_MOST = 20, FIRST_PAGE_AGAIN = 16 };

/* What SQLite has said of the rows that it wants of a list. */
typedef struct first_page_said {
    bool checked;    /* of some only: there is a term that the server does not see to */
    bool limited;    /* so many, by a LIMIT: the page size follows from it */
    bool ordered;    /* in the list's order */
    bool descending; /* ... from the newest on */
    bool only_order; /* no column of theirs but the order's and those that the server's terms are of ... */
    bool bare;       /* ... not even the order's */
} first_page_said;

/* The same from a plan. used: SQLite's bits of the columns that the statement uses. */
first_page_said first_page_hear(const plan_question *question, const plan *made, uint64_t used);

/* How the scans of such lists have ended. */
typedef struct first_page_past {
    int64_t early;   /* left before their end, since one went further, ... */
    int64_t rows;    /* ... after so many rows, ... */
    bool varied;     /* ... or some after fewer */
    int64_t further; /* have gone further than that */
} first_page_past;

/* How many rows are likely to be wanted of the next list; 0: all, a full page. inner: it is under one of several outer rows. */
int64_t first_page_rows(const first_page_past *past, const first_page_said *said, bool inner);

/* A scan has ended, after so many rows; to_end: there was no further one. */
void first_page_note(first_page_past *past, int64_t rows, bool to_end);

/* May the first row be all that is wanted, so that the next page waits until the second one is? */
bool first_page_may_be_enough(const first_page_said *said);

#endif
