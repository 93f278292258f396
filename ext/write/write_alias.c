/* What a transaction has queued for a row by another table's name; see write_alias.h. */
#include "write/write_alias.h"

#include <string.h>

#include "base/sid.h"
#include "write/writing.h"

/*
** What a row is about, whatever the segments are called that lead to it: the SIDs of its address. A single one is about what
** it hangs under. in: only the SIDs of those letters, or NULL. sqlite3_malloc'ed; NULL: out of memory.
*/
static char *alias_key(const char *path, const char *in) {
    char *key = sqlite3_mprintf("");
    for (const char *at = path; key && *at == '/';) {
        size_t length = strcspn(++at, "/");
        if (length == SID_LENGTH && (!in || strncmp(at, in, 2) == 0)) {
            char *longer = sqlite3_mprintf("%s/%.*s", key, (int)length, at);
            sqlite3_free(key);
            key = longer;
        }
        at += length;
    }
    return key;
}

/* Two that a service has one of each are two things. */
static bool alias_is_other(const catalog_resource *resource, const write_entry *entry) {
    const catalog_resource *other = entry->resource;
    return resource != other && !(resource->single && other->single && strcmp(resource->segment, other->segment) != 0);
}

/*
** A person in something is a member there, and has it among what is the user's: who it is, addresses of these two kinds do not
** share, so that all persons there count as one.
*/
static bool alias_is_other_kind(const catalog_resource *resource, const write_entry *entry) {
    return strcmp(resource->key_prefix, entry->resource->key_prefix) != 0;
}

/* Does it give what a row of the other kind shows, too? */
static bool alias_is_of_person(const catalog_resource *resource, const write_entry *entry) {
    return entry->of_person && alias_is_other_kind(resource, entry);
}

static int64_t alias_latest(const write_row *row, write_rows *rows, const char *in,
                            bool (*is_other)(const catalog_resource *, const write_entry *), error *problem) {
    if (error_is_set(problem) || !write_rows_is_mixed(rows, row->resource)) {
        return 0;
    }
    char *key = alias_key(row->path, in);
    int64_t latest = 0;
    if (!key) {
        error_no_memory(problem);
    } else if (*key) {
        latest = write_rows_alias(rows, &writing_of(row->shared)->queue, key, row->resource, is_other);
    }
    sqlite3_free(key);
    return latest;
}

int64_t write_alias_last(const write_row *row, bool *anybody, error *problem) {
    writing *self = writing_of(row->shared);
    const char *in = row->resource->person_in;
    int64_t thing = alias_latest(row, &self->things, NULL, alias_is_other, problem);
    int64_t person = in ? alias_latest(row, &self->persons, in, alias_is_other_kind, problem) : 0;
    *anybody = person > 0 && alias_latest(row, &self->persons, in, alias_is_of_person, problem) > 0;
    return thing > person ? thing : person;
}

/* Is a call about what the row is about? The address says so, but for what a service has one of each. */
static bool alias_is_about(const write_row *row, const write_entry *entry) {
    return !entry || entry->resource == row->resource || alias_is_other(row->resource, entry);
}

int64_t write_alias_before(const write_row *row, int64_t before, error *problem) {
    writing *self = writing_of(row->shared);
    char *key = error_is_set(problem) ? NULL : alias_key(row->path, NULL);
    int64_t seq = before;
    if (!key) {
        error_no_memory(problem);
        return 0;
    }
    do {
        seq = write_rows_before(&self->things, &self->queue, key, seq);
    } while (seq > 0 && !alias_is_about(row, write_queue_find(&self->queue, seq)));
    sqlite3_free(key);
    return seq;
}

static void alias_put(const write_row *row, write_rows *rows, const char *in, const write_entry *entry,
                      error *problem) {
    char *key = error_is_set(problem) ? NULL : alias_key(row->path, in);
    if (key) {
        write_rows_add(rows, &writing_of(row->shared)->queue, entry, key, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
}

void write_alias_add(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    bool deletes = entry->operation == WRITE_DELETE;
    alias_put(row, deletes ? &self->gone : &self->things, NULL, entry, problem);
    if (!deletes && row->resource->person_in) {
        alias_put(row, &self->persons, row->resource->person_in, entry, problem);
    }
}

/* A key without its last SID is that of what the thing is in. */
bool write_alias_is_gone(const write_row *row, const char *address, error *problem) {
    writing *self = writing_of(row->shared);
    char *key = error_is_set(problem) || self->gone.count == 0 ? NULL : alias_key(address, NULL);
    bool gone = false;
    if (!key) {
        if (!error_is_set(problem) && self->gone.count > 0) {
            error_no_memory(problem);
        }
        return false;
    }
    for (size_t length = strlen(key); length > 0 && !gone; length -= 1 + SID_LENGTH) {
        key[length] = 0;
        gone = write_rows_deleting(&self->gone, &self->queue, key);
    }
    sqlite3_free(key);
    return gone;
}

static const char ALIAS_ANY[] = "/?"; /* in what the transaction makes, or, by OR IGNORE and OR REPLACE, finds */

void write_alias_wake(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    if (!row->resource->wakes || error_is_set(problem)) {
        return;
    }
    char *key = alias_key(entry->path, row->resource->parent->key_prefix);
    if (key) {
        write_rows_add(&self->woken, &self->queue, entry, *key ? key : ALIAS_ANY, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
}

bool write_alias_is_woken(const write_row *row, error *problem) {
    writing *self = writing_of(row->shared);
    if (self->woken.count == 0 || error_is_set(problem)) {
        return false;
    }
    char *key = alias_key(row->path, row->resource->key_prefix);
    if (!key) {
        error_no_memory(problem);
        return false;
    }
    bool woken = write_rows_inserting(&self->woken, &self->queue, key) ||
                 write_rows_inserting(&self->woken, &self->queue, ALIAS_ANY);
    sqlite3_free(key);
    return woken;
}
