/* What SQLite tells, while it plans, of a loop over a table; see resource_loop.h. */
#include "table/resource_loop.h"

enum { LOOP_TELLS_VALUES = 3038000 };

bool resource_loop_is_one_value(sqlite3_index_info *info, int term) {
    if (info->aConstraint[term].op != SQLITE_INDEX_CONSTRAINT_EQ) {
        return true;
    }
#if SQLITE_VERSION_NUMBER >= 3038000
    sqlite3_value *value = NULL;
    return sqlite3_libversion_number() >= LOOP_TELLS_VALUES && sqlite3_vtab_rhs_value(info, term, &value) == SQLITE_OK;
#else
    return false;
#endif
}

/* Is the slot left, or filled by what rows of other tables have? A literal is one value; before 3.38 none shows. */
static bool loop_is_open(sqlite3_index_info *info, const plan *made, plan_slot slot) {
    int term = made->argument[slot];
    bool tells = sqlite3_libversion_number() >= LOOP_TELLS_VALUES;
    return term < 0 || (tells && !made->in[slot] && !resource_loop_is_one_value(info, term));
}

/* Are those of each service listed that rows of other tables are in? A name alone is looked for under each of them. */
static bool loop_lists_parents(sqlite3_index_info *info, const catalog_resource *resource, const plan *made) {
    bool given = plan_given(made, SLOT_PATH) || plan_given(made, SLOT_KEY) || plan_given(made, SLOT_PARENT1);
    return catalog_depth(resource) == 2 && !given && loop_is_open(info, made, SLOT_PARENT0);
}

/* Is each service's own list gone through, or looked into for what rows of other tables have? */
static bool loop_looks_up(sqlite3_index_info *info, const catalog_resource *resource, const plan *made) {
    bool open = catalog_depth(resource) == 1 && !resource->single && !made->unanswerable;
    for (int i = 0; i < SLOT_COUNT && open; i++) {
        plan_slot slot = (plan_slot)i;
        bool may = slot == SLOT_KEY || slot == SLOT_NAME || slot == SLOT_PARENT0;
        open = may ? loop_is_open(info, made, slot) : !plan_given(made, i);
    }
    return open;
}

void resource_loop_note(loops *all, const loops_table *of, sqlite3_index_info *info, const plan *made,
                        bool one_service) {
    const loops_plan noted = {.number = made->number,
                              .other = one_service || made->unanswerable,
                              .lists_parents = loop_lists_parents(info, of->resource, made),
                              .looks_up = loop_looks_up(info, of->resource, made)};
    loops_note(all, of, &noted);
}
