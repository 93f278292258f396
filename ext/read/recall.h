/*
** Recalled lists. A list that a statement comes back to (the inner side of a join, a correlated subquery, IN) is walked over once
** more, and for the last time: which rows it has is noted on the way, and from then on they are told from memory, page and row,
** as the walk gave them. The walk is the statement's: a scan that ends early leaves it where it stands, and the next one goes on
** from there when it has told what is noted.
**
** From the third time on, an equality on a column is a look-up: rows that may have the value (alike.h) are found by an index, the
** others are passed over. Each row is checked, as ever: by SQLite, or in its place (scan_omitted.h).
**
** What is looked up, row by row or by a filter's value, stands in such a list, too: see recall_instead.h.
**
** A list is the same if its walk's plan is (walk_plan_name). Pages are held (look_hold), in memory or in a temporary file; when
** there is no room for another one at all, whoever has come so far goes on alone, and later scans walk as if nothing had been
** noted. Indexes are in memory, as far as they fit in a quarter of memory_limit_mb; without one, the list is gone through.
*/
#ifndef CHAT_RECALL_H
#define CHAT_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "read/feed.h"
#include "read/look.h"
#include "read/recall_index.h"
#include "read/recall_sight.h"
#include "read/walk.h"

typedef struct recall recall;

/* A term of the query: the column (index in resource->columns) equals the value, under the collation BINARY. */
typedef struct recall_equal {
    size_t column;
    sqlite3_value *value;
} recall_equal;

enum { RECALL_EQUALS_MAX = 16 };

/*
** The list that the statement reads with that plan, if it has been read before; NULL: it has not, or is no such list, or on a
** problem. The plan stays the caller's. *number stands for the list, for recall_note_end.
*/
recall *recall_find(look *view, const walk_plan *way, uint64_t *number, error *problem);

/* A walk over a list that recall_find has given that number for, and no recalled one, has come to its end. */
void recall_note_end(look *view, uint64_t number);

/* A scan of a recalled list. All zeros: of none. */
typedef struct recall_reader {
    recall *list;
    feed *at;            /* stands on its row; owned ... */
    const feed *of;      /* ... of that list, the recalled one's */
    recall_sight sight;  /* ... which is here, ... */
    size_t page;         /* ... on that page of the list */
    size_t row, left;    /* it is this one there, and so many follow that are to be told as they come */
    size_t next;         /* row to be told after those of `rows`, ... */
    size_t end;          /* ... of which this one and those behind it need not be told */
    recall_index *index; /* that `rows` are of; a reference; or NULL */
    recall_rows rows;
    char *key; /* that the row must have; owned; or NULL */
    feed_order
        bounds; /* rows outside need not be told, where those are looked for one by one; all zeros: none is; ... */
    size_t order_column; /* ... by this column */
    walk *alone;         /* of one that goes on alone; owned */
    size_t passed;       /* rows of it that had been told already */
} recall_reader;

/* Begins a scan for rows that meet those terms (others may come too); with a key (or NULL) for the row of that key alone. */
void recall_begin(recall_reader *reader, recall *list, const recall_equal *equals, size_t count, const char *key,
                  error *problem);

/*
** Rows outside the bounds (if they may be relied on) need not be told: where the list is whole and in order, it is begun at the one
** and ended at the other. checked: whoever gets the rows looks at each of them for that anyway.
*/
void recall_bound_by(recall_reader *reader, const feed_order *bounds, bool checked, error *problem);

/* Ends it; the reader is of none afterwards. */
void recall_end(recall_reader *reader);

/* Is the reader's row outside its bounds, if it has any? */
bool recall_bound_excludes(const recall_reader *reader);

/* Are the rows that it has still to tell in order, from that place to that one? False also where there are none. */
bool recall_bound_stretch(recall_reader *reader, int64_t *first, int64_t *last, error *problem);

/*
** Moves to the next row without waiting, as walk_step. When the reader is to go on alone, *alone is the walk to go on with, from
** then on the caller's, and the reader is at its end; after STEP_ROW it stands on the row.
*/
step_result recall_step(recall_reader *reader, walk **alone, error *problem);

/* Asks for pages ahead, as walk_pump. */
void recall_pump(const recall_reader *reader, error *problem);

/* The feed that stands on the reader's row; after STEP_ROW only. */
feed *recall_feed(const recall_reader *reader);

/* A place among the rows to come. All zeros: right after the reader's row. */
typedef struct recall_place {
    bool begun;
    size_t next;
    recall_rows rows;
    walk_place walked;
} recall_place;

/* As walk_look_ahead. */
const feed *recall_look_ahead(const recall_reader *reader, recall_place *place, page **content, size_t *row);

#endif
