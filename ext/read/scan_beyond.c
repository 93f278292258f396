/* What lies beyond the service that a scan reads; see scan_beyond.h. */
#include "read/scan_beyond.h"

#include <string.h>

#include "base/text_hash.h"
#include "plan/address.h"
#include "read/recall_instead.h"
#include "read/scan_lead.h"
#include "read/scan_rows.h"

enum { SCAN_BEYOND_ROWS = 4096 }; /* of those to come that are looked at */

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
static bool scan_beyond_is_due(const scan *target, const walk_plan *way, error *problem) {
    scan_beyond_tries *tries =
        look_companion_of(target->view, sqlite3_mprintf("beyond %p", target->loop), sizeof *tries, NULL, problem);
    if (!tries) {
        return false;
    }
    uint64_t service = text_hash(way->parents[0].texts[0], strlen(way->parents[0].texts[0]));
    if (tries->service != service) {
        *tries = (scan_beyond_tries){.service = service};
    }
    tries->count++;
    return (tries->count & (tries->count - 1)) == 0;
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
** Another service that its walk goes on to, if all rows there lead to scans as these have, as far as is known: whether there are any
** shows when they have come.
*/
static char *scan_beyond_unseen(const scan *outer, const char *sid) {
    bool all = outer->rows && outer->wanted.count == 0 && scan_lead_wants_rows(outer);
    return all ? walk_other_service(outer->rows, sid) : NULL;
}

/* ... of the scan whose row is in the service. *seen: there are rows in it. */
static char *scan_beyond_next(const scan *target, const char *sid, bool *seen) {
    char *found = NULL;
    for (const scan *each = *look_scans(target->view); each && !found; each = each->next) {
        bool outer =
            each != target && each->at_row && each->version == target->version && scan_beyond_is_sure(each, target);
        address_part root = outer ? address_root(feed_base(scan_rows_feed(each))) : (address_part){NULL, 0};
        if (root.text && scan_beyond_is_same(root, sid)) {
            found = scan_beyond_of(each, sid);
            *seen = found != NULL;
            found = found ? found : scan_beyond_unseen(each, sid);
        }
    }
    return found;
}

/* The same lists, of that service. Takes the SID over. */
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
    recall_instead_begin(target->view, &beyond, seen, problem);
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
