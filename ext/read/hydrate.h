/*
** Columns that lists hide (attributes in v1 lists) are read from the single resource: when a row's value is really
** asked for, and ahead for the rows that follow, 8, 16, 32 ... up to twice the requests that may run at once (only one at first
** where the first row may be all that is wanted: in an inner scan, or with a LIMIT): on this page,
** on those that have come after it, in the lists that follow, and in a join in the lists under the outer table's next
** rows.
**
** Which of them will be used is a guess: SQLite passes over rows that a term of the query rules out. Guesses under way
** and those that rows went by unused may together never exceed a quarter of the values used, plus 16, or plus the number
** of requests that may run at once where that is set higher.
*/
#ifndef CHAT_HYDRATE_H
#define CHAT_HYDRATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "read/look.h"
#include "rest/page.h"

enum { HYDRATE_MAX = 256, HYDRATE_FREE_WASTE = 16 };

/* What has been asked for ahead, for all scans of one loop of the statement. All zeros at first. */
typedef struct hydrate_guesses {
    look_entry *entries[HYDRATE_MAX]; /* in the order of their rows */
    size_t count;
    size_t stride; /* so many are to be under way, that of the current row among them; 0: none has been asked for */
    bool many;     /* nothing says that the first row may be all that is wanted */
    int64_t used, wasted;
} hydrate_guesses;

/*
** The guesses of the loop that a key stands for, kept for the whole statement. alone: no other scan of the statement is open.
** NULL with SQLITE_NOMEM in problem.
*/
hydrate_guesses *hydrate_of(look *view, const char *key, bool alone, error *problem);

/* One scan's: the single resource of the row that has been used last. All zeros at first. */
typedef struct hydrate {
    page *content; /* the page of that row, retained; NULL: none yet */
    size_t row;
    look_entry *entry;
} hydrate;

/*
** The request path of the next row's single resource, one after another from the current row on, as far as rows have come.
** sqlite3_malloc'ed; NULL: no further row is known, or out of memory, which is not worth more than a guess.
*/
typedef char *hydrate_path(void *rows);

/*
** Asks for something else than the single resource of the row whose path hydrate_path has given last, or else of the current
** row. NULL: not now, or with a problem.
*/
typedef look_entry *hydrate_ask(void *rows, look *view, const char *path, error *problem);

/* A row, and where its single resource and those of the rows after it are. */
typedef struct hydrate_row {
    const catalog_resource *resource;
    unsigned version;
    page *content; /* NULL: the row is not there yet */
    size_t row;
    const char *path; /* of its single resource */
    hydrate_path *next;
    hydrate_ask *ask; /* NULL: the single resource itself is wanted */
    void *rows;       /* for `next` and `ask` */
} hydrate_row;

/* Is it the row whose single resource the scan has already? */
bool hydrate_has(const hydrate *state, const page *content, size_t row);

/* Asks for a row's single resource, if it has not been asked for. */
void hydrate_begin(hydrate *state, hydrate_guesses *guesses, look *view, const hydrate_row *wanted, error *problem);

/* Asks for those of the rows after it, as far as they have come. */
void hydrate_look_ahead(hydrate_guesses *guesses, look *view, const hydrate_row *current, error *problem);

/*
** Where the row's single resource stands, without waiting. LOOK_READY: *cell is its hidden column, in *holder.
** LOOK_MISSING: it is gone by now, see look_message. LOOK_FAILED: problem is set.
*/
look_state hydrate_poll(hydrate *state, size_t column, const page **holder, const page_cell **cell, error *problem);

/* Gives everything back; state is empty afterwards. */
void hydrate_clear(hydrate *state);

#endif
