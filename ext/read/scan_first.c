/* With what a scan of one list begins; see scan_first.h. */
#include "read/scan_first.h"

#include <string.h>

#include "base/text_hash.h"
#include "plan/address.h"
#include "read/route.h"
#include "session/statement.h"

/* One row alone does not show whether the server has kept the order that it was asked for. */
enum { SCAN_FIRST_NEWEST = 2 };
enum { SCAN_FIRST_SIZES = 8 }; /* of small first pages; those beyond share a place */

/* What has been asked for of the list by that query, to be given back; or NULL. */
static look_entry *scan_first_asked(const scan *target, const char *list, const char *query, error *problem) {
    char *tail = list && !error_is_set(problem) ? sqlite3_mprintf("?%s", query) : NULL;
    char *path = tail ? address_request(target->version, list, tail) : NULL;
    look_entry *found = NULL;
    if (path) {
        look_wish wish = {.resource = target->resource, .version = target->version, .path = path, .only_known = true};
        found = look_get(target->view, &wish, problem);
    } else if (list) {
        error_no_memory(problem);
    }
    sqlite3_free(tail);
    sqlite3_free(path);
    return found;
}

/* What the statement knows of such lists: how their scans have ended, and which small first pages they were begun with. */
typedef struct scan_first_lists {
    first_page_past past;
    int64_t sizes[SCAN_FIRST_SIZES];
} scan_first_lists;

static scan_first_lists *scan_first_known(const scan *target, const char *query, error *problem) {
    char *key = sqlite3_mprintf("first %u %s?%s", target->version, target->resource->name, query);
    return look_companion_of(target->view, key, sizeof(scan_first_lists), NULL, problem);
}

static uint64_t scan_first_number(const char *list) {
    uint64_t number = text_hash(list, strlen(list));
    return number + (number == 0);
}

/* ---- a stretch of the order ---- */

/* Does the newest page hold all that is not below the bound? */
static bool scan_first_covers(const scan *target, look_entry *newest, int64_t lower) {
    error ignored = {0}; /* whoever reads it will meet it */
    bool there = newest && look_poll(newest, &ignored) == LOOK_READY;
    error_clear(&ignored);
    if (!there || !look_next(newest)) {
        return there;
    }
    const page *content = look_page(newest);
    const page_cell *last =
        content->row_count > 0 ? page_at(content, content->row_count - 1,
                                         (size_t)catalog_column_index(target->resource, target->resource->order_column))
                               : NULL;
    return last && last->type == CELL_INTEGER && last->value.integer <= lower;
}

/* Tries pages of that size. */
static bool scan_first_turn_to(const scan *target, walk_plan *way, const char *list, int rows, error *problem) {
    char *query = error_is_set(problem) ? NULL : route_resized(way->newest_query, rows);
    if (!query) {
        error_no_memory(problem);
        return false;
    }
    look_entry *newest = scan_first_asked(target, list, query, problem);
    bool covers = scan_first_covers(target, newest, way->order.lower);
    look_put(newest);
    if (covers) {
        sqlite3_free(way->query);
        sqlite3_free(way->other_query);
        way->query = query;
        way->other_query = NULL;
        way->order.relied = way->order.descending = true;
        way->order.from_newest = false;
    } else {
        sqlite3_free(query);
    }
    return covers;
}

/* A stretch takes full newest pages: whoever wants the newest row of such lists does well to ask for them, too. */
static void scan_first_note_stretch(const scan *target, const walk_plan *way, const char *list, error *problem) {
    bool newest = strcmp(way->query, way->newest_query) == 0;
    scan_first_lists *known = newest ? scan_first_known(target, way->newest_query, problem) : NULL;
    if (known) {
        first_page_note(&known->past, scan_first_number(list), (first_page_end){.rows = INT64_MAX, .to_end = true});
    }
}

bool scan_first_turn(const scan *target, walk_plan *way, error *problem) {
    bool possible = way->newest_query && !error_is_set(problem) && walk_plan_is_one_list(way);
    char *list = possible ? walk_plan_address(way) : NULL;
    bool turned = list && scan_first_turn_to(target, way, list, SCAN_FIRST_NEWEST, problem);
    if (list && !turned && !error_is_set(problem)) {
        scan_first_note_stretch(target, way, list, problem);
        turned = scan_first_turn_to(target, way, list, route_size(way->newest_query), problem);
    }
    sqlite3_free(list);
    return turned;
}

/* ---- the first page ---- */

static bool scan_first_is_asked(const scan *target, const char *list, const char *query, error *problem) {
    look_entry *found = scan_first_asked(target, list, query, problem);
    look_put(found);
    return found != NULL;
}

