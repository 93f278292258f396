/* What a transaction has queued for a row by another table's name; see write_alias.h. */
#include "write/write_alias.h"

#include <string.h>

#include "base/sid.h"
#include "read/shown.h"
#include "rest/form.h"
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
static bool alias_is_other(const catalog_resource *resource, const catalog_resource *other) {
    return resource != other && !(resource->single && other->single && strcmp(resource->segment, other->segment) != 0);
}

/* ---- persons ---- */

/*
** A person in something is a member there, and has it among what is the user's. Addresses of these two kinds do not share who it
** is: the latter's rows show the former's SID, if it is known what they show.
*/

static bool alias_finds(const write_row *row, shown_value *value) {
    const char *column = row->resource->person_column;
    int index = column ? catalog_column_index(row->resource, column) : -1;
    return index >= 0 && row->shown && shown_find(row->shown, row->shown_length, (size_t)index, value);
}

static bool alias_shows(const write_row *row, shown_value *value) {
    return alias_finds(row, value) && value->type == CELL_TEXT;
}

/* Is it of somebody who is no member, but asked to be one? */
static bool alias_shows_none(const write_row *row) {
    shown_value member;
    return alias_finds(row, &member) && member.type != CELL_TEXT;
}

/* The key of what a person's row has another address for. sqlite3_malloc'ed; NULL: it has none, it is not known, or a problem. */
static char *alias_person_key(const write_row *row, error *problem) {
    shown_value member;
    if (error_is_set(problem) || !alias_shows(row, &member)) {
        return NULL;
    }
    char *service = alias_key(row->path, "IS"), *in = alias_key(row->path, row->resource->person_in);
    char *key = service && in ? sqlite3_mprintf("%s%s/%s", service, in, member.text) : NULL;
    if (!key) {
        error_no_memory(problem);
    }
    sqlite3_free(service);
    sqlite3_free(in);
    return key;
}

/* Is it not known whose row it is, by the other kind of address? */
static bool alias_is_nameless(const write_row *row) {
    shown_value member;
    return row->resource->person_column && !alias_finds(row, &member);
}

static bool alias_is_any(const catalog_resource *resource, const catalog_resource *other) {
    return resource != NULL && other != NULL;
}

/* ---- by other names ---- */

typedef bool alias_other(const catalog_resource *, const catalog_resource *);

/* Of a key, which it frees; NULL: none. */
static int64_t alias_latest(const write_row *row, write_rows *rows, char *key, alias_other *is_other) {
    int64_t latest =
        key && *key ? write_rows_alias(rows, &writing_of(row->shared)->queue, key, row->resource, is_other) : 0;
    sqlite3_free(key);
    return latest;
}

/* The key of a path, or NULL where nothing can have it. */
static char *alias_key_if(const char *path, bool may, const char *in, error *problem) {
    char *key = may && !error_is_set(problem) ? alias_key(path, in) : NULL;
    if (may && !key) {
        error_no_memory(problem);
    }
    return key;
}

static int64_t alias_later(int64_t one, int64_t other) {
    return one > other ? one : other;
}

/* Of a thing, by its own address or as the member that a user's row shows. Frees the key; NULL: none. */
static int64_t alias_latest_thing(const write_row *row, char *key) {
    writing *self = writing_of(row->shared);
    const write_queue *queue = &self->queue;
    bool is = key && *key;
    int64_t thing = is ? write_rows_alias(&self->calls[WRITING_THINGS], queue, key, row->resource, alias_is_other) : 0;
    int64_t shown = is ? write_rows_alias(&self->calls[WRITING_SHOWN], queue, key, row->resource, alias_is_other) : 0;
    sqlite3_free(key);
    return alias_later(thing, shown);
}

int64_t write_alias_last(const write_row *row, bool *anybody, error *problem) {
    writing *self = writing_of(row->shared);
    bool mixed = write_rows_is_mixed(&self->calls[WRITING_THINGS], row->resource), nameless = alias_is_nameless(row);
    int64_t thing = alias_latest_thing(row, alias_key_if(row->path, mixed, NULL, problem));
    int64_t person = mixed ? alias_latest_thing(row, alias_person_key(row, problem)) : 0;
    /* Those of whom it is not known who they are, or, if that is true of this one, those who it might be. */
    bool other_kind = row->resource->person_in && (nameless || !row->resource->person_column);
    write_rows *rows = &self->calls[nameless ? WRITING_PERSONS : WRITING_NAMELESS];
    bool may = other_kind && write_rows_is_mixed(rows, row->resource);
    int64_t any =
        alias_latest(row, rows, alias_key_if(row->path, may, row->resource->person_in, problem), alias_is_any);
    *anybody = any > 0;
    return alias_later(alias_later(thing, person), any);
}

/* Is a call about what the row is about? The address says so, but for what a service has one of each. */
static bool alias_is_about(const write_row *row, const write_entry *entry) {
    return !entry || entry->resource == row->resource || alias_is_other(row->resource, entry->resource);
}

