/* What lies before a walk, as far as it has come: lists, rows that lead to them, services. */
#ifndef CHAT_WALK_SIGHT_H
#define CHAT_WALK_SIGHT_H

#include "read/walk.h"

/*
** How many requests are known to come beside those under way: one for each row of the levels above that has come and has not
** been gone into, and for each value given. rows: for each of its own rows that have come, too, since they lead to lists. 0 where a
** LIMIT may do without.
*/
int64_t walk_sight_requests(const walk *source, bool rows);

/* The same where a LIMIT may do without, too: how many of its lists are known and have still to be begun, or what leads to them. */
int64_t walk_sight_lists(const walk *source);

/* How many of its lists it has begun, whoever has asked for their pages. */
int64_t walk_sight_begun(const walk *source);

/* May there be more of its lists than those, since what they are under has still to come? */
bool walk_sight_goes_on(const walk *source);

/*
** The SID of another service that it goes on to, as far as it knows by now, whether there are rows or not; sqlite3_malloc'ed. NULL:
** it knows of none, or a LIMIT may do without, or out of memory.
*/
char *walk_sight_service(const walk *source, const char *sid);

/* Of the lists right under services that are being read or wait for their turn, the one of that number, from 0 on; NULL: none. */
const feed *walk_sight_list(const walk *source, size_t number);

#endif
