/* In what order the rows of a list come, and which of them are wanted. */
#ifndef CHAT_FEED_ORDER_H
#define CHAT_FEED_ORDER_H

#include <stdbool.h>
#include <stdint.h>

/* What a feed may rely on and stop at. All zeros: rows come in any order, and all are wanted. */
typedef struct feed_order {
    bool relied;     /* rows come by the resource's order column: asked for with Order=... */
    bool descending; /* ... in this direction */
    bool has_lower, has_upper;
    int64_t lower, upper; /* rows outside need not come; the walk ends once past the far one */
    bool
        from_newest; /* descending only for its first page: if the lower bound is in it, its rows are given the other way
                         round, from the bound on; else the list is read in ascending order, with other_query */
    const char *other_query; /* may turn round and list with this query, if that end is nearer to the bounds; or NULL */
} feed_order;

#endif
