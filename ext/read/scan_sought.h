/*
** What a scan looks up is most likely the value that a column has in the row which another scan of the statement stands on
** (a join, a correlated subquery); then the column's values in that scan's next rows are going to be looked up as well.
** How many they are tells early whether the list is worth being read in their place, and which further lists are: those at
** the places of rows to come (members of the next channels of which messages are being read). These are asked for side by
** side.
*/
#ifndef CHAT_SCAN_SOUGHT_H
#define CHAT_SCAN_SOUGHT_H

#include <stdbool.h>

#include "read/scan_inside.h"
#include "read/scan_lead.h"
#include "read/walk_plan.h"

/*
** Is what the plan looks up told from the whole list, which has been read (scan_rows_instead)? Then no request is made for
** it. wide: the way to the list; number, values: the plan and xFilter's arguments. Waits, if the list is to be read on.
*/
bool scan_sought_instead(scan *target, walk_plan *way, walk_plan *wide, unsigned number, sqlite3_value **values,
                         error *problem);

/*
** The scan begins with a whole list that is at the place of the row which another scan stands on (messages of the channel
** whose member that is): asks for it, and for those at the places of rows to come, as scan_lead_read_ahead does for lists
** under them.
*/
void scan_sought_follow(scan *target, const walk_plan *way, scan_lead_first first, error *problem);

/*
** It waits, and more of the rows to come may have come by now: they lead to such lists, all of them as far as is known, or have
** values that will be looked up as well.
*/
void scan_sought_again(scan *target, error *problem);

#endif
