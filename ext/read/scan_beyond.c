/* What lies beyond the service that a scan reads; see scan_beyond.h. */
#include "read/scan_beyond.h"

#include <string.h>

#include "base/text_hash.h"
#include "plan/address.h"
#include "read/recall_instead.h"
#include "read/scan_lead.h"
#include "read/scan_rows.h"
#include "read/walk_sight.h"

enum { SCAN_BEYOND_ROWS = 4096 }; /* of those to come that are looked at */
enum { SCAN_BEYOND_OFTEN = 8 };   /* times in a row that they are for a look-up: they come while it finds its way */

/* How it was looked for, while the service was the same one. */
typedef struct scan_beyond_tries {
    uint64_t service;
    uint64_t count;
} scan_beyond_tries;

/* Are lists of one service, all of a kind, all that is read? */
static bool scan_beyond_is_possible(const scan *target, const walk_plan *way) {
    bool one = way->given[0] && way->parents[0].count == 1 && way->paths.count == 0 && way->uppers.count == 0;
    bool lists = !way->by_segment && !way->resource->single && way->wanted < 0 &&
                 (catalog_depth(way->resource) == 1 || !walk_plan_is_one_list(way));
    return one && lists && look_may_ask_ahead(target->view);
}

/* Rows that have not come yet are looked for again, but more and more seldom: those that have are many. */
static bool scan_beyond_tries_again(scan_beyond_tries *tries, const char *sid, uint64_t often) {
    uint64_t service = text_hash(sid, strlen(sid));
    if (tries->service != service) {
        *tries = (scan_beyond_tries){.service = service};
    }
    tries->count++;
    return tries->count <= often || (tries->count & (tries->count - 1)) == 0;
}

static bool scan_beyond_is_due(const scan *target, const walk_plan *way, error *problem) {
    scan_beyond_tries *tries =
        look_companion_of(target->view, sqlite3_mprintf("beyond %p", target->loop), sizeof *tries, NULL, problem);
    return tries && scan_beyond_tries_again(tries, way->parents[0].texts[0], 1);
}

static bool scan_beyond_is_same(address_part part, const char *sid) {
    return part.length == strlen(sid) && memcmp(part.text, sid, part.length) == 0;
}

/* The service of the first row to come of an outer scan that is in another one; NULL: there is none. sqlite3_malloc'ed. */
static char *scan_beyond_of(const scan *outer, const char *sid) {
    scan_ahead place;
    page *content = NULL;
    size_t row = 0;
    memset(&place, 0, sizeof place);
    for (size_t i = 0; i < SCAN_BEYOND_ROWS; i++) {
        const feed *source = scan_rows_look_ahead(outer, &place, true, &content, &row);
        address_part root = source ? address_root(feed_base(source)) : (address_part){NULL, 0};
        if (!source) {
            return NULL;
        }
        if (root.text && !scan_beyond_is_same(root, sid) && hints_allow(&outer->wanted, content, row)) {
            return sqlite3_mprintf("%.*s", (int)root.length, root.text);
        }
    }
    return NULL;
}

/* Have all of its rows led to scans, and is nothing known that may rule out others? A service has many lists. */
static bool scan_beyond_is_sure(const scan *outer, const scan *target) {
    int64_t scans = *outer->begun - outer->begun_at + (target->begun == NULL); /* this one may not be counted yet */
    return !outer->checked && scans >= outer->taken;
}

/*
** Another service that its walk goes on to, if all rows there lead to scans as these have, as far as is known: whether there are
** any shows when they have come.
*/
static char *scan_beyond_unseen(const scan *outer, const char *sid) {
    bool all = outer->rows && outer->wanted.count == 0 && scan_lead_wants_rows(outer);
    return all ? walk_sight_service(outer->rows, sid) : NULL;
}

/* Does another scan stand on a row of that service? */
static bool scan_beyond_is_in(const scan *each, const scan *target, const char *sid) {
    bool outer = each != target && each->at_row && each->version == target->version;
    address_part root = outer ? address_root(feed_base(scan_rows_feed(each))) : (address_part){NULL, 0};
    return root.text && scan_beyond_is_same(root, sid);
}

/* ... of the scan whose row is in the service. *seen: there are rows in it. */
static char *scan_beyond_next(const scan *target, const char *sid, bool *seen) {
    char *found = NULL;
    for (const scan *each = *look_scans(target->view); each && !found; each = each->next) {
        if (scan_beyond_is_in(each, target, sid) && scan_beyond_is_sure(each, target)) {
            found = scan_beyond_of(each, sid);
            *seen = found != NULL;
            found = found ? found : scan_beyond_unseen(each, sid);
        }
    }
    return found;
}

