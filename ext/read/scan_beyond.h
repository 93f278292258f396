/*
** What lies beyond the service that a scan reads: lists right under it, or under its channels, of a service that the row gives
** which another scan stands on (a join, a correlated subquery). Once rows to come of that scan are in another service, the same
** lists there are going to be read as well. They are begun beside, as far as what is asked for beside may go (beside.h), and the
** scan that comes to them finds what has come (recall.h). Where that scan goes on to another service, and no row of it has come
** yet, there may be none: no more of their pages are than one further than of the lists here.
*/
#ifndef CHAT_SCAN_BEYOND_H
#define CHAT_SCAN_BEYOND_H

#include <stdbool.h>

#include "read/scan_inside.h"
#include "read/walk_plan.h"

/* way: the plan of lists that are going to be read whole. Does not wait. */
void scan_beyond_begin(const scan *target, const walk_plan *way, error *problem);

/* The same for a scan that waits, if it is of such lists: rows may have come by then. */
void scan_beyond_again(const scan *target, error *problem);

/*
** Something is looked up in all lists of that plan. Will the same lists of another service be looked into, too, since a row to come
** of the outer scan is there? Then begins to read what they are under. Does not wait.
*/
bool scan_beyond_look(const scan *target, const walk_plan *way, error *problem);

#endif
