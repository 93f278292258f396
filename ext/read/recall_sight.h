/*
** Where a scan of a recalled list looks: rows of a page, or a stretch of one that is not in memory (look_rows), which stay there as
** long as it looks at them.
*/
#ifndef CHAT_RECALL_SIGHT_H
#define CHAT_RECALL_SIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "read/look.h"

/* All zeros: it looks at nothing. */
typedef struct recall_sight {
    const look_entry *entry; /* of whose page ... */
    page *rows;              /* ... these are rows; owned */
    size_t first;            /* the first one's number on it */
} recall_sight;

/* Looks at a row of an entry's page: it is number *at of sight->rows. False: a problem. */
bool recall_sight_at(recall_sight *sight, look_entry *entry, size_t row, size_t *at, error *problem);

/* Looks at nothing any more. */
void recall_sight_clear(recall_sight *sight);

#endif
