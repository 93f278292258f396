/* The way that a loop took to a list; see scan_kept.h. */
#include "read/scan_kept.h"

#include <string.h>

#include "base/text_hash.h"
#include "plan/plan.h"
#include "read/recall_inside.h"
#include "read/recall_instead.h"
#include "read/scan_rows.h"

enum { SCAN_KEPT = 64 }; /* ways; those beyond take each other's places */

typedef struct scan_kept {
    const void *loop; /* NULL: none is kept here */
    unsigned number;
    recall *list;
    bool instead;
    int64_t cost; /* requests of a look-up in whose place the list is read */
    size_t count;
    sqlite3_value *values[SLOT_COUNT]; /* by which the list was found; copies, owned */
} scan_kept;

typedef struct scan_kept_all {
    scan_kept ways[SCAN_KEPT];
} scan_kept_all;

static void scan_kept_clear(scan_kept *kept) {
    for (size_t i = 0; i < kept->count; i++) {
        sqlite3_value_free(kept->values[i]);
    }
    memset(kept, 0, sizeof *kept);
}

static void scan_kept_release(void *companion) {
    scan_kept_all *all = companion;
    for (size_t i = 0; i < SCAN_KEPT; i++) {
        scan_kept_clear(&all->ways[i]);
    }
}

/* ---- values ---- */

/* What a value is made of: of a text or a blob its bytes, else the number. A text may have to be turned into UTF-8: NULL. */
static const void *scan_kept_bytes(sqlite3_value *value, int64_t *whole, double *real, size_t *length) {
    *length = 0;
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        *whole = sqlite3_value_int64(value);
        *length = sizeof *whole;
        return whole;
    case SQLITE_FLOAT:
        *real = sqlite3_value_double(value);
        *length = sizeof *real;
        return real;
    case SQLITE_NULL:
        return "";
    default: {
        bool text = sqlite3_value_type(value) == SQLITE_TEXT;
        const void *bytes = text ? (const void *)sqlite3_value_text(value) : sqlite3_value_blob(value);
        *length = (size_t)sqlite3_value_bytes(value);
        return bytes || text ? bytes : "";
    }
    }
}

static bool scan_kept_is_same(sqlite3_value *one, sqlite3_value *other) {
    int64_t wholes[2];
    double reals[2];
    size_t lengths[2];
    const void *left = scan_kept_bytes(one, &wholes[0], &reals[0], &lengths[0]);
    const void *right = scan_kept_bytes(other, &wholes[1], &reals[1], &lengths[1]);
    return sqlite3_value_type(one) == sqlite3_value_type(other) && left && right && lengths[0] == lengths[1] &&
           memcmp(left, right, lengths[0]) == 0;
}

static uint64_t scan_kept_add(uint64_t hash, sqlite3_value *value) {
    int64_t whole;
    double real;
    size_t length;
    const void *bytes = scan_kept_bytes(value, &whole, &real, &length);
    uint64_t own = bytes ? text_hash(bytes, length) : 0;
    return text_hash_word(hash, own + (uint64_t)sqlite3_value_type(value));
}

uint64_t scan_kept_number(const scan *target, unsigned number, sqlite3_value **values) {
    const char *service = target->service_sid ? target->service_sid : "";
    uint64_t hash = text_hash_word(text_hash(service, strlen(service)), (uintptr_t)target->resource);
    size_t next = 0;
    for (int i = 0; i < SLOT_LIMIT; i++) {
        plan_slot slot = (plan_slot)i;
        if (plan_has(number, slot)) {
            if (plan_is_list(number, slot)) {
                return 0;
            }
            hash = scan_kept_add(text_hash_word(hash, (uint64_t)slot), values[next++]);
        }
    }
    return hash + (hash == 0);
}

/* ---- which way ---- */

/* The place of the loop's ways under those parents. NULL: an IN list is among the values, or a problem. */
static scan_kept *scan_kept_at(const scan *target, unsigned number, sqlite3_value **values, error *problem) {
    uint64_t hash = text_hash_word(number, (uintptr_t)target->loop);
    size_t next = 0;
    for (int i = 0; i < SLOT_COUNT; i++) {
        plan_slot slot = (plan_slot)i;
        if (!plan_has(number, slot)) {
            continue;
        }
        if (plan_is_list(number, slot)) {
            return NULL;
        }
        hash = plan_is_parent(slot) ? scan_kept_add(hash, values[next]) : hash;
        next++;
    }
    scan_kept_all *all = look_companion(target->view, "kept ways", sizeof *all, scan_kept_release, problem);
    return all ? &all->ways[hash % SCAN_KEPT] : NULL;
}

