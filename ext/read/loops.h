/*
** The loops that a statement will have: what its tables were planned for while it was prepared. SQLite begins them one after
** another; which will be begun at all, and with which values, it does not say. So only of those that have one plan whatever
** comes before them is anything known: of loops over a whole list, and over a list of one service that is found out first. Pure.
** All zeros: none is known.
*/
#ifndef CHAT_LOOPS_H
#define CHAT_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog/catalog.h"

enum { LOOPS_MAX = 64 }; /* tables of statements; the latest ones */

/* How a table was planned in a statement, so often in each way. */
typedef struct loops_table {
    int64_t statement; /* its number, see statement.h */
    const void *table; /* stands for it */
    const void *account;
    const catalog_resource *resource;
    unsigned version;
    int64_t whole;   /* without a term that the server, or the way to the list, could use */
    int64_t service; /* with a service, and nothing else */
    int64_t other;
    int64_t elsewhere; /* of all these: without listing what its lists are under, in each service that comes up */
    int64_t
        apart; /* of all these: not in its own list of each service that comes up, whole or for values that come up */
} loops_table;

/* One plan of a table. */
typedef struct loops_plan {
    unsigned number;    /* plan.h */
    bool other;         /* whatever that says, it is neither over a whole list nor over one service's */
    bool lists_parents; /* it begins with the lists, of each service, that its own lists are under */
    bool looks_up; /* it is over its own list of each service, whole or for values, by key or name, of other rows */
} loops_plan;

typedef struct loops {
    loops_table each[LOOPS_MAX];
    size_t count; /* noted so far */
} loops;

/* Notes a plan. Of `of` all but the counts is given. */
void loops_note(loops *all, const loops_table *of, const loops_plan *made);

/* The next table of that statement from *place on (0 at first); NULL: there is none. */
const loops_table *loops_next(const loops *all, int64_t statement, size_t *place);

#endif
