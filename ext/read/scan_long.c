/* Long lists first; see scan_long.h. */
#include "read/scan_long.h"

#include <string.h>

#include "plan/address.h"
#include "read/scan_rows.h"

enum { SCAN_LONG_ROWS = 4096 }; /* of those to come that are looked at */

void scan_long_hand_over(scan *outer, readahead_lists *ahead) {
    size_t i = 0;
    while (i < SCAN_BESIDES && outer->beside[i] && outer->beside[i] != ahead) {
        i++;
    }
    if (i < SCAN_BESIDES) {
        outer->beside[i] = ahead;
    }
}

typedef struct scan_long {
    const scan *target, *outer;
    const route_lead *lead;
    const readahead_lists *ahead;
    size_t column; /* of the outer scan's rows: how many rows the list has */
    bool searches;
    scan_ahead place; /* among the rows to come ... */
    size_t rows;      /* ... of which so many have been gone through */
} scan_long;

/* How often lists have been begun there: they are looked for more and more seldom. */
typedef struct scan_long_tries {
    uint64_t count;
} scan_long_tries;

/* The request for the first page of the list under a row; sqlite3_malloc'ed. NULL: out of memory. */
static char *scan_long_request(const scan_long *lists, const feed *source, const page *content, size_t row) {
    char *above = feed_address(source, content, row);
    char *list = above ? sqlite3_mprintf("%s/%s", above, lists->lead->listed->segment) : NULL;
    char *tail = list ? sqlite3_mprintf("?%s", lists->lead->query) : NULL;
    char *path = tail ? address_request(lists->target->version, list, tail) : NULL;
    sqlite3_free(above);
    sqlite3_free(list);
    sqlite3_free(tail);
    return path;
}

static bool scan_long_is_long(const scan_long *lists, const page *content, size_t row) {
    const page_cell *count = page_at(content, row, lists->column);
    int64_t size = route_size(lists->lead->query);
    return count->type == CELL_INTEGER && count->value.integer > (SCAN_LONG_PAGES - 1) * size;
}

/* The next long list that nobody has asked for here; NULL: there is none, or no memory. */
static char *scan_long_next(scan_long *lists) {
    page *content = NULL;
    size_t row = 0;
    const feed *source = NULL;
    char *path = NULL;
    while (!path && lists->rows++ < SCAN_LONG_ROWS &&
           (source = scan_rows_look_ahead(lists->outer, &lists->place, true, &content, &row)) != NULL) {
        bool wanted = scan_long_is_long(lists, content, row) && hints_allow(&lists->outer->wanted, content, row);
        path = wanted ? scan_long_request(lists, source, content, row) : NULL;
        if (path && readahead_has(lists->ahead, path)) {
            sqlite3_free(path);
            path = NULL;
        }
    }
    return path;
}

/* For readahead_begin. */
static char *scan_long_path(void *context, size_t ahead, bool *alone) {
    scan_long *lists = context;
    *alone = false;
    if (ahead == 0) {
        const feed *source = scan_rows_feed(lists->outer);
        return scan_long_request(lists, source, feed_page(source), feed_row(source));
    }
    return lists->searches ? scan_long_next(lists) : NULL;
}

/* The column of the outer scan's rows that tells how many rows the list under each has; -1: none does. */
static int scan_long_column(const scan *target, const scan *outer, const route_lead *lead) {
    bool own = lead->listed == target->resource && outer->resource == lead->parent && !lead->listed->single;
    int column = own ? catalog_column_index(lead->parent, lead->listed->counted_by) : -1;
    bool told = column >= 0 && (lead->parent->columns[column].versions & target->version);
    return told ? column : -1;
}

bool scan_long_is_any(const scan *target, const scan *outer, const route_lead *lead, const readahead_lists *ahead) {
    int column = scan_long_column(target, outer, lead);
    scan_long lists = {.target = target, .outer = outer, .lead = lead, .ahead = ahead, .column = (size_t)column};
    char *path = column < 0 ? NULL : scan_long_next(&lists);
    bool any = path != NULL;
    sqlite3_free(path);
    return any;
}

void scan_long_begin(const scan *target, scan *outer, const route_lead *lead, error *problem) {
    int column = error_is_set(problem) ? -1 : scan_long_column(target, outer, lead);
    if (column < 0) {
        return;
    }
    const char *name = lead->listed->name, *query = lead->query;
    readahead_lists *ahead = readahead_of(target->view, sqlite3_mprintf("long %s?%s", name, query), problem);
    scan_long_tries *tries = ahead ? look_companion_of(target->view, sqlite3_mprintf("tries long %s?%s", name, query),
                                                       sizeof *tries, NULL, problem)
                                   : NULL;
    if (tries) {
        tries->count++;
        scan_long lists = {.target = target,
                           .outer = outer,
                           .lead = lead,
                           .ahead = ahead,
                           .column = (size_t)column,
                           .searches = (tries->count & (tries->count - 1)) == 0};
        ahead->deep = ahead->any_order = true;
        scan_long_hand_over(outer, ahead);
        readahead_begin(ahead, target->view, lead->listed, target->version, scan_long_path, &lists, problem);
    }
}
