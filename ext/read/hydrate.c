/* Columns that lists hide; see hydrate.h. */
#include "read/hydrate.h"

#include <string.h>

#include "session/statement.h"

/* ---- what has been asked for ahead ---- */

/* Gives all back, cutting off what is under way. */
static void hydrate_forget(void *companion) {
    hydrate_guesses *guesses = companion;
    for (size_t i = 0; i < guesses->count; i++) {
        look_put(guesses->entries[i]);
    }
    guesses->count = 0;
}

hydrate_guesses *hydrate_of(look *view, const char *key, bool alone, error *problem) {
    hydrate_guesses *guesses = look_companion(view, key, sizeof(hydrate_guesses), hydrate_forget, problem);
    if (guesses && guesses->stride == 0) {
        guesses->many = alone && statement_wants_all(look_connection(view)->db);
    }
    return guesses;
}

static look_entry *hydrate_request(look *view, const hydrate_row *like, const char *path, error *problem) {
    if (like->ask) {
        return like->ask(like->rows, view, path, problem);
    }
    look_wish wish = {.resource = like->resource, .version = like->version, .path = path, .single = true};
    return look_get(view, &wish, problem);
}

/* May one more be asked for on a guess? See hydrate.h for the bound. */
static bool hydrate_may_guess(const hydrate_guesses *guesses, const look *view, size_t under_way) {
    int64_t at_once = client_concurrency(look_connection(view)->client);
    int64_t freely = at_once > HYDRATE_FREE_WASTE ? at_once : HYDRATE_FREE_WASTE;
    return !look_is_bound(view) && guesses->wasted + (int64_t)under_way < guesses->used / 4 + freely;
}

/* Where a path stands among the guesses, from a place on; count if nowhere. */
static size_t hydrate_find(const hydrate_guesses *guesses, size_t from, const char *path) {
    size_t i = from;
    while (i < guesses->count && strcmp(look_path(guesses->entries[i]), path) != 0) {
        i++;
    }
    return i;
}

/*
** Takes the guess for the current row, if there is one. With the first row that is read there are eight, or with the second
** where the first may be all; then each one that proves right doubles them.
*/
static void hydrate_take(hydrate_guesses *guesses, const look *view, const char *path) {
    size_t widest = 2 * (size_t)client_concurrency(look_connection(view)->client);
    size_t position = hydrate_find(guesses, 0, path);
    bool hit = position < guesses->count;
    widest = widest < HYDRATE_MAX ? widest : HYDRATE_MAX;
    guesses->used++;
    if (hit) {
        look_put(guesses->entries[position]);
        guesses->count--;
        memmove(&guesses->entries[position], &guesses->entries[position + 1],
                (guesses->count - position) * sizeof guesses->entries[0]);
    }
    if (hit || guesses->stride < 2) {
        size_t more = guesses->stride == 0 && !guesses->many ? 1 : guesses->stride < 2 ? 8 : 2 * guesses->stride;
        guesses->stride = more < widest ? more : widest;
    }
}

/*
** Goes through the rows to come, keeps what has been asked for them and asks for more. What was asked for a row that is not
** among them any more has gone by unused.
*/
void hydrate_look_ahead(hydrate_guesses *guesses, look *view, const hydrate_row *current, error *problem) {
    look_entry *kept[HYDRATE_MAX];
    size_t count = 0, passed = 0; /* of the guesses so far */
    char *path = NULL;
    while (count + 1 < guesses->stride && !error_is_set(problem) && (path = current->next(current->rows)) != NULL) {
        size_t position = hydrate_find(guesses, passed, path);
        if (position < guesses->count) {
            for (; passed < position; passed++) {
                look_put(guesses->entries[passed]);
                guesses->wasted++;
            }
            kept[count++] = guesses->entries[passed++];
        } else if (hydrate_may_guess(guesses, view, count + guesses->count - passed)) {
            look_entry *entry = hydrate_request(view, current, path, problem);
            if (entry) {
                kept[count++] = entry;
            } else if (passed == guesses->count) {
                sqlite3_free(path);
                break;
            }
        } else if (passed == guesses->count) {
            sqlite3_free(path);
            break;
        }
        sqlite3_free(path);
    }
    for (; passed < guesses->count; passed++) {
        look_put(guesses->entries[passed]);
        guesses->wasted++;
    }
    guesses->count = 0;
    while (guesses->count < count) {
        guesses->entries[guesses->count] = kept[guesses->count];
        guesses->count++;
    }
}

/* ---- one row ---- */

void hydrate_clear(hydrate *state) {
    look_put(state->entry);
    page_release(state->content);
    memset(state, 0, sizeof *state);
}

bool hydrate_has(const hydrate *state, const page *content, size_t row) {
    return state->entry && state->content == content && state->row == row;
}

void hydrate_begin(hydrate *state, hydrate_guesses *guesses, look *view, const hydrate_row *wanted, error *problem) {
    hydrate_clear(state);
    look_entry *entry = hydrate_request(view, wanted, wanted->path, problem);
    if (!entry) {
        return;
    }
    *state = (hydrate){wanted->content ? page_retain(wanted->content) : NULL, wanted->row, entry};
    hydrate_take(guesses, view, wanted->path);
}

look_state hydrate_poll(hydrate *state, size_t column, const page **holder, const page_cell **cell, error *problem) {
    look_state found = look_poll(state->entry, problem);
    if (found == LOOK_READY) {
        look_use(state->entry);
        *holder = look_page(state->entry);
        *cell = page_at(*holder, 0, column);
    }
    return found;
}
