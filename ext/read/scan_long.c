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
    const catalog_resource *listed; /* of that are the lists, ... */
    const char *query;              /* ... which are asked for with this */
    const char *address;            /* of the one that is begun with; NULL: it is under the outer scan's row */
    const readahead_lists *ahead;
    size_t column; /* of the rows that lists are under: how many rows each has */
    bool searches;
    scan_ahead place; /* among the rows to come, ... */
    walk_upper above; /* ... or among those that they are under, ... */
    size_t rows;      /* ... of which so many have been gone through */
} scan_long;

/* How often lists have been begun there: they are looked for more and more seldom, unless more of what they are under has come. */
typedef struct scan_long_tries {
    uint64_t count;
    int64_t came;
} scan_long_tries;

/* The request for the first page of the list of that address; sqlite3_malloc'ed. NULL: out of memory. */
static char *scan_long_request_at(const scan_long *lists, const char *list) {
    char *tail = list ? sqlite3_mprintf("?%s", lists->query) : NULL;
    char *path = tail ? address_request(lists->target->version, list, tail) : NULL;
    sqlite3_free(tail);
    return path;
}

/* ... of the list under the row of that address, which is taken over. */
static char *scan_long_request(const scan_long *lists, char *above) {
    char *list = above ? sqlite3_mprintf("%s/%s", above, lists->listed->segment) : NULL;
    char *path = scan_long_request_at(lists, list);
    sqlite3_free(above);
    sqlite3_free(list);
    return path;
}

static bool scan_long_is_long(const scan_long *lists, const page *content, size_t row) {
    const page_cell *count = page_at(content, row, lists->column);
    int64_t size = route_size(lists->query);
    return count->type == CELL_INTEGER && count->value.integer > (SCAN_LONG_PAGES - 1) * size;
}

/* The next row to come under which a long list is. False: there is none. */
static bool scan_long_to_row(scan_long *lists, char **address) {
    page *content = NULL;
    size_t row = 0;
    const feed *source = NULL;
    while (!*address && lists->rows++ < SCAN_LONG_ROWS &&
           (source = scan_rows_look_ahead(lists->outer, &lists->place, true, &content, &row)) != NULL) {
        bool wanted = scan_long_is_long(lists, content, row) && hints_allow(&lists->outer->wanted, content, row);
        *address = wanted ? feed_address(source, content, row) : NULL;
    }
    return *address != NULL;
}

/* Does the list of the outer scan's have rows there, so that one of them leads to what is beside it? */
static bool scan_long_has_rows(const scan_long *lists, const page *content, size_t row) {
    const catalog_resource *outer = lists->outer->resource;
    int column = catalog_column_index(outer->parent, outer->counted_by);
    const page_cell *count = column >= 0 ? page_at(content, row, (size_t)column) : NULL;
    return count && count->type == CELL_INTEGER && count->value.integer > 0;
}

/* The next row under which both lists are, of which that one is long. False: there is none. */
static bool scan_long_to_upper(scan_long *lists, char **address) {
    while (!*address && lists->rows++ < SCAN_LONG_ROWS && walk_next_upper(lists->outer->rows, &lists->above)) {
        const page *content = lists->above.content;
        size_t row = lists->above.row;
        bool wanted = scan_long_is_long(lists, content, row) && scan_long_has_rows(lists, content, row);
        *address = wanted ? walk_upper_address(&lists->above) : NULL;
    }
    return *address != NULL;
}

/* The next long list that nobody has asked for here; NULL: there is none, or no memory. */
static char *scan_long_next(scan_long *lists) {
    char *path = NULL, *address = NULL;
    while (!path && (lists->address ? scan_long_to_upper(lists, &address) : scan_long_to_row(lists, &address))) {
        path = scan_long_request(lists, address);
        address = NULL;
        if (path && readahead_has(lists->ahead, path)) {
            sqlite3_free(path);
            path = NULL;
        }
    }
    return path;
}

/* For readahead_begin. */
static char *scan_long_path(void *context, size_t ahead, readahead_manner *manner) {
    scan_long *lists = context;
    if (ahead == 0) {
        const feed *source = scan_rows_feed(lists->outer);
        return lists->address ? scan_long_request_at(lists, lists->address)
                              : scan_long_request(lists, feed_address(source, feed_page(source), feed_row(source)));
    }
    manner->urgent = true;
    return lists->searches ? scan_long_next(lists) : NULL;
}

/* The column of the rows that lists are under that tells how many rows each has; -1: none does. */
static int scan_long_column(const scan *target, const catalog_resource *listed) {
    const catalog_resource *parent = listed->single ? NULL : listed->parent;
    int column = parent ? catalog_column_index(parent, listed->counted_by) : -1;
    bool told = column >= 0 && (parent->columns[column].versions & target->version);
    return told ? column : -1;
}

/* The lists under the outer scan's rows. False: these do not tell how many rows each has. */
static bool scan_long_own(scan_long *lists, const scan *target, const scan *outer, const route_lead *lead) {
    bool own = lead->listed == target->resource && outer->resource == lead->parent;
    int column = own ? scan_long_column(target, lead->listed) : -1;
    *lists = (scan_long){
        .target = target, .outer = outer, .listed = lead->listed, .query = lead->query, .column = (size_t)column};
    return column >= 0;
}

bool scan_long_is_any(const scan *target, const scan *outer, const route_lead *lead, const readahead_lists *ahead) {
    scan_long lists;
    bool told = scan_long_own(&lists, target, outer, lead);
    lists.ahead = ahead;
    char *path = told ? scan_long_next(&lists) : NULL;
    bool any = path != NULL;
    sqlite3_free(path);
    return any;
}

static bool scan_long_is_due(scan_long_tries *tries, int64_t came) {
    bool more = came != tries->came;
    tries->came = came;
    tries->count++;
    return more || (tries->count & (tries->count - 1)) == 0;
}

static void scan_long_read(scan_long *lists, scan *outer, const char *what, error *problem) {
    look *view = lists->target->view;
    const char *name = lists->listed->name;
    readahead_lists *ahead = readahead_of(view, sqlite3_mprintf("%s %s?%s", what, name, lists->query), problem);
    scan_long_tries *tries = ahead
                                 ? look_companion_of(view, sqlite3_mprintf("tries %s %s?%s", what, name, lists->query),
                                                     sizeof *tries, NULL, problem)
                                 : NULL;
    if (tries) {
        lists->ahead = ahead;
        lists->searches = scan_long_is_due(tries, lists->address ? look_used(view, lists->listed->parent) : 0);
        ahead->deep = ahead->any_order = true;
        scan_long_hand_over(outer, ahead);
        readahead_begin(ahead, view, lists->listed, lists->target->version, scan_long_path, lists, problem);
    }
}

void scan_long_begin(const scan *target, scan *outer, const route_lead *lead, error *problem) {
    scan_long lists;
    if (!error_is_set(problem) && scan_long_own(&lists, target, outer, lead)) {
        scan_long_read(&lists, outer, "long", problem);
    }
}

void scan_long_begin_beside(const scan *target, scan *outer, const walk_plan *way, const char *address,
                            error *problem) {
    bool beside = outer->rows && outer->resource->parent == way->resource->parent && !error_is_set(problem);
    int column = beside ? scan_long_column(target, way->resource) : -1;
    if (column >= 0) {
        scan_long lists = {.target = target,
                           .outer = outer,
                           .listed = way->resource,
                           .query = way->query,
                           .address = address,
                           .column = (size_t)column};
        scan_long_read(&lists, outer, "long beside", problem);
    }
}
