/* Lists of loops to come; see scan_later.h. */
#include "read/scan_later.h"

#include <string.h>

#include "plan/address.h"
#include "read/loops.h"
#include "read/reading.h"
#include "read/route.h"
#include "session/statement.h"

/* Of a statement. */
typedef struct scan_later {
    bool begun;   /* it is known which there are */
    bool coupled; /* ... also of the other service */
    size_t count;
    walk *each[SCAN_LATER_MAX]; /* owned */
} scan_later;

static void scan_later_clear(void *companion) {
    scan_later *lists = companion;
    for (size_t i = 0; i < lists->count; i++) {
        walk_close(lists->each[i]);
    }
}

static scan_later *scan_later_of(look *view, error *problem) {
    return look_companion(view, "later", sizeof(scan_later), scan_later_clear, problem);
}

/* Begins a walk, without asking for anything yet. Takes the plan's content over. */
static void scan_later_add(scan_later *lists, look *view, walk_plan *way, error *problem) {
    if (lists->count < SCAN_LATER_MAX && !error_is_set(problem)) {
        walk *opened = walk_open(view, way, problem);
        if (opened) {
            lists->each[lists->count++] = opened;
        }
    }
    walk_plan_clear(way);
}

/* The whole lists of loops that have not begun. What goes wrong is nobody's problem: whoever comes to them will meet it. */
static void scan_later_begin(scan_later *lists, const scan *target) {
    connection *shared = look_connection(target->view);
    const loops *all = &reading_of(shared->root)->loops;
    size_t place = 0;
    const loops_table *each;
    while ((each = loops_next(all, target->prepared, &place)) != NULL) {
        bool sure = each->whole > 0 && each->service == 0 && each->other == 0 && each->version == target->version;
        if (sure && each->account == shared && each->resource != target->resource &&
            statement_wants_each(shared->db, each->resource->name)) {
            error ignored = {0};
            route_source from = {.resource = each->resource, .version = each->version, .page_size = target->page_size};
            walk_plan way = {0};
            if (route_make_whole(&from, &way, &ignored)) {
                scan_later_add(lists, target->view, &way, &ignored);
            }
            walk_plan_clear(&way);
            error_clear(&ignored);
        }
    }
}

/* ---- of the other service ---- */

/* The list of services, if the statement has it; to be given back. NULL: it has not. */
static look_entry *scan_later_services(const scan *target, error *problem) {
    const catalog_resource *services = plan_ancestor(target->resource, 0);
    route_source from = {.resource = services, .version = target->version, .page_size = target->page_size};
    walk_plan way = {0};
    bool made = services && route_make_whole(&from, &way, problem);
    char *list = made ? sqlite3_mprintf("/%s", services->segment) : NULL;
    char *tail = list ? sqlite3_mprintf("?%s", way.query) : NULL;
    char *path = tail ? address_request(target->version, list, tail) : NULL;
    look_entry *found = NULL;
    if (path) {
        look_wish wish = {.resource = services, .version = target->version, .path = path, .only_known = true};
        found = look_get(target->view, &wish, problem);
    }
    sqlite3_free(path);
    sqlite3_free(tail);
    sqlite3_free(list);
    walk_plan_clear(&way);
    return found;
}

/* Of two services the one that is not that; sqlite3_malloc'ed. NULL: they are not two. */
static char *scan_later_other(const scan *target, look_entry *services, const char *sid) {
    error ignored = {0};
    bool two =
        look_poll(services, &ignored) == LOOK_READY && !look_next(services) && look_page(services)->row_count == 2;
    const catalog_resource *resource = plan_ancestor(target->resource, 0);
    size_t key = (size_t)catalog_column_index(resource, resource->key_column), others = 0;
    char *other = NULL;
    for (size_t row = 0; two && row < 2; row++) {
        const page *content = look_page(services);
        const page_cell *cell = page_at(content, row, key);
        if (cell->length != strlen(sid) || memcmp(page_text(content, cell), sid, cell->length) != 0) {
            sqlite3_free(other);
            other = sqlite3_mprintf("%.*s", (int)cell->length, page_text(content, cell));
            others++;
        }
    }
    error_clear(&ignored);
    if (others != 1) {
        sqlite3_free(other);
        other = NULL;
    }
    return other;
}

