/* Reading a list in place of what is looked up in it; see recall_instead.h. */
#include "read/recall_instead.h"

#include <string.h>

#include "plan/address.h"
#include "read/recall_inside.h"
#include "read/route.h"
#include "session/statement.h"

enum { RECALL_HURRY = 8 }; /* pages to be read before the next look-up: side by side from here on */

/* How many requests are made on each list that is looked into: for each key, or for each value of a filter. */
static int64_t recall_instead_each(const walk_plan *way) {
    return way->by_segment ? (int64_t)way->segments.count : 1 + (int64_t)way->other_lists.count;
}

/* Are the lists that are looked into yet to be found, by listing what they are under? */
static bool recall_instead_spreads(const walk_plan *way) {
    bool given = true;
    for (int depth = 0; depth < catalog_depth(way->resource); depth++) {
        given = given && way->given[depth];
    }
    return !given && !way->nothing_else;
}

/* How many lists are given to be looked into, beside those of paths. */
static int64_t recall_instead_lists(const walk_plan *way) {
    int64_t lists = way->nothing_else ? 0 : 1;
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        lists *= way->given[depth] && way->parents[depth].count > 0 ? (int64_t)way->parents[depth].count : 1;
    }
    return lists + (int64_t)way->uppers.count;
}

int64_t recall_instead_cost(const walk_plan *way) {
    return (int64_t)way->paths.count + recall_instead_each(way) * recall_instead_lists(way);
}

/* What a look-up costs in the one list if it is known how long that is: a stretch, all the pages behind its place. */
static int64_t recall_instead_stretch(const walk_plan *way, int64_t pages, int64_t cost) {
    const feed_order *order = &way->order;
    bool known = pages > 0 && order->relied && order->has_lower && !order->has_upper && walk_plan_is_one_list(way);
    return known ? ledger_behind(pages, route_size(way->query), order->lower) : cost;
}

/* Has the same been looked up before? Then the look has it, most likely. Notes that it is. */
static bool recall_instead_is_known(recall_lists *all, uint64_t number) {
    uint64_t *slot = &all->looked_up[number % RECALL_LOOK_UPS];
    bool known = *slot == number;
    *slot = number;
    return known;
}

static void recall_instead_count_read(recall *list) {
    list->account.read = list->asked + (list->source ? walk_asked_own(list->source) : 0);
}

/* What has been noted of a list that is given up is of no use. */
static void recall_instead_settle(recall *list, walk *given_away) {
    walk_close(given_away);
    if (list->given_up && list->readers == 0) {
        recall_forget(list);
    }
}

/* Is so much to be read that pages are asked for ahead? Where the end is known, nothing lies behind it. */
static bool recall_instead_hurries(const recall *list, int64_t goal, int64_t values) {
    bool whole = list->account.pages > 0 && goal >= list->account.pages;
    return whole || goal - list->account.read > (values > 1 ? 1 : RECALL_HURRY);
}

/* Waits for a page of it. Rows that have come meanwhile may lead to others, which are asked for beside it (foresight, or NULL). */
static void recall_instead_wait(const recall *list, const recall_foresight *foresight, error *problem) {
    reading_asks_anew(look_connection(list->view));
    walk_pump(list->source, problem);
    if (foresight) {
        foresight->reads(foresight->context, problem);
    }
    if (!error_is_set(problem)) {
        look_wait(list->view, problem);
    }
}

/*
** Reads on until so much has been asked for, and then to the end of what has come: a page that has been paid for may be the last.
*/
static void recall_instead_read_on(recall *list, int64_t goal, int64_t values, const recall_foresight *foresight,
                                   error *problem) {
    walk *given_away = NULL;
    int64_t paid = -1;
    while (!list->whole && !list->given_up && !error_is_set(problem)) {
        bool hurries = recall_instead_hurries(list, goal, values);
        recall_source(list, hurries, problem);
        if (hurries && list->source && list->account.read < goal) {
            walk_widen(list->source, goal - list->account.read);
        }
        step_result result = recall_note_next(list, &given_away, problem);
        recall_instead_count_read(list);
        paid = paid < 0 && list->account.read >= goal ? list->account.read : paid;
        bool asks = result == STEP_ROW && list->source && walk_is_at_page_end(list->source);
        if (paid >= 0 && (list->account.read > paid || asks)) {
            break;
        }
        if (result == STEP_BUSY) {
            recall_instead_wait(list, foresight, problem);
        }
    }
    recall_instead_settle(list, given_away);
}

/* Is it one list, so that what it is under may tell how long it is? */
static bool recall_instead_is_one(const walk_plan *way) {
    return walk_plan_is_one_list(way) || (way->paths_are_lists && way->paths.count == 1);
}

