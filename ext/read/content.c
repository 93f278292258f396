/* The content of a row; see content.h. */
#include "read/content.h"

#include <string.h>

#include "rest/url.h"

enum { CONTENT_TOO_OLD = 403, CONTENT_MIB = 1024 * 1024 };

char *content_path(const char *path) {
    return sqlite3_mprintf("%s/content", path);
}

int64_t content_size(const content_row *from) {
    int column = catalog_column_index(from->resource, from->resource->size_column);
    const page_cell *cell = column < 0 ? NULL : page_at(from->holder, from->row, (size_t)column);
    return cell && cell->type == CELL_INTEGER && cell->value.integer >= 0 ? cell->value.integer : -1;
}

static void content_refuse(const content_row *from, const char *path, const char *reason, error *problem) {
    error_set(problem, SQLITE_ERROR, "%s: GET %s: %s", from->resource->name, path, reason);
}

/* The temporary address; NULL with the reason in problem. Inside the row's page. */
static const char *content_address(const look *view, const content_row *from, const char *path, error *problem) {
    const client *asked = look_connection(view)->client;
    const page_cell *cell = page_at(from->holder, from->row, from->column);
    const char *text = cell->type == CELL_TEXT ? page_text(from->holder, cell) : NULL;
    if (!text || strlen(text) != cell->length) {
        content_refuse(from, path, "the service gives no address of the content", problem);
        return NULL;
    }
    error why = {0};
    if (!url_may_ask_elsewhere(
            client_origin(asked, look_connection(view)->account, catalog_generation_of(from->version)->origin), text,
            &why)) {
        if (why.message) {
            content_refuse(from, path, why.message, problem);
        } else {
            error_no_memory(problem);
        }
        text = NULL;
    }
    error_clear(&why);
    return text;
}

/* What may come: as much as the row says, or else as the setting lets through; 0 would mean no bound. */
static size_t content_most(int64_t size, int64_t limit) {
    int64_t most = size < 0 ? limit : size;
    return (size_t)(most > 0 ? most : 1);
}

look_entry *content_ask(look *view, const content_row *from, const char *path, bool again, error *problem) {
    int most = settings_integer(&look_connection(view)->settings, SETTING_MEDIA_MAX_MB);
    int64_t size = content_size(from), limit = (int64_t)most * CONTENT_MIB;
    if (size > limit) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: GET %s: not asked for: its %lld bytes are more than media_max_mb lets through (in chat_settings: "
            "%d MiB)",
            from->resource->name, path, (long long)size, most);
        return NULL;
    }
    const char *address = content_address(view, from, path, problem);
    if (!address) {
        return NULL;
    }
    look_wish wish = {.resource = from->resource,
                      .version = from->version,
                      .path = path,
                      .single = true,
                      .again = again,
                      .content_at = address,
                      .content_max = content_most(size, limit)};
    return look_get(view, &wish, problem);
}

/* The row's address has got too old: asks for another one. */
static void content_renew(content_state *state, look *view, const content_row *from, const char *path, error *problem) {
    look_wish wish = {
        .resource = from->resource, .version = from->version, .path = path, .single = true, .again = true};
    state->fresh = look_get(view, &wish, problem);
}

/* With the new address. */
static void content_ask_again(content_state *state, look *view, content_row *from, const char *path, error *problem) {
    char *shown = content_path(path);
    if (shown) {
        state->again = content_ask(view, from, shown, true, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(shown);
}

/* It is not as long as the row says. */
static void content_refuse_length(look_entry *entry, const content_row *from, size_t length, int64_t size,
                                  error *problem) {
    char *reason = sqlite3_mprintf("what has come is %lld byte%s long, and not the %lld that the service tells of",
                                   (sqlite3_int64)length, length == 1 ? "" : "s", (sqlite3_int64)size);
    look_refuse(entry, reason ? reason : "out of memory");
    if (reason) {
        content_refuse(from, look_path(entry), reason, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(reason);
}

/* What has come; a problem where it is not what the row tells of. */
static look_state content_take(look_entry *entry, const content_row *from, const page **holder, const page_cell **cell,
                               error *problem) {
    int64_t size = content_size(from);
    *holder = look_page(entry);
    *cell = page_at(*holder, 0, 0);
    if (size >= 0 && (int64_t)(*cell)->length != size) {
        content_refuse_length(entry, from, (*cell)->length, size, problem);
        return LOOK_FAILED;
    }
    look_use(entry);
    return LOOK_READY;
}

/* As a row whose hidden columns cannot be had any more: it has been given, and cannot be taken back. */
static void content_refuse_vanished(const look_entry *fresh, error *problem) {
    const char *message = look_message(fresh);
    if (message) {
        error_set(problem, SQLITE_ERROR, "%s: deleted while it was being read: run the statement again", message);
    } else {
        error_no_memory(problem);
    }
}

static void content_pass_on(const error *late, error *problem) {
    if (late->message) {
        error_set(problem, late->rc, "%s", late->message);
    } else {
        error_no_memory(problem);
    }
}

look_state content_poll(content_state *state, look *view, const content_row *from, const char *path,
                        const page **holder, const page_cell **cell, error *problem) {
    content_row newer = *from;
    look_entry *entry = state->again ? state->again : state->first.entry;
    if (state->fresh) {
        look_state found = look_poll(state->fresh, problem);
        if (found == LOOK_MISSING) {
            content_refuse_vanished(state->fresh, problem);
        }
        if (found != LOOK_READY) {
            return error_is_set(problem) ? LOOK_FAILED : found;
        }
        look_use(state->fresh);
        newer.holder = look_page(state->fresh);
        newer.row = 0;
    }
    if (state->fresh && !state->again) {
        content_ask_again(state, view, &newer, path, problem);
        return error_is_set(problem) ? LOOK_FAILED : LOOK_PENDING;
    }
    error late = {0};
    look_state found = look_poll(entry, &late);
    if (found == LOOK_FAILED && look_status(entry) == CONTENT_TOO_OLD && !state->fresh) {
        look_use(entry);
        content_renew(state, view, from, path, problem);
        found = error_is_set(problem) ? LOOK_FAILED : LOOK_PENDING;
    } else if (found == LOOK_FAILED) {
        look_use(entry);
        content_pass_on(&late, problem);
    } else if (found == LOOK_READY) {
        found = content_take(entry, &newer, holder, cell, problem);
    }
    error_clear(&late);
    return found;
}

void content_clear(content_state *state) {
    look_put(state->fresh);
    look_put(state->again);
    hydrate_clear(&state->first);
    memset(state, 0, sizeof *state);
}
