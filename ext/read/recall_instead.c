/* Reading a list in place of what is looked up in it; see recall_instead.h. */
#include "read/recall_instead.h"

#include <string.h>

#include "plan/address.h"
#include "read/counted.h"
#include "read/recall_inside.h"
#include "read/route.h"
#include "read/walk_sight.h"
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

/* Are they all lists of one service? */
static bool recall_instead_is_of_service(const walk_plan *wide) {
    return wide->given[0] && wide->parents[0].count == 1 && recall_instead_spreads(wide);
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

/*
** Is so much to be read that pages are asked for ahead, and several lists side by side? Where the end is known, nothing lies behind
** it.
*/
static bool recall_instead_hurries(const recall *list, int64_t goal, int64_t values) {
    bool whole = list->account.pages > 0 && goal >= list->account.pages;
    return whole || goal - list->account.read > (values > 1 || list->several ? 1 : RECALL_HURRY);
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

/* Does the source stand where the next step asks for a page, as far as is known? All may have been asked for. */
static bool recall_instead_asks(const recall *list) {
    return list->source && walk_is_at_page_end(list->source) && !ledger_has_no_more(&list->account);
}

/*
** Reads on until so much has been asked for, and then to the end of what has come: a page that has been paid for may be the last.
** Of several lists side by side as much more is asked for as may be read beside look-ups.
*/
static void recall_instead_read_on(recall *list, int64_t goal, int64_t values, const recall_foresight *foresight,
                                   error *problem) {
    walk *given_away = NULL;
    int64_t paid = -1;
    while (!list->whole && !list->given_up && !error_is_set(problem)) {
        int64_t far = list->several && list->goal > goal ? list->goal : goal;
        bool hurries = recall_instead_hurries(list, far, values);
        recall_source(list, hurries ? -1 : 0, problem);
        if (hurries && list->source && list->account.read < far) {
            walk_widen(list->source, far - list->account.read);
        }
        step_result result = recall_note_next(list, &given_away, problem);
        recall_instead_count_read(list);
        paid = paid < 0 && list->account.read >= goal ? list->account.read : paid;
        bool asks = result == STEP_ROW && !list->several && recall_instead_asks(list);
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
static recall_several *recall_instead_several(recall_lists *all, const catalog_resource *resource) {
    for (int i = 0; i < RECALL_KINDS; i++) {
        recall_several *each = &all->several[i];
        if (!each->resource || each->resource == resource) {
            each->resource = resource;
            return each;
        }
    }
    return NULL;
}

/* What has been looked up in several lists, since it is not known in which one it is, has been asked for in that one, too. */
static void recall_instead_count_several(recall *list) {
    const recall_several *several = recall_instead_several(list->all, list->way.resource);
    if (several && recall_instead_is_placed(&list->way)) {
        int64_t more = several->count - list->among_several, left = LEDGER_FREE_OF_LIST - list->account.free;
        list->account.free += more < left ? more : left;
        list->among_several = several->count;
    }
}

/* The list of that name, which may be new. NULL: there is no room for it, or a problem. */
static recall *recall_instead_listed(recall_lists *all, look *view, const walk_plan *wide, const char *name,
                                     error *problem) {
    recall *list = map_get(&all->lists, name);
    if (!list) {
        list = recall_add(all, view, wide, name, problem);
    }
    if (list) {
        recall_instead_count_several(list);
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
        recall_source(list, 0, problem);
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
    int64_t begun = list->source ? walk_sight_begun(list->source) : 0;
    int64_t lists = begun > list->account.read ? begun : list->account.read;
    lists += list->source ? walk_sight_lists(list->source) : 0;
    return cost > each * lists ? cost : each * lists;
}

/*
** Are more lists likely to come than are known, each of which would be asked several times? What is known says too little then of
** what looking up costs: they are read on, as many pages as are free on all lists, until what they are under has come.
*/
static bool recall_instead_spreads_on(const recall *list, const walk_plan *way, int64_t cost, int64_t values) {
    bool several = cost > 0 && recall_instead_each(way) * values >= 2 && recall_instead_spreads(way);
    return several && list->source && list->account.read < LEDGER_FREE && walk_sight_goes_on(list->source);
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

/* How it stands with something that is of use if it is there, and else nobody's problem. */
static look_state recall_instead_state(look_entry *entry) {
    error ignored = {0};
    look_state state = look_poll(entry, &ignored);
    error_clear(&ignored);
    return state;
}

/* Asks for the number of its pages. False: it is not known yet of whom. */
static bool recall_instead_ask_count(recall *list, error *problem) {
    char *address = recall_instead_address(list);
    bool known = address != NULL;
    list->account.counted = known || list->account.read > 0;
    if (known) {
        int64_t before = look_asked(list->view);
        list->above = counted_ask(list->view, &list->way, address, problem);
        ledger_ask_count(&list->account, &list->all->free, look_asked(list->view) - before);
    }
    sqlite3_free(address);
    return known;
}

/* ... which has been told, if it has been asked for. */
static void recall_instead_hear_count(recall *list) {
    look_state state = list->above ? recall_instead_state(list->above) : LOOK_PENDING;
    if (state == LOOK_READY) {
        list->account.pages = counted_told(list->above, &list->way);
    }
    if (state != LOOK_PENDING) {
        look_put(list->above);
        list->above = NULL;
    }
}

/* The same, and waits for it. */
static bool recall_instead_count(recall *list, error *problem) {
    bool known = recall_instead_ask_count(list, problem);
    for (recall_instead_hear_count(list); list->above && !error_is_set(problem); recall_instead_hear_count(list)) {
        look_wait(list->view, problem);
    }
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
    bool come = first && recall_instead_state(first) == LOOK_READY;
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

/* What is asked for beside a single look-up, while that is waited for: where requests go side by side. */
static void recall_instead_look_beside(recall *list, int64_t cost) {
    const ledger_free *free = &list->all->free;
    bool may = look_may_ask_ahead(list->view) && client_concurrency(look_connection(list->view)->client) > 1;
    list->counts = may && ledger_counts_beside(&list->account, free, cost);
    list->goal = may ? ledger_read_beside(&list->account, free, cost) : 0;
    list->steps = true;
    list->under_way = cost;
}

/* May all lists of a service be read in place of the first look-up in them? */
static bool recall_instead_may_count_all(const recall *list, const walk_plan *way, int64_t expected,
                                         const error *problem) {
    bool first = list->account.made == 0 && list->account.pages == 0 && expected > 0;
    bool all = !way->limited && !way->order.has_lower && !way->order.has_upper && recall_instead_spreads(way);
    return first && all && recall_instead_goes_on(list, problem) &&
           statement_wants_all(look_connection(list->view)->db);
}

/*
** What is looked up in all lists of a kind costs a request on each. Where it has been done before, or will be in those of another
** service, too, and counts tell that each of these has one page, they are read: that costs no more, and leaves the next look-up
** nothing to ask for. Returns what the look-up costs.
*/
static int64_t recall_instead_count_all(recall *list, const walk_plan *way, int64_t expected, const recall_count *count,
                                        error *problem) {
    bool may = count->ask_all && recall_instead_may_count_all(list, way, expected, problem);
    recall_several *several = may ? recall_instead_several(list->all, list->way.resource) : NULL;
    bool again = several && (several->count > 0 || several->read);
    bool led = several && !again && recall_instead_look_out(list, expected, count->foresight, problem).led;
    int64_t lists = 0, pages = again || led ? count->ask_all(count->context, &lists, problem) : 0;
    /* Rows that lead to another service may have come meanwhile. */
    bool wanted = again || (pages > 0 && recall_instead_look_out(list, expected, count->foresight, problem).elsewhere);
    if (pages == 0 || !wanted) {
        return expected;
    }
    list->account.pages = pages; /* the ledger looks up where that costs less */
    several->read = several->read || pages == lists;
    return recall_instead_each(way) * lists;
}

/*
** What is looked up in several lists uses up with a few values what is free: once half of that is gone, as many pages are read
** beside, side by side, as look-ups have cost with this one. 0: none.
*/
static int64_t recall_instead_goal_of_several(const recall *list, int64_t cost) {
    bool several = list->several && cost > 0 && 2 * list->account.made >= LEDGER_FREE_OF_LIST;
    bool may = several && look_may_ask_ahead(list->view) && statement_wants_all(look_connection(list->view)->db);
    return may ? list->account.made + cost : 0;
}

/* How much of it is read beside the look-up that is made now. beside: what is foreseen of further ones makes it worth that. */
static void recall_instead_set_goal(recall *list, int64_t cost, int64_t thought, bool beside) {
    int64_t several = beside ? 0 : recall_instead_goal_of_several(list, cost);
    recall_instead_look_beside(list, cost);
    if (beside || several > 0) {
        list->goal = beside ? ledger_read_first(&list->account, &list->all->free, thought) : several;
        list->steps = false;
    }
}

/*
** All lists of a service are read, after look-ups in those of others. What leads to them is begun again and again, so that it comes
** by there once more: as many pages of theirs are read beside as look-ups have cost.
*/
static void recall_instead_read_kin(const recall *list) {
    bool all = recall_instead_is_of_service(&list->way) && look_may_ask_ahead(list->view) &&
               statement_wants_all(look_connection(list->view)->db);
    for (recall *each = all ? list->all->first : NULL; each; each = each->next) {
        bool kin = each != list && each->way.resource == list->way.resource &&
                   recall_instead_is_of_service(&each->way) && strcmp(each->way.query, list->way.query) == 0;
        if (kin && each->goal == 0 && each->account.made > 0 && !each->whole && !each->given_up) {
            each->goal = each->account.made;
            each->steps = false;
        }
    }
}

/* Is nothing free of a look-up in several lists, which are read beside? Then what has been asked for is waited for. */
static bool recall_instead_is_paid_for(const recall *list, int64_t cost) {
    bool used_up = list->account.free + cost > LEDGER_FREE_OF_LIST || list->all->free.used + cost > LEDGER_FREE;
    return list->several && used_up;
}

/* Reads on in the list, if that is its turn. Returns what the look-up will cost; 0: it is there already. */
static int64_t recall_instead_take_turn(recall *list, const walk_plan *way, int64_t expected, const recall_count *count,
                                        error *problem) {
    const ledger_free *free = &list->all->free;
    const recall_foresight *foresight = count->foresight;
    list->account.counted = list->account.counted || !recall_instead_is_one(&list->way);
    recall_instead_read_come(list, problem);
    expected = recall_instead_count_all(list, way, expected, count, problem);
    recall_instead_hear_count(list);
    bool waits = list->steps ? !ledger_has_more(&list->account) && !recall_instead_asks(list)
                             : recall_instead_is_paid_for(list, expected);
    bool stepped = list->goal > 0 && waits && recall_instead_goes_on(list, problem);
    if (stepped) {
        /* Before it has come, nobody knows that the list has a page more, which is what the next look-up is worth. */
        recall_instead_read_on(list, list->account.read, 1, NULL, problem);
    }
    recall_outlook seen = recall_instead_look_out(list, expected, foresight, problem);
    int64_t cost = recall_instead_spread(list, way, expected, seen.values, problem);
    list->several = recall_instead_spreads(way) && cost > recall_instead_each(way);
    int64_t once = recall_instead_counts(list, way, cost, &seen);
    bool turn = seen.begun || !ledger_may_look_up(&list->account, free, once) ||
                recall_instead_spreads_on(list, way, cost, seen.values) ||
                (stepped && ledger_wants_count(&list->account, free, once));
    bool beside =
        !turn && !ledger_may_look_up(&list->account, free, recall_instead_thought(list, way, cost, seen.values));
    if (seen.values > 1 && (turn || beside) && recall_instead_goes_on(list, problem)) {
        foresight->reads(foresight->context, problem);
    }
    if (turn && seen.returns) {
        recall_instead_read_kin(list);
    }
    if (turn && recall_instead_goes_on(list, problem)) {
        list->goal = recall_instead_goal_of_several(list, cost);
    }
    /* More than once only where a count was wrong, or more lists have come. */
    while (turn && recall_instead_goes_on(list, problem)) {
        int64_t counts = recall_instead_counts(list, way, cost, &seen);
        bool wanted = !seen.begun && ledger_wants_count(&list->account, free, counts);
        if (!wanted || !recall_instead_count(list, problem)) {
            int64_t goal = seen.begun ? INT64_MAX : ledger_read_first(&list->account, free, counts);
            recall_instead_read_on(list, goal, seen.values, seen.values > 1 ? foresight : NULL, problem);
        }
        cost = recall_instead_spread(list, way, expected, seen.values, problem);
        counts = recall_instead_counts(list, way, cost, &seen);
        /* Now that a page more has been read, one request may go to whoever knows how many there are. */
        turn = ledger_wants_count(&list->account, free, counts) || !ledger_may_look_up(&list->account, free, counts) ||
               recall_instead_spreads_on(list, way, cost, seen.values);
    }
    recall_instead_set_goal(list, cost, recall_instead_thought(list, way, cost, seen.values), beside);
    return cost;
}

/* Asks for the number of its pages, once somebody waits, and hears of it: pages may be read beside the same look-up then. */
static void recall_instead_count_beside(recall *list, error *problem) {
    bool asked = list->above;
    if (list->counts) {
        list->counts = false;
        recall_instead_ask_count(list, problem);
    }
    recall_instead_hear_count(list);
    if (asked && !list->above && list->under_way == 1) {
        recall_instead_look_beside(list, list->under_way);
    }
}

/*
** For how many rows its pages may be asked for ahead. Of what is bought page by page: for those of the pages that it has, each of
** which is asked for as soon as the one before it has come.
*/
static int64_t recall_instead_wanted(const recall *list) {
    bool known = list->account.pages > 0;
    return !list->steps ? -1 : known ? list->goal * route_size(list->way.query) : 0;
}

/* Goes on in a list without waiting, until so much has been asked for as is its goal. */
static void recall_instead_go_on(recall *list, error *problem) {
    walk *given_away = NULL;
    step_result result = STEP_ROW;
    while (result == STEP_ROW && recall_instead_goes_on(list, problem)) {
        bool more = list->account.read < list->goal;
        if (!more && (!list->source || recall_instead_asks(list))) {
            break;
        }
        recall_source(list, more ? recall_instead_wanted(list) : 0, problem);
        if (more && !list->steps && list->source) {
            walk_widen(list->source, list->goal - list->account.read);
        }
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
        recall_instead_count_beside(each, &ignored);
        error_clear(&ignored);
        if (each->goal > 0) {
            recall_instead_go_on(each, &ignored);
            error_clear(&ignored);
        }
    }
    error_clear(&ignored);
}

void recall_instead_begin(look *view, const walk_plan *wide, int64_t pages, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(wide, problem) : NULL;
    recall *list = name ? map_get(&all->lists, name) : NULL;
    bool begun = list && list->unsure; /* else somebody has come to it, who sees to it himself */
    list = name && !list ? recall_add(all, view, wide, name, problem) : begun && pages > list->goal ? list : NULL;
    if (list) {
        list->beside = pages == INT64_MAX;
        list->unsure = list->steps = !list->beside;
        list->goal = pages;
        recall_instead_go_on(list, problem);
    }
    sqlite3_free(name);
}

int64_t recall_instead_pages(look *view, const walk_plan *wide, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(wide, problem) : NULL;
    const recall *list = name ? map_get(&all->lists, name) : NULL;
    sqlite3_free(name);
    return list ? list->account.read : 0;
}

recall *recall_instead_find(look *view, const walk_plan *way, const walk_plan *wide, const recall_count *count,
                            int64_t *expected, bool *whole, error *problem) {
    recall_lists *all = error_is_set(problem) ? NULL : recall_all(view, problem);
    char *name = all ? walk_plan_name(way, problem) : NULL, *wide_name = name ? walk_plan_name(wide, problem) : NULL;
    bool other = wide_name && strcmp(name, wide_name) != 0; /* else nothing is looked up: the whole list is wanted */
    recall *list = other ? recall_instead_listed(all, view, wide, wide_name, problem) : NULL;
    if (list) {
        list->unsure = false;
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
    recall_several *several = placed ? NULL : recall_instead_several(list->all, list->way.resource);
    if (several) {
        several->count += asked > 0;
    }
    list->latest = asked > 0 ? asked : list->latest;
    ledger_look_up(&list->account, &list->all->free, asked > 0 || expected == 0 ? asked : 1);
}
