/* What the rows of an outer scan lead to; see scan_lead.h. */
#include "read/scan_lead.h"

#include <string.h>

#include "plan/address.h"
#include "read/counted.h"
#include "read/scan_long.h"
#include "read/scan_rows.h"
#include "session/statement.h"

/* Is a row the one of that resource with that SID? */
static bool scan_lead_is_row(const page *content, size_t row, const catalog_resource *resource, const char *sid) {
    const page_cell *key = page_at(content, row, (size_t)catalog_column_index(resource, resource->key_column));
    return key->length == strlen(sid) && memcmp(page_text(content, key), sid, key->length) == 0;
}

/* Does a scan stand on that row? */
static bool scan_lead_stands_on(const scan *each, const catalog_resource *resource, const char *sid) {
    if (each->resource != resource || !each->at_row) {
        return false;
    }
    const feed *source = scan_rows_feed(each);
    return scan_lead_is_row(feed_page(source), feed_row(source), resource, sid);
}

/* That row, if a scan stands on it, or on one in a list under it that it has found there; NULL: neither. */
static const page *scan_lead_above(const scan *each, const catalog_resource *resource, const char *sid, size_t *row) {
    if (scan_lead_stands_on(each, resource, sid)) {
        *row = feed_row(scan_rows_feed(each));
        return feed_page(scan_rows_feed(each));
    }
    bool under = each->at_row && each->rows && each->resource->parent == resource;
    const page *above = under ? walk_above(each->rows, walk_feed(each->rows), row) : NULL;
    return above && scan_lead_is_row(above, *row, resource, sid) ? above : NULL;
}

bool scan_lead_goes_on(const scan *outer) {
    scan_ahead place;
    page *content;
    size_t row;
    memset(&place, 0, sizeof place);
    return scan_rows_look_ahead(outer, &place, false, &content, &row) != NULL;
}

/* Has it been looked up, so that no row of its own tells of those that will be looked up next? */
static bool scan_lead_is_looked_up(const scan *outer) {
    bool told = outer->recalled.list && (outer->recalled.key || outer->recalled.index);
    return (told || outer->looked_up_in) && !scan_lead_goes_on(outer);
}

scan *scan_lead_outer(const scan *target, const route_lead *lead) {
    scan *each = lead->parent && look_may_ask_ahead(target->view) ? *look_scans(target->view) : NULL;
    while (each && !(each->version == target->version && scan_lead_stands_on(each, lead->parent, lead->parent_sid))) {
        each = each->next;
    }
    return each && scan_lead_is_looked_up(each) ? NULL : each;
}

/* The SID of the row that the one list is under, in its address. */
static bool scan_lead_parent(const walk_plan *list, char sid[SID_LENGTH + 1]) {
    bool given = list->paths_are_lists && list->paths.count == 1;
    char *address = given ? sqlite3_mprintf("%s", list->paths.texts[0]) : walk_plan_address(list);
    address_part part = {NULL, 0};
    if (address && list->resource->parent_column) {
        part = address_parent(list->resource, address, list->resource->parent_column);
    }
    bool found = part.text && part.length == SID_LENGTH;
    if (found) {
        memcpy(sid, part.text, SID_LENGTH);
        sid[SID_LENGTH] = 0;
    }
    sqlite3_free(address);
    return found;
}

int64_t scan_lead_pages(const scan *target, const walk_plan *list) {
    const catalog_resource *parent = list->resource->parent;
    int column = counted_column(list);
    char sid[SID_LENGTH + 1];
    if (column < 0 || !scan_lead_parent(list, sid)) {
        return 0;
    }
    const page *above = NULL;
    size_t row = 0;
    for (const scan *each = *look_scans(target->view); each && !above; each = each->next) {
        above = each->version == target->version ? scan_lead_above(each, parent, sid, &row) : NULL;
    }
    return above ? counted_pages(page_at(above, row, (size_t)column), list) : 0;
}

int64_t scan_lead_pages_above(const scan *outer, const feed *source, const walk_plan *list) {
    const catalog_resource *parent = list->resource->parent;
    int column = counted_column(list);
    size_t row;
    const page *above =
        column >= 0 && outer->rows && outer->resource->parent == parent ? walk_above(outer->rows, source, &row) : NULL;
    return above ? counted_pages(page_at(above, row, (size_t)column), list) : 0;
}

/* The list of the rows that the lists are under; NULL: they are not under those of one, or a problem. */
static walk *scan_lead_parents(const scan_lead_list *list, error *problem) {
    const text_list *services = &list->way->parents[0];
    walk_plan above = {0};
    bool one = services->count == 1 && walk_plan_above(&above, list->way, services->texts[0], problem);
    walk *opened = one ? walk_open(list->target->view, &above, problem) : NULL;
    walk_plan_clear(&above);
    return opened;
}

