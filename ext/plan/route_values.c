/* The values of a running query; see route_values.h. */
#include "plan/route_values.h"

#include <string.h>

#include "plan/sendable.h"

/* ---- texts ---- */

static void route_take_text(slot_values *taken, const catalog_resource *resource, unsigned version, plan_slot slot,
                            sqlite3_value *value, error *problem) {
    switch (sendable_check(resource, slot, version, value)) {
    case SENDABLE_YES:
        text_list_add(&taken->texts, (const char *)sqlite3_value_text(value), problem);
        break;
    case SENDABLE_NEVER:
        break;
    case SENDABLE_NO:
        taken->usable = false;
        taken->is_text = sqlite3_value_type(value) == SQLITE_TEXT;
    }
}

/* The values of an IN list that SQLite hands over whole (since 3.38; a plan has none before). */
static void route_take_list(slot_values *taken, const catalog_resource *resource, unsigned version, plan_slot slot,
                            sqlite3_value *list, error *problem) {
#if SQLITE_VERSION_NUMBER >= 3038000
    sqlite3_value *value = NULL;
    int rc = sqlite3_vtab_in_first(list, &value);
    for (; rc == SQLITE_OK && value; rc = sqlite3_vtab_in_next(list, &value)) {
        route_take_text(taken, resource, version, slot, value, problem);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_OK) {
        error_set(problem, rc, "%s: the values of an IN list cannot be read", resource->name);
    }
#else
    (void)resource, (void)version, (void)slot, (void)list, (void)problem;
    taken->usable = false;
#endif
}

/*
** Is it compared with a NULL as with any value? That no row has one there is not enough to give none: SQLite before 3.39 hands
** over what WHERE says of the right side of a LEFT JOIN as if it were about its rows, and takes "none" for "make one of
** NULLs".
*/
static bool route_is_null(unsigned number, plan_slot slot, sqlite3_value *value) {
    return plan_is_by_is(number, slot) && sqlite3_value_type(value) == SQLITE_NULL;
}

static void route_take_slot(route_values *all, const catalog_resource *resource, unsigned version, unsigned number,
                            plan_slot slot, sqlite3_value *value, error *problem) {
    slot_values *taken = &all->slots[slot];
    taken->usable = !route_is_null(number, slot, value);
    if (!taken->usable) {
        all->partial = true;
        return;
    }
    if (plan_is_list(number, slot)) {
        route_take_list(taken, resource, version, slot, value, problem);
    } else {
        route_take_text(taken, resource, version, slot, value, problem);
    }
    if (!taken->usable) {
        text_list_clear(&taken->texts);
        all->partial = true;
    } else if (taken->texts.count == 0) {
        all->empty = true;
    }
}

/* ---- bounds of times ---- */

/* Bounds compare as SQLite does it: as texts. */
static void route_narrow(text_list *bound, const text_list *texts, int direction, error *problem) {
    for (size_t i = 0; i < texts->count; i++) {
        if (bound->count == 0 || strcmp(texts->texts[i], bound->texts[0]) * direction > 0) {
            text_list_clear(bound);
            text_list_add(bound, texts->texts[i], problem);
        }
    }
}

static void route_bound_times(route_values *taken, const catalog_resource *resource, unsigned number, error *problem) {
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        const text_list *texts = &taken->slots[slot].texts;
        catalog_comparison comparison = plan_filters_by(resource, (plan_slot)slot);
        if (!taken->slots[slot].usable || comparison == FILTER_EQUAL) {
            continue;
        }
        if (comparison == FILTER_FROM) {
            route_narrow(&taken->since, texts, 1, problem);
        }
        if (comparison == FILTER_UP_TO || plan_is_by_is(number, (plan_slot)slot)) {
            route_narrow(&taken->until, texts, -1, problem);
        }
    }
    if (taken->since.count && taken->until.count && strcmp(taken->since.texts[0], taken->until.texts[0]) > 0) {
        taken->empty = true;
    }
}

/* ---- bounds ---- */

static void route_raise_lower(route_values *taken, int64_t lower) {
    if (!taken->has_lower || lower > taken->lower) {
        taken->has_lower = true;
        taken->lower = lower;
    }
}

