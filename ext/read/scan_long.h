/*
** Long lists first. Under the rows of an outer scan a join reads list after list, many side by side; but pages of one list
** come one after another, so that a long one, begun in its turn, is waited for at the end. Where counts tell that a list under
** a row to come has several pages, it is begun at once, before those in front of it.
**
** So it is beside the lists that an outer scan reads (messages of the channels whose members those are): the row that tells how
** long a list is leads to both, and has come before any of theirs.
*/
#ifndef CHAT_SCAN_LONG_H
#define CHAT_SCAN_LONG_H

#include "read/route.h"
#include "read/scan_inside.h"

/* A list of so many pages is long. */
enum { SCAN_LONG_PAGES = 4 };

/* The outer scan sees to them from now on. */
void scan_long_hand_over(scan *outer, readahead_lists *ahead);

/* Is a list under one of the outer scan's rows to come known to be long, and not asked for there? */
bool scan_long_is_any(const scan *target, const scan *outer, const route_lead *lead, const readahead_lists *ahead);

/*
** The scan begins with a whole list under the row that the outer scan stands on, and all lists under that scan's rows are going
** to be wanted: asks for long ones among those that follow. Problems: SQLITE_NOMEM.
*/
void scan_long_begin(const scan *target, scan *outer, const route_lead *lead, error *problem);

/*
** The same of a list, of that address, at the place of the row that the outer scan stands on: all of those at the places of its
** rows are going to be wanted. way: the plan of it. Problems: SQLITE_NOMEM.
*/
void scan_long_begin_beside(const scan *target, scan *outer, const walk_plan *way, const char *address, error *problem);

#endif
