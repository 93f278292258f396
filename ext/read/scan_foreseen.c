/* What loops to come are going to list; see scan_foreseen.h. */
#include "read/scan_foreseen.h"

#include "base/text_hash.h"
#include "plan/address.h"
#include "read/loops.h"
#include "read/recall_instead.h"
#include "read/route.h"
#include "read/walk_sight.h"
#include "session/statement.h"

enum { SCAN_FORESEEN_SERVICES = 32 };

/* Of a statement. */
typedef struct scan_foreseen {
    uint64_t services[SCAN_FORESEEN_SERVICES]; /* that have been gone by, by hash */
    size_t count;
    int64_t begun; /* lists */
} scan_foreseen;

/*
** Does it read lists of all services whole, or those under them, all of whose rows lead to others, as far as is known, with
** nothing begun behind it?
*/
static bool scan_foreseen_is_possible(const scan *target) {
    const walk_plan *way = target->rows && !target->looked_up_in ? walk_way(target->rows) : NULL;
    int depth = way ? catalog_depth(way->resource) : 0;
    bool all = depth == 1 || (depth == 2 && !way->given[1] && way->uppers.count == 0);
    bool lists =
        all && !way->resource->single && !way->by_segment && way->paths.count == 0 && !way->limited && way->wanted < 0;
    return lists && !target->filtered && *target->begun == 1 && look_may_ask_ahead(target->view) &&
           statement_wants_all(look_connection(target->view)->db);
}

/* The bound of readahead.h. */
static bool scan_foreseen_may(const scan_foreseen *past, const scan *target, const catalog_resource *listed) {
    int64_t used = look_used(target->view, listed);
    return past->begun - used < used / 4 + READAHEAD_FREE_WASTE;
}

/* Asks for the list in that service. */
static void scan_foreseen_read(const scan *target, const catalog_resource *listed, address_part service,
                               error *problem) {
    const route_source from = {.resource = listed, .version = target->version, .page_size = target->page_size};
    walk_plan way = {0};
    char *sid = sqlite3_mprintf("%.*s", (int)service.length, service.text);
    if (!sid) {
        error_no_memory(problem);
    } else if (route_make_whole(&from, &way, problem)) {
        way.given[0] = true;
        text_list_add(&way.parents[0], sid, problem);
        recall_instead_begin(target->view, &way, 1, problem);
    }
    sqlite3_free(sid);
    walk_plan_clear(&way);
}

/*
** The list of a service that a loop will want: beside such a list of another table that of what its own are under; beside lists
** under others its own, which will be looked into row by row. NULL: that is not known.
*/
static const catalog_resource *scan_foreseen_of(const loops_table *loop, const scan *target) {
    bool deep = catalog_depth(target->resource) == 2;
    const catalog_resource *listed = deep ? loop->resource : loop->resource->parent;
    bool sure = (deep ? loop->apart : loop->elsewhere) == 0 && loop->version == target->version;
    return sure && listed != target->resource && listed != target->resource->parent ? listed : NULL;
}

/* ... for those that other loops will want in that service. */
static void scan_foreseen_beside(scan_foreseen *past, const scan *target, address_part service, error *problem) {
    const connection *shared = look_connection(target->view);
    const loops *all = &reading_of(shared->root)->loops;
    size_t place = 0;
    const loops_table *each;
    while (!error_is_set(problem) && (each = loops_next(all, target->prepared, &place)) != NULL) {
        const catalog_resource *listed = each->account == shared ? scan_foreseen_of(each, target) : NULL;
        if (listed && scan_foreseen_may(past, target, listed)) {
            past->begun++;
            scan_foreseen_read(target, listed, service, problem);
        }
    }
}

/* Notes a service. False: it has been gone by, or there are too many. */
static bool scan_foreseen_is_new(scan_foreseen *past, address_part service) {
    uint64_t hash = service.text ? text_hash(service.text, service.length) : 0;
    size_t at = 0;
    while (at < past->count && past->services[at] != hash) {
        at++;
    }
    bool is_new = service.text && at == past->count && at < SCAN_FORESEEN_SERVICES;
    if (is_new) {
        past->services[past->count++] = hash;
    }
    return is_new;
}

void scan_foreseen_begin(const scan *target, error *problem) {
    bool possible = !error_is_set(problem) && scan_foreseen_is_possible(target);
    scan_foreseen *past =
        possible ? look_companion(target->view, "foreseen", sizeof(scan_foreseen), NULL, problem) : NULL;
    const feed *list = NULL;
    for (size_t i = 0; past && (list = walk_sight_list(target->rows, i)) != NULL && !error_is_set(problem); i++) {
        address_part service = address_root(feed_base(list));
        if (scan_foreseen_is_new(past, service)) {
            scan_foreseen_beside(past, target, service, problem);
        }
    }
}
