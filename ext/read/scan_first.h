/*
** With what a scan of one list begins: with a full page, with a small one where the first row may be all that is wanted
** (first_page.h), or with what the statement has asked for already.
*/
#ifndef CHAT_SCAN_FIRST_H
#define CHAT_SCAN_FIRST_H

#include "plan/first_page.h"
#include "read/scan_inside.h"
#include "read/walk_plan.h"

/* All zeros at first; query is owned. */
typedef struct scan_first {
    char *query;      /* of a small first page, or NULL */
    bool now;         /* the scan begins with one */
    int64_t ahead;    /* so will so many that are likely to follow, under the outer scan's next rows */
    int64_t patience; /* rows that must have been wanted before a page is asked for ahead */
} scan_first;

/*
** A stretch of a list's order that is known to lie within the newest page, which is there: turns the walk's plan to that page.
** False: it does not, and nothing has been changed.
*/
bool scan_first_turn(const scan *target, walk_plan *way, error *problem);

/* Decides. inner: it is under one of several rows of an outer scan. Sets way->first_query, and target->filtered. */
void scan_first_begin(scan *target, walk_plan *way, const first_page_said *said, bool inner, scan_first *first,
                      error *problem);

/* A scan is over: keeps in mind how it has ended. */
void scan_first_end(const scan *target);

#endif