/* Notes that lists are begun with pages of that size. */
static void scan_first_add_size(scan_first_lists *known, int64_t size) {
    int place = 0;
    while (place < SCAN_FIRST_SIZES - 1 && known->sizes[place] != 0 && known->sizes[place] != size) {
        place++;
    }
    known->sizes[place] = size;
}

/* A small first page that has been asked for of the list; sqlite3_malloc'ed query. NULL: none has. */
static char *scan_first_small_asked(const scan *target, const scan_first_lists *known, const walk_plan *way,
                                    const char *list, error *problem) {
    for (int i = 0; i < SCAN_FIRST_SIZES && known->sizes[i] != 0; i++) {
        char *query = route_resized(way->query, (int)known->sizes[i]);
        if (!query) {
            error_no_memory(problem);
            return NULL;
        }
        if (scan_first_is_asked(target, list, query, problem)) {
            return query;
        }
        sqlite3_free(query);
    }
    return NULL;
}

/* The list may be begun small or full; what has been asked for of it already is taken, whichever it is. */
static void scan_first_choose(const scan *target, const scan_first_lists *known, walk_plan *way, const char *list,
                              scan_first *first, error *problem) {
    bool full = scan_first_is_asked(target, list, way->query, problem);
    way->first_query = full ? NULL : scan_first_small_asked(target, known, way, list, problem);
    if (!full && !way->first_query && first->ahead > 0 && !error_is_set(problem)) {
        way->first_query = sqlite3_mprintf("%s", first->query);
        if (!way->first_query) {
            error_no_memory(problem);
        }
    }
    first->now = way->first_query != NULL;
}

/* The size of a small first page; 0: a full one. From the newest row on, one row alone is too few. */
static int scan_first_size(const scan *target, const walk_plan *way, const first_page_said *said, bool inner) {
    int64_t rows = first_page_rows(target->past, said, inner);
    int size = rows > 0 && way->order.descending && rows < SCAN_FIRST_NEWEST ? SCAN_FIRST_NEWEST : (int)rows;
    return size < route_size(way->query) ? size : 0;
}

static void scan_first_begin_list(scan *target, scan_first_lists *known, walk_plan *way, const char *list,
                                  const first_page_said *said, bool inner, scan_first *first, error *problem) {
    target->past = &known->past;
    target->past_list = scan_first_number(list);
    first_page_begin(target->past, said, target->past_list, route_size(way->query));
    int size = scan_first_size(target, way, said, inner);
    first->patience = first_page_patience(target->past, said);
    if (size > 0) {
        scan_first_add_size(known, size);
        first->ahead = first_page_lists(target->past);
        first->query = route_resized(way->query, size);
        if (!first->query) {
            error_no_memory(problem);
        }
    }
    scan_first_choose(target, known, way, list, first, problem);
    target->begun_small = first->now;
}

void scan_first_begin(scan *target, walk_plan *way, const first_page_said *said, bool inner, scan_first *first,
                      error *problem) {
    target->filtered = said->filtered;
    bool whole = !way->order.has_lower && !way->order.has_upper && way->wanted < 0;
    if (error_is_set(problem) || said->limited || !whole || !walk_plan_is_one_list(way) ||
        look_is_bound(target->view)) {
        return;
    }
    char *list = walk_plan_address(way);
    scan_first_lists *known = list ? scan_first_known(target, way->query, problem) : NULL;
    if (known) {
        sqlite3 *db = look_connection(target->view)->db;
        first_page_said heard = *said;
        /* Once it is known how scans end, no words are asked for: there may be a scan for each of many rows. */
        bool first_scan = known->past.early == 0 && known->past.further == 0;
        bool may_exist = first_scan && inner && said->bare;
        heard.exists = may_exist && statement_says(db, "EXISTS") && !statement_says(db, "count");
        scan_first_begin_list(target, known, way, list, &heard, inner, first, problem);
    }
    sqlite3_free(list);
}

/* How many rows the first page holds, if it is a full one on which the scan has ended, or one of a list that it has read whole. */
static int64_t scan_first_held(const scan *target) {
    if (target->begun_small || !target->rows) {
        return 0;
    }
    return target->at_row ? (int64_t)feed_page(walk_feed(target->rows))->row_count : target->taken;
}

void scan_first_end(const scan *target) {
    if (target->past) {
        first_page_end end = {target->taken, !target->at_row, scan_first_held(target)};
        first_page_note(target->past, target->past_list, end);
    }
}
