/* The pages of one list in their order; see chain.h. */
#include "read/chain.h"

#include <string.h>

#include "rest/url.h"

enum { CHAIN_SMALLEST_HALF = 20 };

void chain_refuse(const chain *target, error *problem, const char *reason) {
    error_set(problem, SQLITE_ERROR, "%s: GET %s: %s", target->resource->name, chain_path(target), reason);
    look_refuse(target->links[0].entry, reason);
}

/* ---- links ---- */

/* The path to try when the server fails on this one, or NULL. */
static char *chain_smaller(const chain *target, const char *path) {
    return target->list && url_page_size(path) / 2 >= CHAIN_SMALLEST_HALF ? url_halve_pages(path) : NULL;
}

static void chain_append(chain *target, const char *path, bool guessed, error *problem) {
    char *smaller = chain_smaller(target, path);
    look_wish wish = {.resource = target->resource,
                      .version = target->version,
                      .path = path,
                      .single = !target->list,
                      .purpose = target->purpose,
                      .retries_spent = target->halvings,
                      .has_smaller = smaller != NULL,
                      .goes_on = (target->count > 0 && !guessed) || target->urgent};
    int64_t before = look_asked(target->view);
    look_entry *entry = look_get(target->view, &wish, problem);
    target->asked += look_asked(target->view) - before;
    sqlite3_free(smaller);
    if (entry) {
        target->links[target->count++] = (chain_link){.entry = entry, .guessed = guessed};
    }
}

static void chain_drop_from(chain *target, size_t position) {
    while (target->count > position) {
        chain_link *last = &target->links[--target->count];
        look_put(last->entry);
        sqlite3_free(last->next);
    }
}

void chain_rest(chain *target) {
    chain_drop_from(target, 1);
}

void chain_open(chain *target, look *view, const look_wish *first, error *problem) {
    memset(target, 0, sizeof *target);
    target->view = view;
    target->resource = first->resource;
    target->version = first->version;
    target->list = !first->single;
    target->purpose = first->purpose;
    target->urgent = first->goes_on;
    target->first = true;
    target->landmark_due = 1;
    chain_append(target, first->path, false, problem);
}

void chain_close(chain *target) {
    chain_drop_from(target, 0);
    sqlite3_free(target->landmark);
    target->landmark = NULL;
}

page *chain_page(const chain *target) {
    return look_page(target->links[0].entry);
}

const char *chain_path(const chain *target) {
    return look_path(target->links[0].entry);
}

bool chain_has_next(const chain *target) {
    return target->links[0].next != NULL;
}

page *chain_page_at(const chain *target, size_t link) {
    error ignored = {0}; /* whoever reads the list will meet it */
    bool there = link < target->count && look_poll(target->links[link].entry, &ignored) == LOOK_READY;
    error_clear(&ignored);
    return there ? look_page(target->links[link].entry) : NULL;
}

void chain_report_missing(const chain *target, error *problem) {
    const char *message = look_message(target->links[0].entry);
    if (message) {
        error_set(problem, SQLITE_ERROR, "%s", message);
    } else {
        error_no_memory(problem);
    }
}

/* ---- where the next page is ---- */

/*
** The request path of the page that this one's names; NULL: it names none, or one that is not followed, with the
** reason in problem.
*/
static char *chain_follow(const chain *target, const chain_link *link, error *problem) {
    const char *next = target->list ? look_next(link->entry) : NULL;
    const connection *shared = look_connection(target->view);
    if (!next) {
        return NULL;
    }
    if (look_moved(target->view)) { /* else the old server's address would be refused, and that server blamed */
        error_set(problem, SQLITE_ERROR, "%s", look_moved(target->view));
        return NULL;
    }
    if (client_secret_is_in(shared->client, next)) {
        /* It would stand in chat_requests and in messages. */
        error_set(problem, SQLITE_ERROR, "the server's next page URL repeats the credentials: not followed");
        return NULL;
    }
    return url_follow(client_origin(shared->client, shared->account, catalog_generation_of(target->version)->origin),
                      look_path(link->entry), next, problem);
}