static void route_cut_upper(route_values *taken, int64_t upper) {
    if (!taken->has_upper || upper < taken->upper) {
        taken->has_upper = true;
        taken->upper = upper;
    }
}

static void route_bound_integer(route_values *taken, plan_slot slot, int64_t value) {
    bool above = slot == SLOT_AFTER, below = slot == SLOT_BEFORE;
    if ((above && value == INT64_MAX) || (below && value == INT64_MIN)) {
        taken->empty = true;
        return;
    }
    if (slot == SLOT_EQUAL || slot == SLOT_FROM || above) {
        route_raise_lower(taken, above ? value + 1 : value);
    }
    if (slot == SLOT_EQUAL || slot == SLOT_UP_TO || below) {
        route_cut_upper(taken, below ? value - 1 : value);
    }
}

/*
** A bound that is no whole number: the whole numbers on its right side. Far outside, it bounds nothing or everything.
*/
static void route_bound_real(route_values *taken, plan_slot slot, double value) {
    const double most = 9223372036854775808.0; /* 2^63: the first that is no 64-bit integer */
    bool lower = slot == SLOT_AFTER || slot == SLOT_FROM, upper = slot == SLOT_BEFORE || slot == SLOT_UP_TO;
    if (value >= most || value < -most) {
        bool all = lower ? value < 0 : upper && value > 0;
        taken->empty = taken->empty || !all;
        return;
    }
    int64_t whole = (int64_t)value; /* cut towards zero */
    if ((double)whole == value) {
        route_bound_integer(taken, slot, whole);
    } else if (lower) {
        route_raise_lower(taken, whole + (value > 0));
    } else if (upper) {
        route_cut_upper(taken, whole - (value < 0));
    } else {
        taken->empty = true;
    }
}

static void route_take_bound(route_values *taken, unsigned number, plan_slot slot, sqlite3_value *value) {
    if (route_is_null(number, slot, value)) {
        taken->partial = true;
        return;
    }
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        route_bound_integer(taken, slot, sqlite3_value_int64(value));
        break;
    case SQLITE_FLOAT:
        route_bound_real(taken, slot, sqlite3_value_double(value));
        break;
    case SQLITE_NULL:
        taken->empty = true;
        break;
    default:
        /* How a text compares with a number depends on affinities that are not seen from here. */
        taken->partial = true;
    }
}

/* ---- LIMIT ---- */

static void route_take_count(route_values *taken, plan_slot slot, sqlite3_value *value) {
    int64_t count = sqlite3_value_type(value) == SQLITE_INTEGER ? sqlite3_value_int64(value) : -1;
    if (slot == SLOT_LIMIT) {
        taken->limit = count < 0 ? -1 : count;
    } else if (taken->limit >= 0 && count > 0) {
        taken->limit = count < INT64_MAX - taken->limit ? taken->limit + count : -1;
    }
}

void route_values_read(route_values *taken, const catalog_resource *resource, unsigned version, unsigned number,
                       int value_count, sqlite3_value **values, error *problem) {
    int next = 0;
    taken->limit = -1;
    if (!plan_is_sound(resource, number, value_count)) {
        error_set(problem, SQLITE_INTERNAL, "%s: %u is no plan of this table for %d values", resource->name, number,
                  value_count);
        return;
    }
    for (int i = 0; i < SLOT_COUNT && next < value_count; i++) {
        plan_slot slot = (plan_slot)i;
        if (!plan_has(number, slot)) {
            continue;
        }
        sqlite3_value *value = values[next++];
        if (slot < SLOT_EQUAL) {
            route_take_slot(taken, resource, version, number, slot, value, problem);
        } else if (slot < SLOT_LIMIT) {
            route_take_bound(taken, number, slot, value);
        } else {
            route_take_count(taken, slot, value);
        }
    }
    route_bound_times(taken, resource, number, problem);
    taken->empty = taken->empty || (taken->has_lower && taken->has_upper && taken->lower > taken->upper);
}

void route_values_clear(route_values *taken) {
    for (int slot = 0; slot < SLOT_EQUAL; slot++) {
        text_list_clear(&taken->slots[slot].texts);
    }
    text_list_clear(&taken->since);
    text_list_clear(&taken->until);
}
