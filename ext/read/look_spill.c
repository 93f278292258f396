/*
** Pages that a statement has read and that are not in memory; see look.h. What fills memory is not the page then but the entry that
** knows where it is: all of them together have a bound, too.
*/
#include <string.h>

#include "read/look_inside.h"

enum { LOOK_SPILL_NODE = 64 };                 /* of an entry in its map, about */
enum { LOOK_SPILL_ENTRIES_MIN = 1024 * 1024 }; /* bytes of entries, whatever memory_limit_mb is */
enum {
    LOOK_SPILL_OFFERED = 32 * 1024 * 1024
}; /* bytes of what may never be wanted again; or memory_limit_mb, if more */

static size_t look_spill_cost(const look_entry *entry) {
    return sizeof *entry + strlen(entry->key) + 1 + LOOK_SPILL_NODE;
}

/* Single resources, of which there may be one for each row of the lists, leave half of the room to those. */
static bool look_spill_has_room(const look_entry *entry) {
    const connection *shared = entry->view->shared;
    size_t bound = reading_retention(shared);
    bound = bound > LOOK_SPILL_ENTRIES_MIN ? bound : LOOK_SPILL_ENTRIES_MIN;
    bound = entry->single ? bound / 2 : bound;
    return reading_of(shared->root)->filed_bytes + look_spill_cost(entry) <= bound;
}

/* What holds the address of a content, which is a secret, is written nowhere. */
static bool look_spill_is_secret(const look_entry *entry) {
    bool secret = entry->is_content;
    for (size_t i = 0; i < entry->resource->column_count && !secret; i++) {
        secret = entry->resource->columns[i].kind == VALUE_BYTES;
    }
    return secret;
}

/* Hands on what is wrong with the file. */
static void look_spill_report(const look_entry *entry, error *failure, error *problem) {
    if (failure->message) {
        error_set(problem, failure->rc, "%s: %s", entry->resource->name, failure->message);
    } else if (error_is_set(failure)) {
        error_no_memory(problem);
    }
    error_clear(failure);
}

bool look_spill_write(look_entry *entry, error *problem) {
    look *view = entry->view;
    if (entry->filed.page > 0) {
        return true;
    }
    if (!entry->content || look_spill_is_secret(entry) || (view->shared->without & WITHOUT_SPILL) ||
        !look_spill_has_room(entry)) {
        return false;
    }
    error failure = {0};
    if (spill_put(&view->file, entry->content, &entry->filed, &failure)) {
        reading_of(view->shared->root)->filed_bytes += look_spill_cost(entry);
    }
    look_spill_report(entry, &failure, problem);
    return entry->filed.page > 0;
}

bool look_spill_offer(look_entry *entry) {
    look *view = entry->view;
    int64_t limit = (int64_t)connection_memory_limit(view->shared);
    int64_t bound = (limit > LOOK_SPILL_OFFERED ? limit : LOOK_SPILL_OFFERED) / (entry->single ? 2 : 1);
    bool wanted = !view->closing && !view->file_fails && view->by.values && view->file.bytes < bound;
    error ignored = {0};
    bool there = entry->filed.page > 0 || (wanted && look_spill_write(entry, &ignored));
    view->file_fails = view->file_fails || error_is_set(&ignored);
    error_clear(&ignored);
    return there;
}

void look_spill_drop(look_entry *entry) {
    if (entry->content) {
        reading_of(entry->view->shared->root)->page_bytes -= entry->content->bytes;
        page_release(entry->content);
        entry->content = NULL;
    }
}

void look_spill_back(look_entry *entry, error *problem) {
    if (entry->state != LOOK_READY || entry->content || error_is_set(problem)) {
        return;
    }
    error failure = {0};
    entry->content = spill_get(&entry->view->file, &entry->filed, &failure);
    if (entry->content) {
        reading_of(entry->view->shared->root)->page_bytes += entry->content->bytes;
    }
    look_spill_report(entry, &failure, problem);
}

void look_spill_forget(look_entry *entry) {
    if (entry->filed.page > 0) {
        reading_of(entry->view->shared->root)->filed_bytes -= look_spill_cost(entry);
    }
}

page *look_spill_rows(look_entry *entry, size_t row, size_t *first, error *problem) {
    error failure = {0};
    page *rows = spill_get_around(&entry->view->file, &entry->filed, row, first, &failure);
    look_spill_report(entry, &failure, problem);
    return rows;
}