static int64_t alias_before(const write_row *row, const char *key, int64_t before) {
    writing *self = writing_of(row->shared);
    int64_t seq = key ? before : 0;
    do {
        seq = key && seq > 0 ? alias_later(write_rows_before(&self->calls[WRITING_THINGS], &self->queue, key, seq),
                                           write_rows_before(&self->calls[WRITING_SHOWN], &self->queue, key, seq))
                             : 0;
    } while (seq > 0 && !alias_is_about(row, write_queue_find(&self->queue, seq)));
    return seq;
}

int64_t write_alias_before(const write_row *row, int64_t before, error *problem) {
    char *key = alias_key_if(row->path, true, NULL, problem), *person = alias_person_key(row, problem);
    int64_t seq = alias_later(alias_before(row, key, before), alias_before(row, person, before));
    sqlite3_free(key);
    sqlite3_free(person);
    return error_is_set(problem) ? 0 : seq;
}

/* ---- taking up ---- */

/* key: is freed; NULL: nothing is taken up, or there is a problem. */
static void alias_put(const write_row *row, write_rows *rows, char *key, const write_entry *entry, error *problem) {
    if (key && !error_is_set(problem)) {
        write_rows_add(rows, &writing_of(row->shared)->queue, entry, key, problem);
    }
    sqlite3_free(key);
}

/* Does the body of an UPDATE say who a member is? */
static bool alias_renames(const write_row *row, const char *body) {
    const catalog_resource *resource = row->resource;
    bool member = resource->person_in && !resource->person_column, renames = false;
    for (size_t i = 0; i < resource->parameter_count && member && resource->name_column; i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        renames = renames || (strcmp(parameter->column, resource->name_column) == 0 && form_has(body, parameter->name));
    }
    return renames;
}

bool write_alias_is_other(const write_row *row, const write_entry *entry, const char *body) {
    return alias_renames(row, entry->body) != alias_renames(row, body);
}

/* Takes it up by whom it is about, by what that is in, and as one with which somebody comes in. */
static void alias_rename(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    const char *in = row->resource->person_in;
    if (entry->operation == WRITE_UPDATE && alias_renames(row, entry->body)) {
        alias_put(row, &self->calls[WRITING_RENAMED], alias_key_if(row->path, true, NULL, problem), entry, problem);
        alias_put(row, &self->calls[WRITING_RENAMED_IN], alias_key_if(row->path, true, in, problem), entry, problem);
        alias_put(row, &self->calls[WRITING_COME], alias_key_if(row->path, true, in, problem), entry, problem);
    }
}

void write_alias_add(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    bool deletes = entry->operation == WRITE_DELETE, person = !deletes && row->resource->person_in;
    const char *in = row->resource->person_in;
    alias_put(row, &self->calls[deletes ? WRITING_GONE : WRITING_THINGS], alias_key_if(row->path, true, NULL, problem),
              entry, problem);
    if (person && !row->resource->person_column) {
        alias_put(row, &self->calls[WRITING_PERSONS], alias_key_if(row->path, true, in, problem), entry, problem);
    } else if (person && alias_is_nameless(row)) {
        alias_put(row, &self->calls[WRITING_NAMELESS], alias_key_if(row->path, true, in, problem), entry, problem);
    } else if (person) {
        alias_put(row, &self->calls[WRITING_SHOWN], alias_person_key(row, problem), entry, problem);
    }
    alias_rename(row, entry, problem);
    if (deletes && row->resource->person_asked) {
        alias_put(row, &self->calls[WRITING_UNASKED],
                  alias_key_if(row->path, true, row->resource->person_asked, problem), entry, problem);
    }
}

/* ---- what is deleted ---- */

/*
** Does a call numbered below `before` delete what has that key, or what it is in? A key without its last SID is that of the latter.
** key: it is cut.
*/
static bool alias_gone(writing *self, char *key, int64_t before) {
    bool gone = false;
    for (size_t length = strlen(key); length > 0 && !gone; length -= 1 + SID_LENGTH) {
        key[length] = 0;
        gone = write_rows_deleting(&self->calls[WRITING_GONE], &self->queue, key, before) > 0;
    }
    return gone;
}

bool write_alias_is_gone(const write_row *row, const char *address, error *problem) {
    writing *self = writing_of(row->shared);
    char *key = alias_key_if(address, self->calls[WRITING_GONE].count > 0, NULL, problem);
    bool gone = key && alias_gone(self, key, INT64_MAX);
    sqlite3_free(key);
    return gone;
}

/* ---- what comes in ---- */

static const char ALIAS_ANY[] = "/?"; /* in what the transaction makes, or, by OR IGNORE and OR REPLACE, finds */

/* What a plain INSERT of the transaction is going to make nobody has seen yet. */
static bool alias_is_new(const write_row *row, const write_entry *entry) {
    const write_entry *made = entry->after ? write_queue_find(&writing_of(row->shared)->queue, entry->after) : NULL;
    return made && made->state == WRITE_PENDING && made->conflict != SQLITE_IGNORE && made->conflict != SQLITE_REPLACE;
}

