/*
** What lies beyond the service that a scan reads: lists under its channels, of a service that the row gives which another
** scan stands on (a join, a correlated subquery). Once rows to come of that scan are in another service, the same lists there
** are going to be read as well. They are begun beside, as far as what is asked for beside may go (beside.h), and the scan that
** comes to them finds what has come (recall.h).
*/
#ifndef CHAT_SCAN_BEYOND_H
#define CHAT_SCAN_BEYOND_H

#include "read/scan_inside.h"
#include "read/walk_plan.h"

/* way: the plan of lists that are going to be read whole. Does not wait. */
void scan_beyond_begin(const scan *target, const walk_plan *way, error *problem);

/* The same for a scan that waits, if it is of such lists: rows may have come by then. */
void scan_beyond_again(const scan *target, error *problem);

#endif