/* Finds out where the page after this one is; the link's page must be there. problem: why it cannot be followed. */
static void chain_resolve(const chain *target, chain_link *link, error *problem) {
    if (!link->resolved && !error_is_set(problem)) {
        link->next = chain_follow(target, link, problem);
        link->resolved = !error_is_set(problem);
    }
}

/* Brent's way to find a circle: compare with one remembered page, and remember anew after 1, 2, 4, 8 ... pages. */
static void chain_check_circle(chain *target, error *problem) {
    const char *next = target->links[0].next;
    if (!next) {
        return;
    }
    if ((target->landmark && strcmp(target->landmark, next) == 0) || strcmp(chain_path(target), next) == 0) {
        chain_refuse(target, problem, "the server's next pages go round in a circle");
        return;
    }
    if (++target->pages >= target->landmark_due) {
        sqlite3_free(target->landmark);
        target->landmark = sqlite3_mprintf("%s", next);
        target->landmark_due *= 2;
        if (!target->landmark) {
            error_no_memory(problem);
        }
    }
}

/* The server's own next URL shows whether it counts pages plainly: only then are numbers guessed. */
static void chain_learn_numbers(chain *target) {
    char *number = target->links[0].next ? url_next_number(target->links[0].next) : NULL;
    if (!number) {
        target->guesses = 0;
    } else if (target->guesses == 0) {
        target->guesses = 1;
    }
    sqlite3_free(number);
}

