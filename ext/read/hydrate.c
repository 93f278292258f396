/* Columns that lists hide; see hydrate.h. */
#include "read/hydrate.h"

#include <string.h>

#include "plan/address.h"

void hydrate_clear(hydrate *state) {
    for (size_t i = 0; i < state->count; i++) {
        look_put(state->fetched[i]);
    }
    sqlite3_free(state->fetched);
    page_release(state->content);
    memset(state, 0, sizeof *state);
}

/* Begins with another page, keeping the stride that has been reached. */
static void hydrate_begin_page(hydrate *state, page *content, error *problem) {
    size_t ahead = state->ahead;
    hydrate_clear(state);
    state->fetched = sqlite3_malloc64(content->row_count * sizeof(look_entry *));
    if (!state->fetched) {
        error_no_memory(problem);
        return;
    }
    memset(state->fetched, 0, content->row_count * sizeof(look_entry *));
    state->content = page_retain(content);
    state->count = content->row_count;
    state->ahead = ahead ? ahead : 1;
}

static void hydrate_request(hydrate *state, look *view, const feed *source, const catalog_resource *resource,
                            unsigned version, size_t row, error *problem) {
    char *address = feed_row_path(source, row);
    char *path = address ? address_request(version, address, "") : NULL;
    if (path) {
        look_wish wish = {.resource = resource, .version = version, .path = path, .single = true};
        state->fetched[row] = look_get(view, &wish, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(address);
    sqlite3_free(path);
}

/* Gives back what was fetched for rows before this one; tells whether a row fetched ahead went by unused. */
static bool hydrate_drop_before(hydrate *state, size_t row) {
    bool wasted = false;
    for (size_t i = state->current; i < row; i++) {
        wasted = wasted || (i > state->current && state->fetched[i]);
        look_put(state->fetched[i]);
        state->fetched[i] = NULL;
    }
    state->current = row;
    return wasted;
}

/* Asks for this row and for as many after it as the stride says. */
static void hydrate_look_ahead(hydrate *state, look *view, const feed *source, const catalog_resource *resource,
                               unsigned version, size_t column, size_t row, error *problem) {
    size_t limit = row + state->ahead < state->count ? row + state->ahead : state->count;
    for (size_t i = row; i < limit && !error_is_set(problem); i++) {
        if (!state->fetched[i] && page_at(state->content, i, column)->type == CELL_NULL) {
            hydrate_request(state, view, source, resource, version, i, problem);
        }
    }
}

static void hydrate_set_stride(hydrate *state, look *view, bool wasted) {
    size_t widest = 2 * (size_t)client_concurrency(look_connection(view)->client);
    if (wasted) {
        state->ahead = 1;
    } else if (state->ahead < widest) {
        state->ahead = state->ahead * 2 < widest ? state->ahead * 2 : widest;
    }
}

const page_cell *hydrate_cell(hydrate *state, look *view, const feed *source, const catalog_resource *resource,
                              unsigned version, size_t column, const page **holder, error *problem) {
    size_t row = feed_row(source);
    if (state->content != feed_page(source)) {
        hydrate_begin_page(state, feed_page(source), problem);
        state->current = row;
    } else if (row != state->current) {
        hydrate_set_stride(state, view, hydrate_drop_before(state, row));
    }
    if (error_is_set(problem)) {
        return NULL;
    }
    hydrate_look_ahead(state, view, source, resource, version, column, row, problem);
    look_state found = LOOK_PENDING;
    while (!error_is_set(problem) && (found = look_poll(state->fetched[row], problem)) == LOOK_PENDING) {
        look_wait(view, problem);
    }
    if (error_is_set(problem) || found != LOOK_READY) {
        return NULL;
    }
    look_use(state->fetched[row]);
    *holder = look_page(state->fetched[row]);
    return page_at(*holder, 0, column);
}
