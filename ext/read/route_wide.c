/* The way to all of a list; see route_wide.h. */
#include "read/route_wide.h"

#include <string.h>

#include "plan/plan.h"

/* Can the list be read whole? Not where it must be given what to look for. */
static bool route_wide_has_list(const route_source *source) {
    const catalog_resource *resource = source->resource;
    bool whole = (resource->list & source->version) && !resource->single;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        whole = whole && !(plan_filter(resource, (plan_slot)slot)->required & source->version);
    }
    return whole;
}

/* What comes in the list's order is no look-up, nor are whole lists, whether or not it is known where all of them are. */
static bool route_wide_is_look_up(unsigned number, const walk_plan *way) {
    if (way->paths.count > 0 && (way->paths_are_lists || way->nothing_else)) {
        return !way->paths_are_lists && way->uppers.count == 0;
    }
    return way->by_segment || !plan_is_ordered(number);
}

/* The same parents, and nothing else. */
static bool route_wide_of_parents(const route_source *source, unsigned number, sqlite3_value **values, walk_plan *wide,
                                  error *problem) {
    sqlite3_value *kept[CATALOG_MAX_PARENTS];
    unsigned bits = 0;
    int next = 0, count = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bool has = plan_has(number, (plan_slot)slot);
        if (has && plan_is_parent((plan_slot)slot)) {
            kept[count++] = values[next];
            bits |= plan_only(number, (plan_slot)slot);
        }
        next += has;
    }
    route_lead lead;
    return route_make(source, bits, count, kept, wide, &lead, problem);
}

/* The lists in which the addresses stand. */
static void route_wide_of_paths(const walk_plan *way, walk_plan *wide, error *problem) {
    wide->nothing_else = wide->paths_are_lists = true;
    for (size_t i = 0; i < way->paths.count && !error_is_set(problem); i++) {
        const char *path = way->paths.texts[i];
        char *base = sqlite3_mprintf("%.*s", (int)(strrchr(path, '/') - path), path);
        if (base) {
            text_list_add(&wide->paths, base, problem);
        } else {
            error_no_memory(problem);
        }
        sqlite3_free(base);
    }
}

bool route_wide_make(const route_source *source, unsigned number, sqlite3_value **values, const walk_plan *way,
                     walk_plan *wide, error *problem) {
    if (error_is_set(problem) || !route_wide_has_list(source) || !route_wide_is_look_up(number, way)) {
        return false;
    }
    bool by_path = way->paths.count > 0 && way->nothing_else; /* else those that are known stand in the lists as well */
    bool made = by_path ? route_wide_of_parents(source, 0, NULL, wide, problem)
                        : route_wide_of_parents(source, number, values, wide, problem);
    if (made && by_path) {
        route_wide_of_paths(way, wide, problem);
    }
    return made && !error_is_set(problem);
}
