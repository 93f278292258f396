/*
** The content of a row: bytes that are not in the service's answer, but at a temporary address that it gives (VALUE_BYTES).
**
** The address is a secret. It is asked for without credentials and stands in no column, message or log: there the row's own
** path with "/content" behind it tells of the request. Once it has got too old (403), the row is fetched anew for another
** one, once. What comes must have as many bytes as the row says, and no more than media_max_mb.
*/
#ifndef CHAT_CONTENT_H
#define CHAT_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "read/hydrate.h"
#include "read/look.h"
#include "rest/page.h"

/* A row that has a content. */
typedef struct content_row {
    const catalog_resource *resource;
    unsigned version;
    size_t column; /* of the content */
    page *holder;
    size_t row;
} content_row;

/* What tells of its request; path: the request path of the row. sqlite3_malloc'ed; NULL: out of memory. */
char *content_path(const char *path);

/* How many bytes the row says that there are; -1: it does not say. */
int64_t content_size(const content_row *from);

/*
** Asks for it; path: as content_path makes it; again: with the address of a row that was fetched anew. NULL with the reason
** in problem: it is too large, its address cannot be asked for, ...
*/
look_entry *content_ask(look *view, const content_row *from, const char *path, bool again, error *problem);

/* One scan's: of the row that has been used last. All zeros at first. */
typedef struct content_state {
    hydrate first;
    look_entry *fresh; /* the row fetched anew, or NULL ... */
    look_entry *again; /* ... and what has been asked for with its address, or NULL */
} content_state;

/*
** Where it stands, without waiting. path: the row's request path. LOOK_READY: *cell is it, in *holder. LOOK_FAILED: problem
** is set. Never LOOK_MISSING: a row that is gone by now is a problem.
*/
look_state content_poll(content_state *state, look *view, const content_row *from, const char *path,
                        const page **holder, const page_cell **cell, error *problem);

/* Gives everything back; state is empty afterwards. */
void content_clear(content_state *state);

#endif
