/*
** What the rows of an outer scan lead to: an inner scan that reads the list under the row which another one of the statement
** stands on will be followed by those under the next rows, and they are asked for as well (readahead.h).
*/
#ifndef CHAT_SCAN_LEAD_H
#define CHAT_SCAN_LEAD_H

#include <stdbool.h>

#include "read/route.h"
#include "read/scan_inside.h"

/* The scan that stands on the row under which the list is; NULL: there is none, or one that has looked the row up alone. */
scan *scan_lead_outer(const scan *target, const route_lead *lead);

/* Is it under one of several rows, as far as they have come? */
bool scan_lead_goes_on(const scan *outer);

/*
** How many pages the list has that a walk goes over, by the count in the row which it is under, if another scan stands on
** that or has come by it; 0: that is not known.
*/
int64_t scan_lead_pages(const scan *target, const walk_plan *list);

/* The same of a list of that kind under the row which a list of the outer scan is under, as far as it has found that there. */
int64_t scan_lead_pages_above(const scan *outer, const feed *source, const walk_plan *list);

/* Lists, for scan_lead_count_all, which calls `waits` before it waits. */
typedef struct scan_lead_list {
    const scan *target;
    const walk_plan *way;
    void (*waits)(const scan *target, const walk_plan *way, error *problem);
} scan_lead_list;

/*
** How many pages all lists have that the walk goes over, and how many lists they are, if they are under the rows of one list of
** one page, whose counts tell; 0: they do not. Asks for that page, which any way to them begins with, and waits. context: a
** scan_lead_list.
*/
int64_t scan_lead_count_all(const void *context, int64_t *lists, error *problem);

/* What is wanted of the first pages. */
typedef struct scan_lead_first {
    const char *current, *next; /* queries for small ones, of this list and of the next ones; NULL: the lists' own */
    int64_t small;              /* for so many of the next ones */
    bool few;                   /* no page behind the first, as with a LIMIT */
} scan_lead_first;

/*
** Will each of its rows be wanted, as far as is known? SQLite passes over none, and nothing says that the first row may be all; of
** the statement's first loop also where there are queries inside.
*/
bool scan_lead_wants_rows(const scan *outer);

/* Will each lead to a list that is read whole, as far as is known? What has been found of the first one stays so. */
bool scan_lead_takes_all(const scan *outer, const readahead_lists *ahead);

/* Asks for the list that this scan begins with, and for those under the outer scan's next rows. */
void scan_lead_read_ahead(scan *target, scan *outer, const route_lead *lead, scan_lead_first first, error *problem);

#endif