/* Takes up an INSERT by what it is in. */
static void alias_put_in(const write_row *row, write_rows *rows, const write_entry *entry, error *problem) {
    char *key = error_is_set(problem) ? NULL : alias_key(entry->path, row->resource->parent->key_prefix);
    if (key && !*key && alias_is_new(row, entry)) {
        sqlite3_free(key);
    } else if (key) {
        write_rows_add(rows, &writing_of(row->shared)->queue, entry, *key ? key : ALIAS_ANY, problem);
        sqlite3_free(key);
    } else {
        error_no_memory(problem);
    }
}

/* The seq of the latest of them that is in what the row's path leads through, or may be; 0: there is none. *surely: it is. */
static int64_t alias_latest_in(const write_row *row, const write_rows *rows, const char *in, bool *surely,
                               error *problem) {
    const write_queue *queue = &writing_of(row->shared)->queue;
    char *key = alias_key_if(row->path, rows->count > 0, in, problem);
    int64_t there = key ? write_rows_coming(rows, queue, key) : 0;
    int64_t maybe = key ? write_rows_coming(rows, queue, ALIAS_ANY) : 0;
    sqlite3_free(key);
    *surely = there > maybe;
    return alias_later(there, maybe);
}

void write_alias_wake(const write_row *row, const write_entry *entry, error *problem) {
    if (row->resource->wakes) {
        alias_put_in(row, &writing_of(row->shared)->calls[WRITING_WOKEN], entry, problem);
    }
}

int64_t write_alias_woken(const write_row *row, bool *surely, error *problem) {
    return alias_latest_in(row, &writing_of(row->shared)->calls[WRITING_WOKEN], row->resource->key_prefix, surely,
                           problem);
}

void write_alias_come(const write_row *row, const write_entry *entry, error *problem) {
    if (row->resource->person_in || row->resource->person_asked) {
        alias_put_in(row, &writing_of(row->shared)->calls[WRITING_COME], entry, problem);
    }
}

/* ---- who is somebody else ---- */

/* Is it not known any more whose the row is, which has the user in its address? */
static bool alias_is_somebody_else(const write_row *row, error *problem) {
    writing *self = writing_of(row->shared);
    if (!row->resource->person_column || self->calls[WRITING_RENAMED].count == 0) {
        return false;
    }
    bool nameless = alias_is_nameless(row);
    const write_rows *renamed = &self->calls[nameless ? WRITING_RENAMED_IN : WRITING_RENAMED];
    char *key =
        nameless ? alias_key_if(row->path, true, row->resource->person_in, problem) : alias_person_key(row, problem);
    bool is = key && write_rows_before(renamed, &self->queue, key, INT64_MAX) > 0;
    sqlite3_free(key);
    return is;
}

/* ---- whether a row is there ---- */

/* Does one numbered below `before` delete the row, by either of its addresses? */
static bool alias_row_is_gone(const write_row *row, int64_t before, error *problem) {
    writing *self = writing_of(row->shared);
    bool may = self->calls[WRITING_GONE].count > 0;
    char *key = alias_key_if(row->path, may, NULL, problem), *person = may ? alias_person_key(row, problem) : NULL;
    bool gone = (key && alias_gone(self, key, before)) || (person && alias_gone(self, person, before));
    sqlite3_free(key);
    sqlite3_free(person);
    return gone;
}

/* May who is no member yet be one, or not be asked any more? */
static bool alias_is_unsettled(const write_row *row, error *problem) {
    writing *self = writing_of(row->shared);
    const char *in = row->resource->person_in;
    bool none = alias_shows_none(row), ignored = false;
    char *key = alias_key_if(row->path, none && self->calls[WRITING_UNASKED].count > 0, in, problem);
    bool is = key && write_rows_deleting(&self->calls[WRITING_UNASKED], &self->queue, key, INT64_MAX) > 0;
    sqlite3_free(key);
    return is || (none && alias_latest_in(row, &self->calls[WRITING_COME], in, &ignored, problem) > 0);
}

/* The address of a person's row, by its user, is the same when the person comes again; that of a member is another then. */
bool write_alias_row_is_gone(const write_row *row, error *problem) {
    if (alias_is_somebody_else(row, problem) || alias_is_unsettled(row, problem)) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: an earlier statement of this transaction has changed whose row this is, or whether it is there: COMMIT "
            "between the two",
            row->resource->name);
        return true;
    }
    bool gone = alias_row_is_gone(row, INT64_MAX, problem);
    bool again = gone && row->resource->person_column, ignored = false;
    const write_rows *come = &writing_of(row->shared)->calls[WRITING_COME];
    int64_t came = again ? alias_latest_in(row, come, row->resource->person_in, &ignored, problem) : 0;
    if (came > 0 && alias_row_is_gone(row, came, problem)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: an earlier statement of this transaction has deleted this row, and a later one has let somebody "
                  "in: whether it is there again is not known: COMMIT between the two",
                  row->resource->name);
    }
    return gone;
}
