/* The ledger of a list; see ledger.h. */
#include "read/ledger.h"

static bool ledger_is_free(const ledger_free *all, int64_t cost) {
    return all->used + cost <= LEDGER_FREE;
}

bool ledger_may_look_up(const ledger *list, const ledger_free *all, int64_t cost) {
    return (cost > 0 && ledger_is_free(all, cost)) || list->spent + cost <= list->read + 1;
}

int64_t ledger_read_first(const ledger *list, int64_t cost) {
    return list->spent + cost - 1;
}

void ledger_look_up(ledger *list, ledger_free *all, int64_t cost) {
    if (ledger_is_free(all, cost)) {
        all->used += cost;
    } else {
        list->spent += cost;
    }
}
