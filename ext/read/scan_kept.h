/*
** The way that a loop took to a list, kept. An inner loop of a join, or a subquery, is begun once for each outer row: as long as
** the values by which its list was found are the same, and the list has been read whole, the next scan is told from it at once,
** without finding the way to it again.
**
** A list that was read in place of a look-up (recall_instead.h) is found by the parents' values alone, and all that may meet the
** look-up stands in it; any other by all of them. The rows are checked, as ever (scan_omitted.h).
*/
#ifndef CHAT_SCAN_KEPT_H
#define CHAT_SCAN_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "read/scan_inside.h"
#include "read/walk_plan.h"

/*
** Stands for what a plan with these values looks up in a list, whichever loop does: two of one number only cost requests. 0: an IN
** list is among them.
*/
uint64_t scan_kept_number(const scan *target, unsigned number, sqlite3_value **values);

/*
** Begins to tell the scan's rows from the list that its loop has been led to before by such values. False: it has to find its way;
** or a problem (SQLITE_NOMEM). number, values: the plan and xFilter's arguments for its slots.
*/
bool scan_kept_begin(scan *target, unsigned number, sqlite3_value **values, error *problem);

/*
** The scan is told from a list: keeps that for those to come, if it is whole. way: the scan's, as it was made; wide: that of the
** whole list in which it looks something up (route_wide.h), or all zeros.
*/
void scan_kept_note(const scan *target, const walk_plan *way, const walk_plan *wide, unsigned number,
                    sqlite3_value **values);

#endif