/* ... and is it known where? Else it is looked for under all that it may be under. */
static bool recall_instead_is_placed(const walk_plan *way) {
    return recall_instead_is_one(way) && (way->paths.count > 0 || way->uppers.count > 0 || way->given[0]);
}

/* The count of look-ups of a resource in several lists; NULL: there is no place for it. */
static int64_t *recall_instead_several(recall_lists *all, const catalog_resource *resource) {
    for (int i = 0; i < RECALL_KINDS; i++) {
        recall_several *each = &all->several[i];
        if (!each->resource || each->resource == resource) {
            each->resource = resource;
            return &each->count;
        }
    }
    return NULL;
}

/* What was looked up in several lists before it is known in which one has been asked for in that one, too. */
static void recall_instead_begin_account(recall *list) {
    const int64_t *several = recall_instead_several(list->all, list->way.resource);
    if (several && recall_instead_is_placed(&list->way)) {
        list->account.free = *several < LEDGER_FREE_OF_LIST ? *several : LEDGER_FREE_OF_LIST;
    }
}

/* The list of that name, which may be new. NULL: there is no room for it, or a problem. */
static recall *recall_instead_listed(recall_lists *all, look *view, const walk_plan *wide, const char *name,
                                     error *problem) {
    recall *list = map_get(&all->lists, name);
    if (!list) {
        list = recall_add(all, view, wide, name, problem);
        if (list) {
            recall_instead_begin_account(list);
        }
    }
    return list && list->given_up ? NULL : list;
}

/* May more be read of it, and is that of use? */
static bool recall_instead_goes_on(const recall *list, const error *problem) {
    return !list->whole && !list->given_up && !look_is_bound(list->view) && !error_is_set(problem);
}

/* Lists what they are under, until the first one is asked for: the others of its page are known then. */
static void recall_instead_find_lists(recall *list, error *problem) {
    walk *given_away = NULL;
    while (recall_instead_goes_on(list, problem) && list->count == 0 && list->account.read == 0) {
        recall_source(list, false, problem);
        step_result result = recall_note_next(list, &given_away, problem);
        recall_instead_count_read(list);
        if (result == STEP_BUSY && list->account.read == 0) {
            look_wait(list->view, problem);
        }
    }
    recall_instead_settle(list, given_away);
}

/*
** The cost of a look-up in all of the lists, of several keys or values or of one that will be followed by so many: those that are
** known to be there. Some are once what they are under has been listed, which both ways begin with.
*/
static int64_t recall_instead_spread(recall *list, const walk_plan *way, int64_t cost, int64_t values, error *problem) {
    int64_t each = recall_instead_each(way);
    if (cost == 0 || each * values < 2 || !recall_instead_spreads(way)) {
        return cost;
    }
    recall_instead_find_lists(list, problem);
    int64_t lists = list->account.read + (list->source ? walk_lists_to_come(list->source) : 0);
    return cost > each * lists ? cost : each * lists;
}