int64_t scan_lead_count_all(const void *context, int64_t *lists, error *problem) {
    const scan_lead_list *list = context;
    const catalog_resource *parent = list->way->resource->parent;
    int column = counted_column(list->way);
    bool told = column >= 0 && (parent->columns[column].versions & list->target->version);
    walk *rows = told ? scan_lead_parents(list, problem) : NULL;
    int64_t pages = 0;
    error ignored = {0}; /* whoever reads it will meet it */
    step_result result = rows ? STEP_ROW : STEP_DONE;
    while (result != STEP_DONE && result != STEP_FAILED && !error_is_set(problem)) {
        result = walk_step(rows, &ignored);
        if (result == STEP_BUSY) {
            list->waits(list->target, list->way, problem);
            look_wait(list->target->view, problem);
        } else if (result == STEP_ROW) {
            const feed *at = walk_feed(rows);
            int64_t of = counted_pages(page_at(feed_page(at), feed_row(at), (size_t)column), list->way);
            result = of == 0 || walk_is_at_page_end(rows) ? STEP_FAILED : result;
            pages += of;
            ++*lists;
        }
    }
    walk_close(rows);
    error_clear(&ignored);
    return result == STEP_DONE ? pages : 0;
}

/* What an outer scan's rows lead to, and the row of its that has been gone through last: they are asked for in order. */
typedef struct scan_lead {
    const scan *outer;
    const route_lead *lead;
    scan_lead_first first;
    scan_ahead walked;
    size_t ahead;  /* 0: the row that it stands on */
    char *address; /* of that row; owned; NULL: there is none */
} scan_lead;

/* Goes on to the row `ahead`, on this page or those that have come after it: while a scan waits, all go on asking (look_wait). */
static void scan_lead_to(scan_lead *follow, size_t ahead) {
    page *content;
    size_t row;
    while (follow->address && follow->ahead < ahead) {
        const feed *source = scan_rows_look_ahead(follow->outer, &follow->walked, true, &content, &row);
        sqlite3_free(follow->address);
        follow->address = source ? feed_address(source, content, row) : NULL;
        follow->ahead++;
    }
}

static char *scan_lead_path(void *context, size_t ahead, readahead_manner *manner) {
    scan_lead *follow = context;
    scan_lead_to(follow, ahead);
    const char *next = (int64_t)ahead <= follow->first.small ? follow->first.next : NULL;
    const char *first = ahead == 0 ? follow->first.current : next;
    const char *query = first ? first : follow->lead->query;
    bool single = follow->lead->listed->single; /* has no list, and so no query */
    char *list = follow->address ? sqlite3_mprintf("%s/%s", follow->address, follow->lead->listed->segment) : NULL;
    char *tail = list ? sqlite3_mprintf("%s%s", single ? "" : "?", single ? "" : query) : NULL;
    /* The words of an address are Chat's; the request's are the generation's. */
    char *path = tail ? address_request(follow->outer->version, list, tail) : NULL;
    sqlite3_free(list);
    sqlite3_free(tail);
    manner->alone = first != NULL || follow->first.few;
    return path;
}

bool scan_lead_wants_rows(const scan *outer) {
    sqlite3 *db = look_connection(outer->view)->db;
    return !outer->filtered && (outer->begun_at == 1 ? statement_wants_rows(db) : statement_wants_all(db));
}

bool scan_lead_takes_all(const scan *outer, const readahead_lists *ahead) {
    bool first = ahead->stride == 0;
    return first ? !outer->filtered && statement_wants_all(look_connection(outer->view)->db) : ahead->wide;
}

/*
** Does the first row of the statement's first loop lead to the first list of all? Then the next rows will lead to theirs as
** well, most likely, also where it is inside a query. Long lists would be begun in their turn, so where there are any, few are
** begun at first.
*/
static bool scan_lead_begins(const scan *target, const scan *outer, const route_lead *lead,
                             const readahead_lists *ahead) {
    bool first = ahead->stride == 0 && outer->begun_at == 1 && *outer->begun == 1 && outer->taken == 1;
    sqlite3 *db = look_connection(outer->view)->db;
    return first && !outer->filtered && statement_wants_each(db, outer->resource->name) &&
           statement_wants_each(db, target->resource->name) && !scan_long_is_any(target, outer, lead, ahead);
}

void scan_lead_read_ahead(scan *target, scan *outer, const route_lead *lead, scan_lead_first first, error *problem) {
    scan_lead follow = {.outer = outer,
                        .lead = lead,
                        .first = first,
                        .address = feed_row_path(scan_rows_feed(outer), feed_row(scan_rows_feed(outer)))};
    char *key = sqlite3_mprintf("%s?%s", lead->listed->name, lead->query);
    outer->leads = true;
    readahead_lists *ahead = readahead_of(target->view, key, problem);
    if (ahead) {
        target->ahead = ahead;
        ahead->wide = scan_lead_takes_all(outer, ahead);
        bool full = !first.current && !first.next && !first.few;
        if ((ahead->wide || ahead->deep) && full) {
            scan_long_begin(target, outer, lead, problem);
        }
        ahead->wide = ahead->wide || (full && scan_lead_begins(target, outer, lead, ahead));
        ahead->purpose = target->looked_up_in && lead->listed == target->resource ? PURPOSE_LOOK_UP : PURPOSE_NONE;
        readahead_begin(ahead, target->view, lead->listed, target->version, scan_lead_path, &follow, problem);
    }
    sqlite3_free(follow.address);
}
