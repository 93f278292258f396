/* Join readahead; see readahead.h. */
#include "table/readahead.h"

#include <string.h>

static void readahead_drop(readahead *state, size_t count) {
    for (size_t i = 0; i < count; i++) {
        look_put(state->guesses[i]);
    }
    state->count -= count;
    memmove(state->guesses, state->guesses + count, state->count * sizeof state->guesses[0]);
}

void readahead_clear(readahead *state) {
    readahead_drop(state, state->count);
    look_put(state->current);
    memset(state, 0, sizeof *state);
}

/* Where a path stands among the guesses; count if nowhere. */
static size_t readahead_find(const readahead *state, const char *path) {
    size_t i = 0;
    while (i < state->count && strcmp(look_path(state->guesses[i]), path) != 0) {
        i++;
    }
    return i;
}

static void readahead_set_stride(readahead *state, const look *view, bool hit, bool wasted) {
    size_t widest = 2 * (size_t)client_concurrency(look_connection(view)->client);
    widest = widest < READAHEAD_MAX ? widest : READAHEAD_MAX;
    if (wasted || state->stride == 0) {
        state->stride = 1;
    } else if (hit && state->stride < widest) {
        state->stride = state->stride * 2 < widest ? state->stride * 2 : widest;
    }
}

/* Takes the guess for the scan that begins, if there is one; what was guessed before it has gone by unused. */
static void readahead_take(readahead *state, const look *view, const char *path) {
    size_t position = readahead_find(state, path);
    bool hit = position < state->count;
    state->needed++;
    state->wasted += (int64_t)position;
    look_put(state->current);
    state->current = hit ? look_share(state->guesses[position]) : NULL;
    readahead_drop(state, hit ? position + 1 : position);
    readahead_set_stride(state, view, hit, position > 0);
}

static bool readahead_may_guess(const readahead *state, const look *view) {
    return state->count < state->stride &&
           state->wasted + (int64_t)state->count < state->needed / 4 + READAHEAD_FREE_WASTE &&
           connection_has_room(look_connection(view));
}

void readahead_begin(readahead *state, look *view, const catalog_resource *resource, readahead_path *path, void *outer,
                     error *problem) {
    char *wanted = path(outer, 0);
    if (!wanted) {
        return;
    }
    readahead_take(state, view, wanted);
    look_wish wish = {.resource = resource, .path = wanted};
    if (!state->current) {
        /* Asked for before the guesses: it is what the statement waits for. */
        state->current = look_get(view, &wish, problem);
    }
    while (!error_is_set(problem) && readahead_may_guess(state, view)) {
        char *next = path(outer, state->count + 1);
        if (!next) {
            break;
        }
        wish.path = next;
        look_entry *entry = look_get(view, &wish, problem);
        if (entry) {
            state->guesses[state->count++] = entry;
        }
        sqlite3_free(next);
    }
    sqlite3_free(wanted);
}
