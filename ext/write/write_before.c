/* What a transaction has queued for a row before; see write_before.h. */
#include "write/write_before.h"

#include <string.h>

#include "rest/form.h"
#include "write/write_alias.h"
#include "write/write_answer.h"
#include "write/write_replaced.h"
#include "write/write_unsure.h"
#include "write/writing.h"

static int before_origin(unsigned version) {
    return catalog_generation_of(version)->origin;
}

static bool before_is_elsewhere(const write_row *row, const write_entry *entry) {
    return before_origin(entry->version) != before_origin(row->version);
}

/*
** Is it not known what the service will have of the row after a call? Nor after one of another profile, which may be of the
** same account or not: what is given after it is sent, even if it is the same, where it may have given that (write_unsure.h).
*/
static bool before_is_unknown(const write_row *row, const write_entry *entry) {
    return !entry || entry->state == WRITE_UNKNOWN || !writing_is_own(row, entry);
}

/* entry NULL: something of which it is not known what it makes of the row. */
static void before_add(write_before *before, const write_row *row, write_entry *entry, error *problem) {
    size_t count = before->count + 1;
    write_earlier_call *calls = sqlite3_realloc64(before->calls, count * sizeof *calls);
    before->calls = calls ? calls : before->calls;
    write_entry **entries = sqlite3_realloc64(before->entries, count * sizeof *entries);
    before->entries = entries ? entries : before->entries;
    if (!calls || !entries) {
        error_no_memory(problem);
        return;
    }
    calls[before->count] = (write_earlier_call){.body = before_is_unknown(row, entry) ? NULL : entry->body,
                                                .resource = entry ? entry->resource : NULL,
                                                .seq = entry ? entry->seq : 0,
                                                .elsewhere = entry && before_is_elsewhere(row, entry),
                                                .ignorable = entry && entry->conflict == SQLITE_IGNORE &&
                                                             write_answer_may_be_taken(entry)};
    entries[before->count++] = entry;
}

/* ---- who was the last to give a parameter ---- */

/*
** The latest UPDATE of the row by its own table's name, of those numbered below `before`. Another table (roles and
** conversation_roles) may have the row at the same address, and other parameters: those are taken up by write_alias.
*/
static write_entry *before_latest(const write_row *row, int64_t before, error *problem) {
    writing *self = writing_of(row->shared);
    write_entry *entry = write_rows_latest(&self->calls[WRITING_ROWS], &self->queue, row->path, before, problem);
    while (entry && entry->resource != row->resource) {
        write_queue_put_away(&self->queue, entry);
        entry = write_rows_latest(&self->calls[WRITING_ROWS], &self->queue, row->path, entry->seq, problem);
    }
    return entry;
}

/*
** Is what a call has kept still true? A call among them may have been rolled back since. Once sending has failed what is
** known may be less at any time.
*/
static bool before_is_kept(const write_queue *queue, const write_entry *entry) {
    bool kept = entry->last && !queue->stopped;
    for (size_t i = 0; kept && i < entry->resource->parameter_count; i++) {
        const write_entry *giver = entry->last[i] ? write_queue_find(queue, entry->last[i]) : entry;
        kept = giver && (giver->state == WRITE_PENDING || giver->state == WRITE_UNKNOWN);
    }
    return kept;
}

/* Adds what a call gives to what later ones do. False: those before it need not be looked at. */
static bool before_merge(const write_row *row, write_entry *entry, int64_t *last) {
    bool unknown = before_is_unknown(row, entry);
    /* What another profile's call has kept is true for that profile. */
    bool kept = writing_is_own(row, entry) && before_is_kept(&writing_of(row->shared)->queue, entry);
    for (size_t i = 0; i < entry->resource->parameter_count; i++) {
        if (last[i] == 0 && kept) {
            last[i] = entry->last[i];
        } else if (last[i] == 0 && (unknown || form_has(entry->body, entry->resource->parameters[i].name))) {
            last[i] = entry->seq;
        }
    }
    sqlite3_free(entry->last);
    entry->last = NULL;
    return !kept && !unknown;
}

/* Makes the latest call know, for each parameter, which call about the row was the last to give it. */
static void before_learn(const write_row *row, write_entry *latest, error *problem) {
    writing *self = writing_of(row->shared);
    size_t size = row->resource->parameter_count * sizeof *latest->last;
    write_entry *entry = latest;
    if (before_is_kept(&self->queue, latest)) {
        return;
    }
    int64_t *last = sqlite3_malloc64(size);
    if (!last) {
        error_no_memory(problem);
        return;
    }
    memset(last, 0, size);
    while (entry && before_merge(row, entry, last)) {
        write_entry *older = before_latest(row, entry->seq, problem);
        if (entry != latest) {
            write_queue_put_away(&self->queue, entry);
        }
        entry = older;
    }
    if (entry && entry != latest) {
        write_queue_put_away(&self->queue, entry);
    }
    latest->last = last;
}

/* Takes up the calls that the latest one knows of, the latest first. */
static void before_collect(write_before *before, const write_row *row, const write_entry *latest, error *problem) {
    write_queue *queue = &writing_of(row->shared)->queue;
    for (int64_t bound = INT64_MAX; bound > 0 && !error_is_set(problem);) {
        int64_t next = 0;
        for (size_t i = 0; i < row->resource->parameter_count; i++) {
            next = latest->last[i] < bound && latest->last[i] > next ? latest->last[i] : next;
        }
        write_entry *entry = next ? write_queue_find(queue, next) : NULL;
        if (entry) {
            write_queue_fetch(queue, entry, problem);
            before_add(before, row, entry, problem);
        }
        bound = next;
    }
}

