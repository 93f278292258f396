/* Reading a list in place of what is looked up in it; see recall_instead.h. */
#include "read/recall_instead.h"

#include <string.h>

#include "read/recall_inside.h"

enum { RECALL_HURRY = 8 }; /* pages to be read before the next look-up: side by side from here on */

/* What a look-up will cost, as far as can be seen: what must be listed on the way counts as one. */
static int64_t recall_instead_cost(const walk_plan *way) {
    int64_t cost = way->by_segment ? (int64_t)way->segments.count : 1;
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        cost *= way->given[depth] && way->parents[depth].count > 0 ? (int64_t)way->parents[depth].count : 1;
    }
    return way->paths.count > 0 ? (int64_t)way->paths.count : cost;
}

/* Has the same been looked up before? Then the look has it, most likely. Notes that it is. */
static bool recall_instead_is_known(recall_lists *all, const char *name) {
    uint64_t number = recall_number(name), *slot = &all->looked_up[number % RECALL_LOOK_UPS];
    bool known = *slot == number;
    *slot = number;
    return known;
}

static void recall_instead_count_read(recall *list) {
    list->account.read = list->asked + (list->source ? walk_asked(list->source) : 0);
}

/*
** Reads on until so much has been asked for, and then to the end of what has come: a page that has been paid for may be the last.
*/
static void recall_instead_read_on(recall *list, int64_t goal, error *problem) {
    walk *given_away = NULL;
    int64_t paid = -1;
    while (!list->whole && !list->given_up && !error_is_set(problem)) {
        recall_source(list, goal - list->account.read > RECALL_HURRY, problem);
        step_result result = recall_note_next(list, &given_away, problem);
        recall_instead_count_read(list);
        paid = paid < 0 && list->account.read >= goal ? list->account.read : paid;
        bool asks = result == STEP_ROW && list->source && feed_is_at_page_end(walk_feed(list->source));
        if (paid >= 0 && (list->account.read > paid || asks)) {
            break;
        }
        if (result == STEP_BUSY) {
            walk_pump(list->source, problem);
            look_wait(list->view, problem);
        }
    }
    walk_close(given_away);
    if (list->given_up && list->readers == 0) {
        recall_forget(list);
    }
}

/* The list of that name, which may be new. NULL: there is no room for it, or a problem. */
static recall *recall_instead_listed(recall_lists *all, look *view, const walk_plan *wide, const char *name,
                                     error *problem) {
    recall *list = map_get(&all->lists, name);
    list = list ? list : recall_add(all, view, wide, name, problem);
    return list && list->given_up ? NULL : list;
}

/* The address of the one list; sqlite3_malloc'ed. NULL: it is not one, or not known yet where. */
static char *recall_instead_address(const recall *list) {
    const walk_plan *way = &list->way;
    if (way->paths_are_lists && way->paths.count == 1) {
        return sqlite3_mprintf("%s", way->paths.texts[0]);
    }
    bool read = list->page_count > 0 && walk_plan_is_one_list(way);
    return read ? sqlite3_mprintf("%s", feed_base(list->pages[0].list)) : walk_plan_address(way);
}

/* Asks for the number of its pages. False: it is not known yet of whom. */
static bool recall_instead_count(recall *list, const recall_count *count, error *problem) {
    char *address = recall_instead_address(list);
    bool known = address != NULL;
    list->account.counted = known || list->account.read > 0;
    if (known) {
        int64_t before = look_asked(list->view);
        list->account.pages = count->ask(count->context, address, problem);
        ledger_look_up(&list->account, &list->all->free, look_asked(list->view) - before);
    }
    sqlite3_free(address);
    return known;
}

/* Reads on in the list, if that is its turn. cost: of the look-up; 0: it is there already. */
static void recall_instead_take_turn(recall *list, int64_t cost, const recall_count *count, error *problem) {
    const recall_lists *all = list->all;
    bool ended = all->ended[list->number % RECALL_SLOTS] == list->number;
    bool turn = ended || !ledger_may_look_up(&list->account, &all->free, cost);
    while (turn && !list->whole && !list->given_up && !look_is_bound(list->view) && !error_is_set(problem)) {
        bool wanted = !ended && ledger_wants_count(&list->account, &all->free, cost);
        if (!wanted || !recall_instead_count(list, count, problem)) {
            int64_t goal = ended ? INT64_MAX : ledger_read_first(&list->account, &all->free, cost);
            recall_instead_read_on(list, goal, problem);
        }
        /* Now that a page more has been read, one request may go to whoever knows how many there are. */
        turn = ledger_wants_count(&list->account, &all->free, cost) ||
               !ledger_may_look_up(&list->account, &all->free, cost);
    }
}

recall *recall_instead_find(look *view, const walk_plan *way, const walk_plan *wide, const recall_count *count,
                            int64_t *expected, bool *whole, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(way, problem) : NULL, *wide_name = name ? walk_plan_name(wide, problem) : NULL;
    bool other = wide_name && strcmp(name, wide_name) != 0; /* else nothing is looked up: the whole list is wanted */
    recall *list = other ? recall_instead_listed(all, view, wide, wide_name, problem) : NULL;
    if (list) {
        int64_t cost = recall_instead_cost(way);
        list->account.pages = count->pages > 0 ? count->pages : list->account.pages;
        *expected = recall_instead_is_known(all, name) ? 0 : cost > list->latest ? cost : list->latest;
        recall_instead_take_turn(list, *expected, count, problem);
        *whole = list->whole;
        list->returns += list->whole;
        if (list->whole && list->page_count > 0 && *expected > 0) {
            look_replace(list->pages[0].entry, cost);
        }
    }
    sqlite3_free(name);
    sqlite3_free(wide_name);
    return error_is_set(problem) || !list || list->given_up ? NULL : list;
}

void recall_instead_made(recall *list, int64_t expected, int64_t asked) {
    list->latest = asked > 0 ? asked : list->latest;
    ledger_look_up(&list->account, &list->all->free, asked > 0 || expected == 0 ? asked : 1);
}
