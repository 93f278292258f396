/* The request log; see request_log.h. */
#include "rest/request_log.h"

#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"

void request_log_init(request_log *log, size_t capacity) {
    memset(log, 0, sizeof *log);
    log->capacity = capacity;
    log->next_id = 1;
}

request_entry *request_log_at(const request_log *log, size_t position) {
    return &log->entries[(log->first + position) % log->allocated];
}

static void request_log_free_entry(request_entry *entry) {
    sqlite3_free(entry->table_name);
    sqlite3_free(entry->profile);
    sqlite3_free(entry->origin);
    sqlite3_free(entry->path);
    sqlite3_free(entry->error);
    memset(entry, 0, sizeof *entry);
}

static void request_log_drop_oldest(request_log *log) {
    log->deleted -= request_log_at(log, 0)->state == ENTRY_DELETED;
    log->deleting -= request_log_at(log, 0)->state == ENTRY_DELETING;
    request_log_free_entry(request_log_at(log, 0));
    log->first = (log->first + 1) % log->allocated;
    log->count--;
}

void request_log_clear(request_log *log) {
    while (log->count > 0) {
        request_log_drop_oldest(log);
    }
    sqlite3_free(log->entries);
    log->entries = NULL;
    log->allocated = log->first = 0;
}

/* Moves the entries into a ring of another length, at least as long as their number. */
static bool request_log_reallocate(request_log *log, size_t length) {
    request_entry *entries = sqlite3_malloc64(length * sizeof *entries);
    if (!entries) {
        return false;
    }
    memset(entries, 0, length * sizeof *entries);
    for (size_t i = 0; i < log->count; i++) {
        entries[i] = *request_log_at(log, i);
    }
    sqlite3_free(log->entries);
    log->entries = entries;
    log->allocated = length;
    log->first = 0;
    return true;
}

/* Takes out the entries that are deleted: they count for nothing. */
static void request_log_compact(request_log *log) {
    size_t kept = 0;
    for (size_t i = 0; log->deleted > 0 && i < log->count; i++) {
        request_entry *entry = request_log_at(log, i);
        if (entry->state == ENTRY_DELETED) {
            request_log_free_entry(entry);
        } else {
            *request_log_at(log, kept++) = *entry;
        }
    }
    if (log->deleted > 0) {
        log->count = kept;
        log->deleted = 0;
    }
}

void request_log_resize(request_log *log, size_t capacity) {
    request_log_compact(log);
    while (log->count > capacity) {
        request_log_drop_oldest(log);
    }
    log->capacity = capacity;
    if (log->count == 0) {
        request_log_clear(log);
    } else if (log->allocated > capacity) {
        request_log_reallocate(log, capacity);
    }
}

/* Makes room for one more: by growing up to the capacity, then by dropping the oldest. */
static bool request_log_make_room(request_log *log) {
    if (log->capacity == 0) {
        return false;
    }
    if (log->count >= log->capacity) {
        request_log_compact(log);
    }
    while (log->count >= log->capacity) {
        request_log_drop_oldest(log);
    }
    if (log->count < log->allocated) {
        return true;
    }
    size_t length = log->allocated ? log->allocated * 2 : 16;
    return request_log_reallocate(log, length < log->capacity ? length : log->capacity);
}

int64_t request_log_begin(request_log *log, const char *table_name, const char *profile, const char *origin,
                          const char *method, const char *path, int attempt, request_purpose purpose) {
    int64_t id = log->next_id++;
    if (!request_log_make_room(log)) {
        /* Only who deletes entries makes gaps: one left out takes the older ones with it. */
        request_log_clear(log);
        return id;
    }
    request_entry *entry = request_log_at(log, log->count++);
    memset(entry, 0, sizeof *entry);
    entry->id = id;
    entry->started_ms = clock_wall_ms();
    entry->method = method;
    entry->table_name = sqlite3_mprintf("%s", table_name);
    entry->profile = profile ? sqlite3_mprintf("%s", profile) : NULL;
    entry->origin = origin ? sqlite3_mprintf("%s", origin) : NULL;
    entry->path = sqlite3_mprintf("%s", path);
    entry->attempt = attempt;
    entry->purpose = purpose;
    entry->duration_ms = entry->response_bytes = entry->rows = -1;
    return id;
}

size_t request_log_after(const request_log *log, int64_t id) {
    size_t low = 0, high = log->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (request_log_at(log, middle)->id <= id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

request_entry *request_log_find(const request_log *log, int64_t id) {
    size_t after = request_log_after(log, id);
    request_entry *entry = after > 0 ? request_log_at(log, after - 1) : NULL;
    return entry && entry->id == id ? entry : NULL;
}

void request_log_replace(request_log *log, int64_t id, int64_t requests) {
    request_entry *entry = request_log_find(log, id);
    if (entry) {
        entry->replaced += requests;
    }
}

void request_log_delete(request_log *log, int64_t id) {
    request_entry *entry = request_log_find(log, id);
    if (entry && entry->state == ENTRY_KEPT) {
        entry->state = ENTRY_DELETING;
        log->deleting++;
    }
}

static void request_log_end_deleting(request_log *log, request_entry_state state) {
    for (size_t i = 0; log->deleting > 0 && i < log->count; i++) {
        request_entry *entry = request_log_at(log, i);
        if (entry->state == ENTRY_DELETING) {
            entry->state = state;
            log->deleting--;
            log->deleted += state == ENTRY_DELETED;
        }
    }
}

void request_log_settle(request_log *log) {
    request_log_end_deleting(log, ENTRY_DELETED);
}

void request_log_put_back(request_log *log) {
    request_log_end_deleting(log, ENTRY_KEPT);
}

void request_log_end(request_log *log, int64_t id, int status, int64_t began_ms, int64_t bytes,
                     const char *request_id) {
    request_entry *entry = request_log_find(log, id);
    if (entry) {
        entry->status = status;
        entry->duration_ms = clock_monotonic_ms() - began_ms;
        entry->response_bytes = bytes;
        sqlite3_snprintf((int)sizeof entry->request_id, entry->request_id, "%s", request_id);
    }
}

void request_log_fail(request_log *log, int64_t id, const char *text) {
    request_entry *entry = request_log_find(log, id);
    if (entry) {
        sqlite3_free(entry->error);
        entry->error = sqlite3_mprintf("%s", text);
    }
}

void request_log_note(request_log *log, int64_t id, const char *text) {
    const request_entry *entry = request_log_find(log, id);
    if (entry && !entry->error) {
        request_log_fail(log, id, text);
    }
}
