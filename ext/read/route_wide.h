/* What is looked up stands in a list: the way to all of that list, which may be read instead (ledger.h). */
#ifndef CHAT_ROUTE_WIDE_H
#define CHAT_ROUTE_WIDE_H

#include "read/route.h"

/*
** way: what route_make has made of the other arguments. Makes the walk's plan for the whole list (wide: all zeros before; the
** caller clears it whatever comes): the same parents, or the lists of single addresses. Returns false when nothing is looked
** up, or there is no such list, or on a problem.
*/
bool route_wide_make(const route_source *source, unsigned number, sqlite3_value **values, const walk_plan *way,
                     walk_plan *wide, error *problem);

#endif
