/* With what a scan of one list begins; see scan_first.h. */
#include "read/scan_first.h"

#include <string.h>

#include "plan/address.h"
#include "read/route.h"

/* One row alone does not show whether the server has kept the order that it was asked for. */
enum { SCAN_FIRST_NEWEST = 2 };

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

/* How scans of such lists have ended. */
static first_page_past *scan_first_past(const scan *target, const char *query, error *problem) {
    char *key = sqlite3_mprintf("first %u %s?%s", target->version, target->resource->name, query);
    first_page_past *past = NULL;
    if (key) {
        past = look_companion(target->view, key, sizeof *past, NULL, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return past;
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
static void scan_first_note_stretch(const scan *target, const walk_plan *way, error *problem) {
    bool newest = strcmp(way->query, way->newest_query) == 0;
    first_page_past *past = newest ? scan_first_past(target, way->newest_query, problem) : NULL;
    if (past) {
        first_page_note(past, FIRST_PAGE_MOST + 1, false);
    }
}

bool scan_first_turn(const scan *target, walk_plan *way, error *problem) {
    bool possible = way->newest_query && !error_is_set(problem) && walk_plan_is_one_list(way);
    char *list = possible ? walk_plan_address(way) : NULL;
    bool turned = list && scan_first_turn_to(target, way, list, SCAN_FIRST_NEWEST, problem);
    if (list && !turned && !error_is_set(problem)) {
        scan_first_note_stretch(target, way, problem);
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

/* The list may be begun small or full; what has been asked for of it already is taken, whichever it is. */
static bool scan_first_is_small(const scan *target, const walk_plan *way, const scan_first *first, error *problem) {
    char *list = walk_plan_address(way);
    bool full = scan_first_is_asked(target, list, way->query, problem);
    bool small = !full && (first->ahead || scan_first_is_asked(target, list, first->query, problem));
    sqlite3_free(list);
    return small;
}

void scan_first_begin(scan *target, walk_plan *way, const first_page_said *said, bool inner, scan_first *first,
                      error *problem) {
    bool whole = !way->order.has_lower && !way->order.has_upper && way->wanted < 0;
    if (error_is_set(problem) || said->checked || said->limited || !whole || !walk_plan_is_one_list(way) ||
        look_is_bound(target->view)) {
        return;
    }
    target->past = scan_first_past(target, way->query, problem);
    int64_t rows = target->past ? first_page_rows(target->past, said, inner) : 0;
    int size = (int)rows > 1 ? (int)rows : 1;
    size = way->order.descending && size < SCAN_FIRST_NEWEST ? SCAN_FIRST_NEWEST : size;
    first->may_be_enough = first_page_may_be_enough(said);
    if (error_is_set(problem) || size >= route_size(way->query)) {
        return;
    }
    first->query = route_resized(way->query, size);
    if (!first->query) {
        error_no_memory(problem);
        return;
    }
    first->ahead = rows > 0;
    first->now = scan_first_is_small(target, way, first, problem);
    way->first_query = first->now ? sqlite3_mprintf("%s", first->query) : NULL;
    if (first->now && !way->first_query) {
        error_no_memory(problem);
    }
}

void scan_first_end(const scan *target) {
    if (target->past) {
        first_page_note(target->past, target->taken, !target->at_row);
    }
}
