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
} loops_table;

typedef struct loops {
    loops_table each[LOOPS_MAX];
    size_t count; /* noted so far */
} loops;

/*
** One plan of a table, by its number (plan.h); other: whatever that says, it is none of the two; lists_parents: it begins with the
** lists, of each service, that its own lists are under. Of `of` all but the counts is given.
*/
void loops_note(loops *all, const loops_table *of, unsigned number, bool other, bool lists_parents);

/* The next table of that statement from *place on (0 at first); NULL: there is none. */
const loops_table *loops_next(const loops *all, int64_t statement, size_t *place);

#endif