/* ---- what is not known of it ---- */

/* Does a call give the row another name? */
static bool before_is_renamed(const write_before *before, const write_row *row) {
    bool renamed = false;
    for (size_t i = 0; i < row->resource->parameter_count && row->resource->name_column; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        bool names = strcmp(parameter->column, row->resource->name_column) == 0;
        for (size_t j = 0; names && j < before->count; j++) {
            renamed = renamed || form_has(before->entries[j]->body, parameter->name);
        }
    }
    return renamed;
}

static bool before_is_known(const write_before *before) {
    bool known = true;
    for (size_t i = 0; i < before->count; i++) {
        known = known && before->calls[i].body;
    }
    return known;
}

/* What is given before a call is not known to last; nor is what was shown. */
static void before_forget_until(write_before *before, const write_row *row, int64_t last, error *problem) {
    size_t later = 0;
    while (later < before->count && before->entries[later]->seq > last) {
        later++;
    }
    if (last > 0 && later == before->count) {
        before_add(before, row, NULL, problem);
    }
    if (last > 0 && later < before->count) {
        before->calls[later].body = NULL;
        before->calls[later].seq = last;
    }
}

/* ---- by other names ---- */

static void before_put_away(write_before *before, const write_row *row) {
    for (size_t i = 0; i < before->count; i++) {
        if (before->entries[i]) {
            write_queue_put_away(&writing_of(row->shared)->queue, before->entries[i]);
        }
    }
    before->count = 0;
}

/* More of a row that goes by two names are not looked at: of many its UPDATEs would each look at all. */
enum { BEFORE_ALIASES_MAX = 1000 };

/* Takes up the calls by all of the row's names, the latest first, in the place of those by its own. False: they are too many. */
static bool before_collect_all(write_before *before, const write_row *row, error *problem) {
    write_queue *queue = &writing_of(row->shared)->queue;
    int64_t seq = write_alias_before(row, INT64_MAX, problem);
    before_put_away(before, row);
    for (; seq > 0 && before->count < BEFORE_ALIASES_MAX && !error_is_set(problem);
         seq = write_alias_before(row, seq, problem)) {
        write_entry *entry = write_queue_find(queue, seq);
        if (entry && !writing_is_again(row, entry)) {
            write_queue_fetch(queue, entry, problem);
            before_add(before, row, entry, problem);
        }
    }
    return seq == 0;
}

/*
** The latest call that may replace the row, or that may be about it: until there nothing is known. Those by other tables' names
** are calls about it like its own.
*/
static void before_forget(write_before *before, const write_row *row, error *problem) {
    bool anybody = false, renamed = before_is_renamed(before, row);
    int64_t alias = write_alias_last(row, &anybody, problem);
    if (alias > 0 && !anybody && before_collect_all(before, row, problem)) {
        alias = 0;
        renamed = before_is_renamed(before, row);
    }
    if (alias > 0 || !before_is_known(before)) {
        before->unsure = write_unsure_find(row, anybody, problem);
        renamed = renamed || write_unsure_has(before->unsure, row, row->resource->name_column);
    }
    int64_t replaced = write_replaced_last(row, renamed, INT64_MAX, problem);
    if (replaced > 0) {
        before->unsure = before->unsure ? before->unsure : write_unsure_find(row, anybody, problem);
        write_unsure_add_replaced(before->unsure, row, renamed, problem);
    }
    before_forget_until(before, row, replaced > alias ? replaced : alias, problem);
}

/* ---- one row ---- */

void write_before_find(write_before *before, const write_row *row, error *problem) {
    writing *self = writing_of(row->shared);
    write_entry *entry = error_is_set(problem) ? NULL : before_latest(row, INT64_MAX, problem);
    for (size_t i = 0; entry && writing_is_again(row, entry) && i < WRITE_CALLS_MAX; i++) {
        before->again[i] = entry;
        entry = before_latest(row, entry->seq, problem);
    }
    bool own = entry && writing_is_own(row, entry);
    if (own && !error_is_set(problem)) {
        before_learn(row, entry, problem);
    }
    if (own && !error_is_set(problem)) {
        before_collect(before, row, entry, problem);
    } else if (entry && !error_is_set(problem)) {
        before_add(before, row, entry, problem);
    }
    if (entry) {
        bool taken = before->count > 0 && before->entries[0] == entry;
        if (!taken) {
            write_queue_put_away(&self->queue, entry);
        }
    }
    before_forget(before, row, problem);
}

write_entry **write_before_again(write_before *before, const char *path) {
    for (size_t i = 0; path && i < WRITE_CALLS_MAX; i++) {
        if (before->again[i] && strcmp(before->again[i]->path, path) == 0) {
            return &before->again[i];
        }
    }
    return NULL;
}

void write_before_end(write_before *before, const write_row *row) {
    write_queue *queue = &writing_of(row->shared)->queue;
    before_put_away(before, row);
    for (size_t i = 0; i < WRITE_CALLS_MAX; i++) {
        if (before->again[i]) {
            write_queue_put_away(queue, before->again[i]);
        }
    }
    sqlite3_free(before->entries);
    sqlite3_free(before->calls);
    sqlite3_free(before->unsure);
}
