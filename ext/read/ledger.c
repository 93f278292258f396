/* The ledger of a list; see ledger.h. */
#include "read/ledger.h"

/* What of a cost is more than is still free. */
static int64_t ledger_beyond(const ledger_free *all, int64_t cost) {
    int64_t left = LEDGER_FREE - all->used;
    return cost > left ? cost - left : 0;
}

bool ledger_may_look_up(const ledger *list, const ledger_free *all, int64_t cost) {
    int64_t beyond = ledger_beyond(all, cost);
    return (cost > 0 && beyond == 0) || list->spent + beyond <= list->read + 1;
}

int64_t ledger_read_first(const ledger *list, const ledger_free *all, int64_t cost) {
    return list->spent + ledger_beyond(all, cost) - 1;
}

void ledger_look_up(ledger *list, ledger_free *all, int64_t cost) {
    int64_t beyond = ledger_beyond(all, cost);
    all->used += cost - beyond;
    list->spent += beyond;
}