/* Has the statement several loops over the table, each of one service? */
static bool scan_later_is_coupled(const scan *target) {
    connection *shared = look_connection(target->view);
    const loops *all = &reading_of(shared->root)->loops;
    size_t place = 0;
    const loops_table *each;
    bool coupled = false;
    while (!coupled && (each = loops_next(all, target->prepared, &place)) != NULL) {
        coupled = each->resource == target->resource && each->account == shared && each->service > 1 &&
                  each->whole == 0 && each->other == 0 && each->version == target->version;
    }
    return coupled && statement_wants_each(shared->db, target->resource->name);
}

/* The same list, of the other service. */
static void scan_later_couple(scan_later *lists, const scan *target, const walk_plan *way) {
    error ignored = {0};
    look_entry *services = scan_later_services(target, &ignored);
    char *sid = services ? scan_later_other(target, services, way->parents[0].texts[0]) : NULL;
    if (sid) {
        walk_plan other;
        walk_plan_copy(&other, way, &ignored);
        text_list_clear(&other.parents[0]);
        text_list_add(&other.parents[0], sid, &ignored);
        scan_later_add(lists, target->view, &other, &ignored);
    }
    sqlite3_free(sid);
    look_put(services);
    error_clear(&ignored);
}

static bool scan_later_is_of_service(const walk_plan *way) {
    return way->given[0] && way->parents[0].count == 1 && !way->given[1] && way->paths.count == 0 &&
           way->uppers.count == 0 && !way->by_segment && !way->limited && !way->first_query;
}

/* ---- all ---- */

void scan_later_note(const scan *target, const walk_plan *way) {
    error ignored = {0};
    bool wide = client_concurrency(look_connection(target->view)->client) > 1; /* else one ahead would be in the way */
    bool possible = target->prepared != 0 && wide && !target->service_sid && look_may_ask_ahead(target->view);
    scan_later *lists = possible ? scan_later_of(target->view, &ignored) : NULL;
    if (lists && !lists->begun) {
        lists->begun = true;
        scan_later_begin(lists, target);
    }
    if (lists && !lists->coupled && scan_later_is_of_service(way) && scan_later_is_coupled(target)) {
        lists->coupled = true;
        scan_later_couple(lists, target, way);
    }
    error_clear(&ignored);
}

/* Is it the walk of that plan's name? */
static bool scan_later_is(const walk *each, const char *name) {
    error ignored = {0};
    char *own = walk_plan_name(walk_way(each), &ignored);
    bool same = own && strcmp(own, name) == 0;
    sqlite3_free(own);
    error_clear(&ignored);
    return same;
}

walk *scan_later_take(look *view, const walk_plan *way) {
    error ignored = {0};
    scan_later *lists = look_may_ask_ahead(view) ? scan_later_of(view, &ignored) : NULL;
    char *name = lists && lists->count > 0 ? walk_plan_name(way, &ignored) : NULL;
    walk *found = NULL;
    for (size_t i = 0; name && i < lists->count && !found; i++) {
        if (scan_later_is(lists->each[i], name)) {
            found = lists->each[i];
            lists->each[i] = lists->each[--lists->count];
        }
    }
    /* Whoever may be content with fewer rows begins slowly, with what has come. */
    if (found && (way->limited || way->first_query || way->wanted >= 0)) {
        walk_close(found);
        found = NULL;
    }
    if (found) {
        walk_begin_turn(found);
    }
    sqlite3_free(name);
    error_clear(&ignored);
    return found;
}

/* How many requests they have begun. */
static int64_t scan_later_asked(const scan_later *lists) {
    int64_t asked = 0;
    for (size_t i = 0; i < lists->count; i++) {
        asked += walk_asked(lists->each[i]);
    }
    return asked;
}

void scan_later_pump(look *view) {
    error ignored = {0};
    scan_later *lists = scan_later_of(view, &ignored);
    for (size_t i = 0; lists && i < lists->count && reading_has_spare_room(look_connection(view)); i++) {
        int64_t asked = scan_later_asked(lists), most = look_asked(view) - asked + SCAN_LATER_FREE - asked;
        walk_begin_beside(lists->each[i], most, &ignored);
        error_clear(&ignored);
    }
    error_clear(&ignored);
}
