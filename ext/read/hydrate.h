/*
** Columns that lists hide (attributes in v1 lists) are read from the single resource: when a row's value is really
** asked for, and then ahead for the rows that follow, 1, 2, 4, 8 ... as long as each one fetched is also used.
*/
#ifndef CHAT_HYDRATE_H
#define CHAT_HYDRATE_H

#include <stddef.h>

#include "base/error.h"
#include "read/feed.h"
#include "read/look.h"
#include "rest/page.h"

typedef struct hydrate {
    page *content;        /* the page the rows below belong to, retained; NULL: none yet */
    look_entry **fetched; /* for each of its rows the single resource, or NULL; owned */
    size_t count;
    size_t current;   /* row whose value was used last */
    size_t requested; /* rows before this one have been asked for */
    size_t ahead;     /* so many rows are asked for ahead */
} hydrate;

/*
** The cell of a hidden column from the single resource of the row that a feed stands on, waiting for it; *holder: the
** page it belongs to. NULL if the resource is gone by now (404), or on a problem.
*/
const page_cell *hydrate_cell(hydrate *state, look *view, const feed *source, const catalog_resource *resource,
                              unsigned version, size_t column, const page **holder, error *problem);

/* Gives everything back; state is empty afterwards. */
void hydrate_clear(hydrate *state);

#endif
