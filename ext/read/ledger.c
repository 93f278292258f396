/* The ledger of a list; see ledger.h. */
#include "read/ledger.h"

/* What of a cost is more than is still free. */
static int64_t ledger_beyond(const ledger *list, const ledger_free *all, int64_t cost) {
    int64_t of_all = LEDGER_FREE - all->used, of_list = LEDGER_FREE_OF_LIST - list->free;
    int64_t left = of_all < of_list ? of_all : of_list;
    return cost > left ? cost - left : 0;
}

/* Are there so few pages left that reading them costs no more? The first row that is looked up alone may be the only one. */
static bool ledger_is_short(const ledger *list, int64_t cost) {
    int64_t left = list->pages - list->read;
    return left > 0 && left <= cost && list->made + cost > 1;
}

bool ledger_has_more(const ledger *list) {
    return list->pages > list->read;
}

bool ledger_has_no_more(const ledger *list) {
    return list->pages > 0 && list->pages == list->read;
}

static bool ledger_is_long(const ledger *list, int64_t cost) {
    return ledger_has_more(list) && list->made + cost <= list->pages;
}

bool ledger_may_look_up(const ledger *list, const ledger_free *all, int64_t cost) {
    int64_t beyond = ledger_beyond(list, all, cost);
    if (ledger_is_short(list, cost)) {
        return false;
    }
    return (cost > 0 && beyond == 0) || list->spent + beyond <= list->read + 1 || ledger_is_long(list, cost) ||
           list->made + cost <= list->least;
}

int64_t ledger_foreseen(const ledger *list, const ledger_free *all, int64_t cost, int64_t thought, bool sure) {
    bool many = sure && thought > LEDGER_FREE_OF_LIST;
    bool free = cost == 0 || (!many && ledger_beyond(list, all, cost) == 0 && !ledger_is_short(list, thought));
    return free || thought < cost ? cost : thought;
}

void ledger_ask_count(ledger *list, ledger_free *all, int64_t cost) {
    ledger_look_up(list, all, cost);
    list->asked += cost;
}

int64_t ledger_behind(int64_t pages, int64_t rows, int64_t place) {
    int64_t before = place > 0 ? place / rows : 0;
    return before < pages ? pages - before : 1;
}

int64_t ledger_read_first(const ledger *list, const ledger_free *all, int64_t cost) {
    return ledger_is_short(list, cost) ? list->pages : list->spent + ledger_beyond(list, all, cost) - 1;
}

bool ledger_wants_count(const ledger *list, const ledger_free *all, int64_t cost) {
    int64_t further = ledger_read_first(list, all, cost) - list->read;
    bool worth = further >= LEDGER_COUNT_AT_ONCE || list->read >= LEDGER_COUNT_READ;
    return worth && list->pages == 0 && !list->counted && list->spent <= list->read;
}

void ledger_look_up(ledger *list, ledger_free *all, int64_t cost) {
    int64_t beyond = ledger_beyond(list, all, cost);
    all->used += cost - beyond;
    list->free += cost - beyond;
    list->spent += beyond;
    list->made += cost;
}

bool ledger_counts_beside(const ledger *list, const ledger_free *all, int64_t cost) {
    bool last_alone = cost == 1 && list->made + cost >= LEDGER_ALONE;
    return last_alone && list->pages == 0 && !list->counted && ledger_beyond(list, all, cost + 1) == 0;
}

/* Have single look-ups cost so much of a list of which it is known how long it is that pages are read beside them? */
static bool ledger_goes_beside(const ledger *list) {
    int64_t share = list->pages / LEDGER_ALONE_OF;
    return ledger_has_more(list) && list->made - list->asked > (share > LEDGER_ALONE ? share : LEDGER_ALONE);
}

int64_t ledger_read_beside(const ledger *list, const ledger_free *all, int64_t cost) {
    ledger next = *list;
    ledger_free next_free = *all;
    ledger_look_up(&next, &next_free, cost);
    bool steady = cost == 1 && list->spent >= LEDGER_STEADY;
    bool waits = !ledger_may_look_up(&next, &next_free, cost) && !ledger_wants_count(&next, &next_free, cost);
    int64_t waited = steady && waits ? ledger_read_first(&next, &next_free, cost) : 0;
    int64_t bought = cost == 1 && ledger_goes_beside(&next) ? list->read + 1 : 0;
    int64_t coming = ledger_has_no_more(list) ? list->read : 0;
    return waited > 0 ? waited : bought > 0 ? bought : coming;
}