/*
** The same lists, of that service; a page further than the lists here, while it is not known whether there are rows (seen). Takes
** the SID over.
*/
static void scan_beyond_read(const scan *target, const walk_plan *way, char *sid, bool seen, error *problem) {
    walk_plan beyond;
    walk_plan_copy(&beyond, way, problem);
    text_list_clear(&beyond.parents[0]);
    if (!error_is_set(problem)) {
        text_list_add(&beyond.parents[0], sid, problem);
    }
    sqlite3_free(beyond.first_query);
    beyond.first_query = NULL;
    beyond.limited = false;
    int64_t pages = seen ? INT64_MAX : 1 + recall_instead_pages(target->view, way, problem);
    recall_instead_begin(target->view, &beyond, pages, problem);
    walk_plan_clear(&beyond);
    sqlite3_free(sid);
}

void scan_beyond_begin(const scan *target, const walk_plan *way, error *problem) {
    bool due =
        !error_is_set(problem) && scan_beyond_is_possible(target, way) && scan_beyond_is_due(target, way, problem);
    bool seen = false;
    char *sid = due ? scan_beyond_next(target, way->parents[0].texts[0], &seen) : NULL;
    if (sid) {
        scan_beyond_read(target, way, sid, seen, problem);
    }
}

void scan_beyond_again(const scan *target, error *problem) {
    const walk_plan *way = target->rows && !target->looked_up_in ? walk_way(target->rows) : NULL;
    if (way && !way->limited) {
        scan_beyond_begin(target, way, problem);
    }
}

/* ---- look-ups ---- */

/* What is known of those of a loop. */
typedef struct scan_beyond_looks {
    scan_beyond_tries tries;
    bool goes_on; /* to another service, ... */
    walk *above;  /* ... in which this is read; owned; or NULL */
} scan_beyond_looks;

static void scan_beyond_looks_clear(void *companion) {
    walk_close(((scan_beyond_looks *)companion)->above);
}

static scan_beyond_looks *scan_beyond_looks_of(const scan *target, error *problem) {
    return look_companion_of(target->view, sqlite3_mprintf("beyond looks %p", target->loop), sizeof(scan_beyond_looks),
                             scan_beyond_looks_clear, problem);
}

/* The service of a row to come that is going to be looked for elsewhere: hints tell of each row whether SQLite passes over it. */
static char *scan_beyond_looked_for(const scan *target, const char *sid) {
    char *found = NULL;
    for (const scan *each = *look_scans(target->view); each && !found; each = each->next) {
        bool told = scan_beyond_is_in(each, target, sid) && !each->checked &&
                    (each->wanted.count > 0 || scan_beyond_is_sure(each, target));
        found = told ? scan_beyond_of(each, sid) : NULL;
    }
    return found;
}

/* Asks for the first page of what the lists of that service are under. What is wrong with it, whoever comes to it will meet. */
static void scan_beyond_read_above(scan_beyond_looks *looks, const scan *target, const walk_plan *way,
                                   const char *sid) {
    error ignored = {0};
    walk_plan above = {0};
    walk_close(looks->above);
    bool possible = walk_plan_above(&above, way, sid, &ignored);
    looks->above = possible ? walk_open(target->view, &above, &ignored) : NULL;
    if (looks->above) {
        walk_step(looks->above, &ignored);
    }
    walk_plan_clear(&above);
    error_clear(&ignored);
}

bool scan_beyond_look(const scan *target, const walk_plan *way, error *problem) {
    bool possible = !error_is_set(problem) && scan_beyond_is_possible(target, way) &&
                    statement_wants_all(look_connection(target->view)->db);
    scan_beyond_looks *looks = possible ? scan_beyond_looks_of(target, problem) : NULL;
    if (looks && scan_beyond_tries_again(&looks->tries, way->parents[0].texts[0], SCAN_BEYOND_OFTEN)) {
        char *sid = scan_beyond_looked_for(target, way->parents[0].texts[0]);
        looks->goes_on = sid != NULL;
        if (sid) {
            scan_beyond_read_above(looks, target, way, sid);
        }
        sqlite3_free(sid);
    }
    return looks && looks->goes_on;
}