static void chain_settle(chain *target, error *problem) {
    error refusal = {0};
    chain_resolve(target, &target->links[0], &refusal);
    if (refusal.message) {
        chain_refuse(target, problem, refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    } else {
        chain_check_circle(target, problem);
        chain_learn_numbers(target);
        target->links[0].settled = !error_is_set(problem);
    }
    error_clear(&refusal);
}

/* Asks for the current page again at half the size, if that may help. */
static bool chain_halve(chain *target, error *problem) {
    int retries = settings_integer(&look_connection(target->view)->settings, SETTING_MAX_RETRIES);
    bool may = look_is_overtaxed(target->links[0].entry) && target->halvings < retries;
    char *path = may ? chain_smaller(target, chain_path(target)) : NULL;
    if (!path) {
        return false;
    }
    error_clear(problem);
    chain_drop_from(target, 0);
    target->halvings++;
    target->guesses = 0;
    chain_append(target, path, false, problem);
    sqlite3_free(path);
    return !error_is_set(problem);
}

look_state chain_poll(chain *target, error *problem) {
    chain_link *current = &target->links[0];
    if (current->settled) {
        return LOOK_READY;
    }
    look_state state = look_poll(current->entry, problem);
    if (state != LOOK_PENDING) {
        look_use(current->entry);
    }
    if (state == LOOK_FAILED && chain_halve(target, problem)) {
        return LOOK_PENDING;
    }
    if (state == LOOK_READY) {
        target->halvings = 0;
        chain_settle(target, problem);
    }
    return error_is_set(problem) ? LOOK_FAILED : state;
}

/* ---- going on ---- */

static void chain_drop_current(chain *target) {
    look_put(target->links[0].entry);
    sqlite3_free(target->links[0].next);
    target->count--;
    memmove(&target->links[0], &target->links[1], target->count * sizeof target->links[0]);
}

/* Doubles the number of guesses when one proves right. */
static void chain_reward_guess(chain *target) {
    size_t widest = (size_t)client_concurrency(look_connection(target->view)->client);
    if (target->links[1].guessed && target->guesses < widest) {
        target->guesses = target->guesses * 2 < widest ? target->guesses * 2 : widest;
    }
}

look_state chain_await_next(chain *target, error *problem) {
    if (target->count == 1) {
        chain_append(target, target->links[0].next, false, problem);
    }
    look_state state = error_is_set(problem) ? LOOK_FAILED : look_poll(target->links[1].entry, problem);
    if (state != LOOK_PENDING && target->count > 1) {
        look_use(target->links[1].entry);
    }
    return state;
}

void chain_turn(chain *target, error *problem) {
    const char *next = target->links[0].next;
    if (target->count > 1 && strcmp(look_path(target->links[1].entry), next) != 0) {
        chain_drop_from(target, 1);
        target->guesses = 0;
    }
    if (target->count == 1) {
        chain_append(target, next, false, problem);
    } else {
        chain_reward_guess(target);
    }
    if (!error_is_set(problem)) {
        chain_drop_current(target);
        target->first = false;
    }
}

/* The path of the page after the last link: named by it if that has come, or guessed. NULL: unknown, or none. */
static char *chain_path_ahead(chain *target, const chain_limit *limit, bool *guessed, error *problem) {
    chain_link *last = &target->links[target->count - 1];
    error ignored = {0};
    *guessed = false;
    if (target->count > 1 && !last->resolved && look_poll(last->entry, &ignored) == LOOK_READY) {
        chain_resolve(target, last, &ignored);
    }
    char *named = last->resolved || !limit->whole ? NULL : chain_follow(target, last, &ignored);
    bool failed = error_is_set(&ignored);
    error_clear(&ignored);
    if (named) {
        return named;
    }
    if (last->resolved) {
        if (target->count > 1 && limit->ends && limit->ends(limit->context, look_page(last->entry))) {
            return NULL;
        }
        char *copy = last->next ? sqlite3_mprintf("%s", last->next) : NULL;
        if (last->next && !copy) {
            error_no_memory(problem);
        }
        return copy;
    }
    *guessed = true;
    /* The current page has named the one after it: the links from the third on are guesses. */
    bool may = target->count > 1 && !failed && target->count - 2 < target->guesses && target->count <= limit->guesses;
    return may ? url_next_number(look_path(last->entry)) : NULL;
}

static void chain_extend(chain *target, const chain_limit *limit, error *problem) {
    size_t pages = limit->pages;
    size_t most = pages < CHAIN_AHEAD_MAX ? pages : CHAIN_AHEAD_MAX;
    const connection *shared = look_connection(target->view);
    while (target->count <= most && !error_is_set(problem) &&
           ((limit->urgent && target->count == 1) || reading_has_room(shared))) {
        bool guessed;
        char *path = chain_path_ahead(target, limit, &guessed, problem);
        if (!path) {
            return;
        }
        chain_append(target, path, guessed, problem);
        sqlite3_free(path);
    }
}

/* Is it known where the page after the current one is? It may be, while that is still coming. */
static bool chain_knows_next(const chain *target, const chain_limit *limit) {
    return target->links[0].settled || (limit->whole && look_next(target->links[0].entry));
}

void chain_pump(chain *target, const chain_limit *limit, error *problem) {
    if (chain_knows_next(target, limit) && look_may_ask_ahead(target->view)) {
        chain_extend(target, limit, problem);
    }
}

void chain_count(const chain *target, growth *side_by_side) {
    const chain_link *last = target->count > 0 ? &target->links[target->count - 1] : NULL;
    bool complete = !target->list || !last || (last->resolved && !last->next);
    growth_count(side_by_side, target->count, target->pages, complete);
}

size_t chain_depth(const chain *target) {
    return CHAIN_WAITING_GUESSES + (size_t)look_used(target->view, target->resource);
}

void chain_read_ahead(chain *target) {
    chain_link *first = &target->links[0];
    error ignored = {0}; /* whoever reads the list will meet it */
    if (target->alone) {
        return;
    }
    if (target->count > 0 && !first->resolved && look_poll(first->entry, &ignored) == LOOK_READY) {
        chain_resolve(target, first, &ignored);
    }
    chain_limit limit = {.pages = chain_depth(target), .guesses = CHAIN_WAITING_GUESSES, .whole = true};
    if (target->count > 0 && (first->resolved || chain_knows_next(target, &limit))) {
        chain_extend(target, &limit, &ignored);
    }
    error_clear(&ignored);
}
