/* What loops to come are going to list; see scan_foreseen.h. */
#include "read/scan_foreseen.h"

#include "plan/address.h"
#include "read/loops.h"
#include "read/recall_instead.h"
#include "read/route.h"
#include "session/statement.h"

/* Of a statement. */
typedef struct scan_foreseen {
    int64_t latest; /* the list of the first scan's that has been gone by last, by number; 0: none */
    int64_t begun;  /* lists beside those */
} scan_foreseen;

/* Does it read lists of services whole, all of whose rows lead to others, as far as is known, with nothing begun behind it? */
static bool scan_foreseen_is_possible(const scan *target) {
    const walk_plan *way = target->rows && !target->looked_up_in ? walk_way(target->rows) : NULL;
    bool lists = way && catalog_depth(way->resource) == 1 && !way->resource->single && !way->by_segment &&
                 way->paths.count == 0 && !way->limited && way->wanted < 0;
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
    route_lead lead;
    char *sid = sqlite3_mprintf("%.*s", (int)service.length, service.text);
    if (!sid) {
        error_no_memory(problem);
    } else if (route_make(&from, 0, 0, NULL, &way, &lead, problem)) {
        way.given[0] = true;
        text_list_add(&way.parents[0], sid, problem);
        recall_instead_begin(target->view, &way, false, problem);
    }
    sqlite3_free(sid);
    walk_plan_clear(&way);
}

/* ... for those that other loops list in that service. */
static void scan_foreseen_beside(scan_foreseen *past, const scan *target, const feed *list, error *problem) {
    const connection *shared = look_connection(target->view);
    const loops *all = &reading_of(shared->root)->loops;
    address_part service = address_root(feed_base(list));
    size_t place = 0;
    const loops_table *each;
    while (service.text && !error_is_set(problem) && (each = loops_next(all, target->prepared, &place)) != NULL) {
        const catalog_resource *listed = each->resource->parent;
        bool sure = each->elsewhere == 0 && each->account == shared && each->version == target->version;
        if (sure && listed != target->resource && scan_foreseen_may(past, target, listed)) {
            past->begun++;
            scan_foreseen_read(target, listed, service, problem);
        }
    }
}

void scan_foreseen_begin(const scan *target, error *problem) {
    bool possible = !error_is_set(problem) && scan_foreseen_is_possible(target);
    scan_foreseen *past =
        possible ? look_companion(target->view, "foreseen", sizeof(scan_foreseen), NULL, problem) : NULL;
    walk_upper above = {.begun = false};
    while (past && walk_next_upper(target->rows, &above) && above.list && !error_is_set(problem)) {
        if (feed_number(above.list) >= past->latest) {
            past->latest = feed_number(above.list) + 1;
            scan_foreseen_beside(past, target, above.list, problem);
        }
    }
}
