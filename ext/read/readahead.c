/* Join readahead; see readahead.h. */
#include "read/readahead.h"

#include <string.h>

static void readahead_close(chain *list) {
    if (list) {
        chain_close(list);
        sqlite3_free(list);
    }
}

static chain *readahead_open(const readahead_lists *state, look *view, const char *path, readahead_manner manner,
                             error *problem) {
    chain *list = sqlite3_malloc64(sizeof *list);
    if (!list) {
        error_no_memory(problem);
        return NULL;
    }
    look_wish wish = {.resource = state->resource,
                      .version = state->version,
                      .path = path,
                      .single = state->resource->single,
                      .purpose = state->purpose,
                      .goes_on = manner.urgent};
    chain_open(list, view, &wish, problem);
    list->alone = manner.alone;
    if (error_is_set(problem)) {
        readahead_close(list);
        return NULL;
    }
    return list;
}

static void readahead_drop(readahead_lists *state, size_t count) {
    for (size_t i = 0; i < count; i++) {
        readahead_close(state->guesses[i]);
    }
    state->count -= count;
    memmove(state->guesses, state->guesses + count, state->count * sizeof state->guesses[0]);
}

/* Gives all back, cutting off guesses that are under way. */
static void readahead_clear(void *companion) {
    readahead_lists *state = companion;
    readahead_drop(state, state->count);
    readahead_close(state->current);
    sqlite3_free(state->begun);
    sqlite3_free(state->expected);
    memset(state, 0, sizeof *state);
}

readahead_lists *readahead_of(look *view, char *key, error *problem) {
    return look_companion_of(view, key, sizeof(readahead_lists), readahead_clear, problem);
}

/* Where a path stands among the guesses; count if nowhere. */
static size_t readahead_find(const readahead_lists *state, const char *path) {
    size_t i = 0;
    while (i < state->count && strcmp(chain_path(state->guesses[i]), path) != 0) {
        i++;
    }
    return i;
}

bool readahead_has(const readahead_lists *state, const char *path) {
    return readahead_find(state, path) < state->count ||
           (state->current && strcmp(chain_path(state->current), path) == 0);
}

/* Is it the list that was to come next? */
static bool readahead_was_expected(const readahead_lists *state, const char *begun) {
    bool expected = state->expected && strcmp(begun, state->expected) == 0;
    return expected || (state->count > 0 && strcmp(begun, chain_path(state->guesses[0])) == 0);
}

bool readahead_is_proven(readahead_lists *state, char *begun, char *next) {
    bool same = begun && state->begun && strcmp(begun, state->begun) == 0;
    state->proven = state->proven || (begun && readahead_was_expected(state, begun));
    if (!same || !state->expected) {
        sqlite3_free(state->begun);
        sqlite3_free(state->expected);
        state->begun = begun;
        state->expected = next;
    } else {
        sqlite3_free(begun);
        sqlite3_free(next);
    }
    return state->proven;
}

size_t readahead_widest(const look *view) {
    size_t widest = 2 * (size_t)client_concurrency(look_connection(view)->client);
    return widest < READAHEAD_MAX ? widest : READAHEAD_MAX;
}

static void readahead_set_stride(readahead_lists *state, const look *view, bool hit, bool wasted) {
    size_t widest = readahead_widest(view);
    if (state->unsure) {
        return;
    }
    if (wasted || state->stride == 0) {
        state->stride = state->wide && !wasted ? widest / 2 : 1;
    } else if (hit && state->stride < widest) {
        state->stride = state->stride * 4 < widest ? state->stride * 4 : widest;
    }
}

static int64_t readahead_pages(const readahead_lists *state, size_t count) {
    int64_t pages = 0;
    for (size_t i = 0; i < count; i++) {
        pages += (int64_t)state->guesses[i]->count;
    }
    return pages;
}

/* Where those before it are still to come, it takes the first one's place. */
static size_t readahead_bring_forward(readahead_lists *state, size_t position) {
    chain *found = state->guesses[position];
    memmove(state->guesses + 1, state->guesses, position * sizeof state->guesses[0]);
    state->guesses[0] = found;
    return 0;
}

