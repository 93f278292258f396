/* The loops that a statement will have; see loops.h. */
#include "read/loops.h"

#include "plan/plan.h"

/* Which of its counts a plan adds to. */
static int64_t *loops_kind(loops_table *of, unsigned number, bool other) {
    bool service = plan_has(number, SLOT_PARENT0);
    other =
        other || plan_is_ordered(number) || plan_is_list(number, SLOT_PARENT0) || plan_is_by_is(number, SLOT_PARENT0);
    for (int i = 0; i < SLOT_COUNT && !other; i++) {
        other = i != SLOT_PARENT0 && plan_has(number, (plan_slot)i);
    }
    return other ? &of->other : service ? &of->service : &of->whole;
}

void loops_note(loops *all, const loops_table *of, const loops_plan *made) {
    size_t known = all->count < LOOPS_MAX ? all->count : LOOPS_MAX;
    loops_table *found = NULL;
    for (size_t i = 0; i < known && !found && of->statement != 0; i++) {
        bool same = all->each[i].statement == of->statement && all->each[i].table == of->table;
        found = same ? &all->each[i] : NULL;
    }
    if (!found && of->statement != 0) {
        found = &all->each[all->count++ % LOOPS_MAX];
        *found = *of;
    }
    if (found) {
        ++*loops_kind(found, made->number, made->other);
        found->elsewhere += !made->lists_parents;
        found->apart += !made->looks_up;
    }
}

const loops_table *loops_next(const loops *all, int64_t statement, size_t *place) {
    size_t known = all->count < LOOPS_MAX ? all->count : LOOPS_MAX, first = all->count - known;
    const loops_table *found = NULL;
    for (; *place < known && !found && statement != 0; ++*place) {
        const loops_table *each = &all->each[(first + *place) % LOOPS_MAX];
        found = each->statement == statement ? each : NULL;
    }
    return found;
}
