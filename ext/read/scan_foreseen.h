/*
** What loops to come are going to list, as their plans tell before they begin. A join opens its tables before it reads the first
** one, and while that one's lists come nobody has asked yet for those of the next. Where each plan that SQLite has had for a
** table of the statement lists what its lists are under (the channels of a service, of whose messages an inner loop looks at
** all), that list is asked for beside the outer one of the same service: messages that are joined with users wait for users and
** channels once, and not one after the other. Where it looks into a service's own list for each row of lists under others (users
** for participants), the first page of that is, before these have come.
**
** The outer loop may have no row there: as with other guesses, those under way and those gone wrong may never exceed a quarter
** of the lists that were of use, plus 64.
*/
#ifndef CHAT_SCAN_FORESEEN_H
#define CHAT_SCAN_FORESEEN_H

#include "read/scan_inside.h"

/*
** The scan waits: if it is the statement's first one and all of its rows are wanted, asks for such lists. Problems:
** SQLITE_NOMEM.
*/
void scan_foreseen_begin(const scan *target, error *problem);

#endif