/*
** Is the list found by that slot's value? One that is read in place of look-ups only by parents: of the rest it is enough to know
** that it is an equality as any.
*/
static bool scan_kept_goes_by(bool instead, plan_slot slot) {
    return !instead || plan_is_parent(slot);
}

/* May the list be told in place of whatever that value looks up? Not of what bounds a stretch of it, or may be NULL. */
static bool scan_kept_may_vary(unsigned number, plan_slot slot, sqlite3_value *value) {
    return slot <= SLOT_EQUAL && !plan_is_by_is(number, slot) && sqlite3_value_type(value) != SQLITE_NULL;
}

/* Do those values lead there? */
static bool scan_kept_leads(const scan_kept *kept, unsigned number, sqlite3_value **values) {
    size_t next = 0, known = 0;
    bool leads = true;
    for (int i = 0; i < SLOT_COUNT && leads; i++) {
        plan_slot slot = (plan_slot)i;
        if (plan_has(number, slot)) {
            sqlite3_value *value = values[next++];
            leads = scan_kept_goes_by(kept->instead, slot) ? scan_kept_is_same(kept->values[known++], value)
                                                           : scan_kept_may_vary(number, slot, value);
        }
    }
    return leads;
}

bool scan_kept_begin(scan *target, unsigned number, sqlite3_value **values, error *problem) {
    const scan_kept *kept = scan_kept_at(target, number, values, problem);
    if (!kept || kept->loop != target->loop || kept->number != number || !kept->list->whole ||
        !scan_kept_leads(kept, number, values)) {
        return false;
    }
    if (kept->instead) {
        recall_instead_told(kept->list, scan_kept_number(target, number, values), kept->cost);
    } else {
        kept->list->returns++;
    }
    scan_rows_recall(target, kept->list, NULL, number, values, problem);
    return true;
}

/* Copies of the values by which it was found. False: there is no memory for them, or the plan has one that may not vary. */
static bool scan_kept_take(scan_kept *kept, unsigned number, sqlite3_value **values) {
    size_t next = 0;
    for (int i = 0; i < SLOT_COUNT; i++) {
        plan_slot slot = (plan_slot)i;
        if (!plan_has(number, slot)) {
            continue;
        }
        sqlite3_value *value = values[next++];
        if (scan_kept_goes_by(kept->instead, slot)) {
            kept->values[kept->count] = sqlite3_value_dup(value);
            if (!kept->values[kept->count++]) {
                return false;
            }
        } else if (!scan_kept_may_vary(number, slot, value)) {
            return false;
        }
    }
    return true;
}

/* Is it the whole one under the given parents, told in place of a look-up, or because the values can be looked up nowhere else? */
static bool scan_kept_is_wide(const scan *target, const walk_plan *way, const walk_plan *wide, int64_t *cost,
                              error *problem) {
    char *name = wide->resource ? walk_plan_name(wide, problem) : NULL;
    char *own = name ? walk_plan_name(way, problem) : NULL;
    bool same = own && strcmp(name, own) == 0;
    bool told = name && recall_number(name) == target->recalled.list->number;
    *cost = same ? 0 : recall_instead_cost(way);
    sqlite3_free(name);
    sqlite3_free(own);
    return told && !(way->paths.count > 0 && way->nothing_else);
}

void scan_kept_note(const scan *target, const walk_plan *way, const walk_plan *wide, unsigned number,
                    sqlite3_value **values) {
    error ignored = {0}; /* it only saves time */
    recall *list = target->recalled.list;
    scan_kept *kept = list && list->whole ? scan_kept_at(target, number, values, &ignored) : NULL;
    if (kept) {
        scan_kept_clear(kept);
        kept->loop = target->loop;
        kept->number = number;
        kept->list = list;
        kept->instead = scan_kept_is_wide(target, way, wide, &kept->cost, &ignored);
        if (error_is_set(&ignored) || !scan_kept_take(kept, number, values)) {
            scan_kept_clear(kept);
        }
    }
    error_clear(&ignored);
}