/* Takes the guess for the scan that begins, if there is one; what was guessed before it has gone by unused. */
static void readahead_take(readahead_lists *state, const look *view, const char *path) {
    size_t position = readahead_find(state, path);
    bool hit = position < state->count;
    if (state->any_order) {
        position = hit ? readahead_bring_forward(state, position) : 0;
    }
    state->wasted += readahead_pages(state, position);
    readahead_close(state->current);
    state->current = hit ? state->guesses[position] : NULL;
    if (hit) {
        state->guesses[position] = NULL;
    }
    readahead_drop(state, hit ? position + 1 : position);
    readahead_set_stride(state, view, hit, position > 0);
}

void readahead_give_up(readahead_lists *state, readahead_is_past *is_past, const void *context) {
    size_t left = 0;
    for (size_t i = 0; i < state->count; i++) {
        chain *list = state->guesses[i];
        if (is_past(context, chain_path(list))) {
            state->wasted += (int64_t)list->count;
            readahead_close(list);
        } else {
            state->guesses[left++] = list;
        }
    }
    state->count = left;
}

/* May one page more be asked for on a guess? See readahead.h for the bound. */
static bool readahead_may_guess(const readahead_lists *state, const look *view) {
    int64_t used = look_used(view, state->resource);
    bool sure = state->any_order && !state->unsure;
    int64_t allowed = (sure ? READAHEAD_TRUST * used : used / 4) + READAHEAD_FREE_WASTE;
    return state->wasted + readahead_pages(state, state->count) < allowed;
}

/* Is another list to be begun? Of those that are sure, as many as requests may run at once, and those that are there whole. */
static bool readahead_is_short(const readahead_lists *state, const look *view) {
    growth all = growth_of(0, 0, 0, 0);
    bool sure = state->any_order && !state->unsure;
    for (size_t i = 0; sure && i < state->count; i++) {
        chain_count(state->guesses[i], &all);
    }
    size_t widest = (size_t)client_concurrency(look_connection(view)->client);
    bool fewer = sure ? all.growing < widest : state->count < state->stride;
    return fewer && state->count < READAHEAD_MAX;
}

void readahead_pump(readahead_lists *state) {
    for (size_t i = 0; state->deep && i < state->count && readahead_may_guess(state, state->guesses[i]->view); i++) {
        chain_read_ahead(state->guesses[i]);
    }
}

/*
** The same list once more: its guesses stand. Where there are none, or fewer than are sure to be wanted, the rows that lead to them
** may have come by now; but they are looked for more and more seldom.
*/
static bool readahead_looks_again(readahead_lists *state) {
    bool lacks = state->count == 0 || (state->wide && state->count < state->stride);
    state->again++;
    return lacks && (state->again & (state->again - 1)) == 0;
}

void readahead_begin(readahead_lists *state, look *view, const catalog_resource *resource, unsigned version,
                     readahead_path *path, void *outer, error *problem) {
    readahead_manner manner = {.alone = false};
    char *wanted = path(outer, 0, &manner);
    if (!wanted) {
        return;
    }
    state->resource = resource;
    state->version = version;
    if (state->current && strcmp(chain_path(state->current), wanted) == 0) {
        if (!readahead_looks_again(state)) {
            sqlite3_free(wanted);
            return;
        }
    } else {
        readahead_take(state, view, wanted);
        state->again = 0;
    }
    if (!state->current) {
        /* Asked for before the guesses: it is what the statement waits for. */
        manner.urgent = manner.urgent || state->purpose != PURPOSE_NONE;
        state->current = readahead_open(state, view, wanted, manner, problem);
    }
    while (!error_is_set(problem) && readahead_is_short(state, view) && readahead_may_guess(state, view) &&
           reading_has_much_room(look_connection(view))) {
        manner = (readahead_manner){.urgent = state->purpose == PURPOSE_LOOK_UP};
        char *next = path(outer, state->count + 1, &manner);
        if (!next) {
            break;
        }
        chain *list = readahead_open(state, view, next, manner, problem);
        if (list) {
            state->guesses[state->count++] = list;
        }
        sqlite3_free(next);
    }
    sqlite3_free(wanted);
}

const chain *readahead_look_ahead(const readahead_lists *state, readahead_place *place, page **content, size_t *row) {
    while (place->list < state->count) {
        const chain *list = state->guesses[place->list];
        while ((*content = chain_page_at(list, place->link)) != NULL) {
            if (place->row < (*content)->row_count) {
                *row = place->row++;
                return list;
            }
            place->link++;
            place->row = 0;
        }
        *place = (readahead_place){.list = place->list + 1};
    }
    return NULL;
}
