/*
** A scan: from a plan and its values to rows. It finds its way (route.h), walks it (walk.h), and gives the columns of
** the row it stands on, fetching what lists hide. The scans of one statement know of each other, for readahead.
*/
#ifndef CHAT_SCAN_H
#define CHAT_SCAN_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "plan/first_page.h"
#include "read/hints.h"
#include "read/look.h"
#include "read/scan_omitted.h"

typedef struct scan scan;

typedef struct scan_source {
    const catalog_resource *resource;
    unsigned version;        /* the bit of a generation */
    const char *service_sid; /* the configured service, or NULL; copied */
    int page_size;           /* the setting; 0: the endpoint's maximum */
    int64_t prepared;        /* the number of the statement; 0: not known */
    const void *loop;        /* of the statement: what all scans of the same loop have in common, and no others have */
    first_page_said said;    /* what SQLite has said of the rows that it wants */
    bool hidden;             /* the statement uses a column that lists hide */
    bool confirm;            /* SQLite may not check the plan's equalities: see scan_confirm.h */
    const scan_omitted_terms *omitted; /* that SQLite leaves to us */
    bool checked;                      /* SQLite checks terms of which neither the plan nor the hints tell */
    const hint_term *hints;            /* what the values after those of the plan's slots are of; copied */
    size_t hint_count;
} scan_source;

/*
** Begins a scan. number: the plan (plan.h); values: xFilter's arguments in the order of the plan's slots, then
** those of the hints. NULL with
** the reason in problem.
*/
scan *scan_open(look *view, const scan_source *source, unsigned number, int value_count, sqlite3_value **values,
                error *problem);

/* Ends it. Accepts NULL. */
void scan_close(scan *target);

/*
** Moves to the next row (the first, at the first call), waiting as long as needed. False at the end and on a problem.
*/
bool scan_next(scan *target, error *problem);

/* Gives a column of the row to SQLite: index in resource->columns, or column_count for path. */
void scan_column(scan *target, sqlite3_context *context, int column, error *problem);

/* Notes that an UPDATE does not touch a column (index as above) of the row: scan_shown leaves it out. */
void scan_leave_alone(scan *target, int column);

/* Gives SQLite what the row's other columns have shown, as a blob (shown.h). No request is made for it. */
void scan_shown(scan *target, sqlite3_context *context, error *problem);

#endif