/* The address of the one list; sqlite3_malloc'ed. NULL: it is not known yet where it is. */
static char *recall_instead_address(const recall *list) {
    const walk_plan *way = &list->way;
    if (way->paths.count == 1) {
        return sqlite3_mprintf("%s", way->paths.texts[0]);
    }
    bool read = list->page_count > 0;
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

/* How many values will be looked up in the list, as far as can be foreseen: 1 is this one alone. */
static recall_outlook recall_instead_look_out(const recall *list, int64_t cost, const recall_foresight *foresight,
                                              error *problem) {
    bool ended = list->all->ended[list->number % RECALL_SLOTS] == list->number;
    bool foreseeable = foresight && cost > 0 && !list->whole && !list->given_up && look_may_ask_ahead(list->view);
    recall_outlook seen = {.values = 1};
    if (foreseeable) {
        seen = foresight->look(foresight->context, problem);
    }
    seen.begun = seen.begun || ended || list->beside;
    seen.values = seen.values > 1 ? seen.values : 1;
    return seen;
}

/* What it is thought to cost with those that will follow it. */
static int64_t recall_instead_thought(const recall *list, const walk_plan *way, int64_t cost, int64_t values) {
    return cost == 0 || values == 1 ? cost : values * recall_instead_stretch(way, list->account.pages, cost);
}

/* What is the look-up to be counted as? */
static int64_t recall_instead_counts(const recall *list, const walk_plan *way, int64_t cost,
                                     const recall_outlook *seen) {
    int64_t thought = recall_instead_thought(list, way, cost, seen->values);
    return ledger_foreseen(&list->account, &list->all->free, cost, thought, seen->sure);
}

/* Has its first page come? Among other lists, or for a scan. */
static bool recall_instead_has_come(const recall *list, error *problem) {
    char *address = recall_instead_address(list);
    char *tail = address ? sqlite3_mprintf("?%s", list->way.query) : NULL;
    char *path = tail ? address_request(list->way.version, address, tail) : NULL;
    look_entry *first = NULL;
    if (path) {
        look_wish wish = {
            .resource = list->way.resource, .version = list->way.version, .path = path, .only_known = true};
        first = look_get(list->view, &wish, problem);
    }
    error ignored = {0}; /* then it is looked up */
    bool come = first && look_poll(first, &ignored) == LOOK_READY;
    error_clear(&ignored);
    look_put(first);
    sqlite3_free(path);
    sqlite3_free(tail);
    sqlite3_free(address);
    return come;
}

/* What has come of the list is read before anything is looked up in it: that costs no request. */
static void recall_instead_read_come(recall *list, error *problem) {
    bool begun = list->count > 0 || list->source;
    if (!begun && recall_instead_goes_on(list, problem) && recall_instead_is_one(&list->way) &&
        recall_instead_has_come(list, problem)) {
        recall_instead_read_on(list, list->account.read, 1, NULL, problem);
    }
}

/* The page that the next look-up would wait for is asked for beside this one: so far is to be read; 0: no further. */
static int64_t recall_instead_next_goal(const recall *list, int64_t cost) {
    bool may = look_may_ask_ahead(list->view);
    return may ? ledger_read_beside(&list->account, &list->all->free, cost) : 0;
}

/*
** What is looked up in all lists of a kind costs a request on each. Where it has been done before, and counts tell that each of
** these has one page, they are read: that costs no more, and leaves the next look-up nothing to ask for. Returns what the look-up
** costs.
*/
static int64_t recall_instead_count_all(recall *list, const walk_plan *way, int64_t expected, const recall_count *count,
                                        error *problem) {
    bool first = list->account.made == 0 && list->account.pages == 0 && expected > 0;
    bool all = !way->limited && !way->order.has_lower && !way->order.has_upper && recall_instead_spreads(way);
    const int64_t *several = first && all ? recall_instead_several(list->all, list->way.resource) : NULL;
    bool wanted = several && *several > 0 && recall_instead_goes_on(list, problem) &&
                  statement_wants_all(look_connection(list->view)->db);
    int64_t lists = 0, pages = wanted && count->ask_all ? count->ask_all(count->context, &lists, problem) : 0;
    if (pages == 0) {
        return expected;
    }
    list->account.pages = pages; /* the ledger looks up where that costs less */
    return recall_instead_each(way) * lists;
}

/* Reads on in the list, if that is its turn. Returns what the look-up will cost; 0: it is there already. */
static int64_t recall_instead_take_turn(recall *list, const walk_plan *way, int64_t expected, const recall_count *count,
                                        error *problem) {
    const ledger_free *free = &list->all->free;
    const recall_foresight *foresight = count->foresight;
    list->account.counted = list->account.counted || !recall_instead_is_one(&list->way);
    recall_instead_read_come(list, problem);
    expected = recall_instead_count_all(list, way, expected, count, problem);
    bool stepped = list->steps && list->goal > 0 && recall_instead_goes_on(list, problem);
    if (stepped) {
        /* Before it has come, nobody knows that the list has a page more, which is what the next look-up is worth. */
        recall_instead_read_on(list, list->account.read, 1, NULL, problem);
    }
    recall_outlook seen = recall_instead_look_out(list, expected, foresight, problem);
    int64_t cost = recall_instead_spread(list, way, expected, seen.values, problem);
    int64_t once = recall_instead_counts(list, way, cost, &seen);
    bool turn = seen.begun || !ledger_may_look_up(&list->account, free, once) ||
                (stepped && ledger_wants_count(&list->account, free, once));
    bool beside =
        !turn && !ledger_may_look_up(&list->account, free, recall_instead_thought(list, way, cost, seen.values));
    if (seen.values > 1 && (turn || beside) && recall_instead_goes_on(list, problem)) {
        foresight->reads(foresight->context, problem);
    }
    /* More than once only where a count was wrong, or more lists have come. */
    while (turn && recall_instead_goes_on(list, problem)) {
        int64_t counts = recall_instead_counts(list, way, cost, &seen);
        bool wanted = !seen.begun && ledger_wants_count(&list->account, free, counts);
        if (!wanted || !recall_instead_count(list, count, problem)) {
            int64_t goal = seen.begun ? INT64_MAX : ledger_read_first(&list->account, free, counts);
            recall_instead_read_on(list, goal, seen.values, seen.values > 1 ? foresight : NULL, problem);
        }
        cost = recall_instead_spread(list, way, expected, seen.values, problem);
        counts = recall_instead_counts(list, way, cost, &seen);
        /* Now that a page more has been read, one request may go to whoever knows how many there are. */
        turn = ledger_wants_count(&list->account, free, counts) || !ledger_may_look_up(&list->account, free, counts);
    }
    list->steps = !beside;
    list->goal = beside ? ledger_read_first(&list->account, free, recall_instead_thought(list, way, cost, seen.values))
                        : recall_instead_next_goal(list, cost);
    return cost;
}

/* Goes on in a list without waiting, until so much has been asked for as is its goal. */
static void recall_instead_go_on(recall *list, error *problem) {
    walk *given_away = NULL;
    step_result result = STEP_ROW;
    while (result == STEP_ROW && recall_instead_goes_on(list, problem)) {
        bool more = list->account.read < list->goal;
        if (!more && (!list->source || walk_is_at_page_end(list->source))) {
            break;
        }
        recall_source(list, more && !list->steps, problem);
        result = recall_note_next(list, &given_away, problem);
        recall_instead_count_read(list);
        if (result == STEP_BUSY && more && !list->steps) {
            walk_pump(list->source, problem);
        }
    }
    recall_instead_settle(list, given_away);
}

const walk_plan *recall_instead_way(const recall *list) {
    return &list->way;
}

bool recall_instead_foresee(recall *list, const walk_plan *way, int64_t cost, recall_outlook seen,
                            const error *problem) {
    const ledger_free *free = &list->all->free;
    int64_t counts = recall_instead_counts(list, way, cost, &seen);
    bool turn = recall_instead_goes_on(list, problem) && !ledger_may_look_up(&list->account, free, counts);
    int64_t goal = turn ? ledger_read_first(&list->account, free, counts) : 0;
    if (goal > list->goal) {
        list->goal = goal;
        list->steps = false;
    }
    return turn;
}

void recall_instead_pump(look *view) {
    error ignored = {0}; /* whoever comes to it will meet it */
    recall_lists *all = recall_all(view, &ignored);
    for (recall *each = all ? all->first : NULL; each; each = each->next) {
        if (each->goal > 0) {
            recall_instead_go_on(each, &ignored);
            error_clear(&ignored);
        }
    }
    error_clear(&ignored);
}

static void recall_instead_begin_up_to(look *view, const walk_plan *wide, int64_t goal, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(wide, problem) : NULL;
    recall *list = name && !map_has(&all->lists, name) ? recall_add(all, view, wide, name, problem) : NULL;
    if (list) {
        list->beside = goal == INT64_MAX;
        list->goal = goal;
        recall_instead_go_on(list, problem);
    }
    sqlite3_free(name);
}

void recall_instead_begin(look *view, const walk_plan *wide, error *problem) {
    recall_instead_begin_up_to(view, wide, INT64_MAX, problem);
}

void recall_instead_begin_page(look *view, const walk_plan *wide, error *problem) {
    recall_instead_begin_up_to(view, wide, 1, problem);
}

recall *recall_instead_find(look *view, const walk_plan *way, const walk_plan *wide, const recall_count *count,
                            int64_t *expected, bool *whole, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(way, problem) : NULL, *wide_name = name ? walk_plan_name(wide, problem) : NULL;
    bool other = wide_name && strcmp(name, wide_name) != 0; /* else nothing is looked up: the whole list is wanted */
    recall *list = other ? recall_instead_listed(all, view, wide, wide_name, problem) : NULL;
    if (list) {
        list->account.pages = count->pages > 0 ? count->pages : list->account.pages;
        int64_t cost = recall_instead_cost(way);
        list->account.least = recall_instead_lists(way) + (way->paths_are_lists ? (int64_t)way->paths.count : 0);
        *expected = recall_instead_is_known(all, count->what ? count->what : recall_number(name)) ? 0
                    : cost > list->latest                                                         ? cost
                                                                                                  : list->latest;
        *expected = recall_instead_take_turn(list, way, *expected, count, problem);
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

void recall_instead_told(recall *list, uint64_t what, int64_t cost) {
    list->returns++;
    if (!recall_instead_is_known(list->all, what) && list->page_count > 0) {
        look_replace(list->pages[0].entry, cost);
    }
}

void recall_instead_made(recall *list, int64_t expected, int64_t asked) {
    bool placed = recall_instead_is_placed(&list->way);
    int64_t *several = placed ? NULL : recall_instead_several(list->all, list->way.resource);
    if (several) {
        *several += asked > 0;
    }
    list->latest = asked > 0 ? asked : list->latest;
    ledger_look_up(&list->account, &list->all->free, asked > 0 || expected == 0 ? asked : 1);
}
