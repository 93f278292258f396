/* Which parameters calls of unknown effect have given; see write_unsure.h. */
#include "write/write_unsure.h"

#include <string.h>

#include "rest/form.h"
#include "write/write_alias.h"
#include "write/write_replaced.h"
#include "write/writing.h"

/* ---- is it the same? ---- */

/* Is that path of names the column, and the leaf in it? A part of a row may have as columns what the row has as leaves. */
static bool unsure_is_named(const catalog_parameter *parameter, const char *path) {
    size_t length = strlen(parameter->column);
    bool below = strncmp(parameter->column, path, length) == 0 && path[length] == '.';
    return parameter->leaf ? below && strcmp(path + length + 1, parameter->leaf) == 0
                           : strcmp(parameter->column, path) == 0;
}

/* Has `one` as its leaf what `other` has as its column, and the leaf in it? */
static bool unsure_is_below(const catalog_parameter *one, const catalog_parameter *other) {
    return one->leaf && unsure_is_named(other, one->leaf);
}

bool write_unsure_is_same(const catalog_parameter *one, const catalog_parameter *other) {
    bool leaf = one->leaf && other->leaf ? strcmp(one->leaf, other->leaf) == 0 : one->leaf == other->leaf;
    return strcmp(one->name, other->name) == 0 || (leaf && strcmp(one->column, other->column) == 0) ||
           unsure_is_below(one, other) || unsure_is_below(other, one);
}

/* Is it the same thing of a row of one table, by whichever host's name? */
static bool unsure_is_same_column(const catalog_parameter *one, const catalog_parameter *other) {
    bool leaf = one->leaf && other->leaf ? strcmp(one->leaf, other->leaf) == 0 : one->leaf == other->leaf;
    return leaf && strcmp(one->column, other->column) == 0;
}

/* Has a resource a third parameter that is the same column as the one, and gives the same as the other? */
static bool unsure_is_linked(const catalog_resource *resource, const catalog_parameter *one,
                             const catalog_parameter *other) {
    bool linked = false;
    for (size_t i = 0; i < resource->parameter_count && !linked; i++) {
        const catalog_parameter *third = &resource->parameters[i];
        linked = unsure_is_same_column(one, third) && write_unsure_is_same(third, other);
    }
    return linked;
}

bool write_unsure_gives(const catalog_resource *resource, const catalog_resource *of, const catalog_parameter *given,
                        const catalog_parameter *parameter) {
    return write_unsure_is_same(given, parameter) ||
           (of != resource && (unsure_is_linked(of, given, parameter) || unsure_is_linked(resource, parameter, given)));
}

/* ---- one call ---- */

/* Notes what a parameter that has been given, of whichever table, gives of the row. */
static void unsure_note(unsigned char *unsure, const catalog_resource *resource, const catalog_resource *of,
                        const catalog_parameter *given) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (write_unsure_gives(resource, of, given, &resource->parameters[i])) {
            unsure[i] = WRITE_UNSURE_GIVEN;
        }
    }
}

/* Notes what a call gives; replaces: with what it replaces a row. */
static void unsure_note_call(unsigned char *unsure, const write_row *row, write_entry *entry, bool replaces,
                             error *problem) {
    write_queue *queue = &writing_of(row->shared)->queue;
    bool away = entry->away;
    write_queue_fetch(queue, entry, problem);
    const char *body = replaces ? entry->replace_body : entry->body;
    for (size_t i = 0; !error_is_set(problem) && i < entry->resource->parameter_count; i++) {
        if (form_has(body, entry->resource->parameters[i].name)) {
            unsure_note(unsure, row->resource, entry->resource, &entry->resource->parameters[i]);
        }
    }
    if (away && !error_is_set(problem)) {
        write_queue_put_away(queue, entry); /* only then: somebody else may be using its texts */
    }
}

/* ---- all of them ---- */

/* Those of the statement that runs give way to what it queues now. */
static bool unsure_is_earlier(const write_row *row, const write_entry *entry) {
    return entry && !writing_is_again(row, entry);
}

unsigned char *write_unsure_find(const write_row *row, bool anybody, error *problem) {
    size_t count = row->resource->parameter_count;
    unsigned char *unsure = error_is_set(problem) ? NULL : sqlite3_malloc64(count + 1);
    if (!unsure) {
        error_no_memory(problem);
        return NULL;
    }
    memset(unsure, anybody ? WRITE_UNSURE_MAYBE : WRITE_UNSURE_NOT, count);
    for (int64_t seq = write_alias_before(row, INT64_MAX, problem); seq > 0;
         seq = write_alias_before(row, seq, problem)) {
        write_entry *entry = write_queue_find(&writing_of(row->shared)->queue, seq);
        if (unsure_is_earlier(row, entry)) {
            unsure_note_call(unsure, row, entry, false, problem);
        }
    }
    return unsure;
}

/* After so many that may replace a row of any name the others may give anything: each of many rows would look at all. */
enum { UNSURE_REPLACED_MAX = 100 };

void write_unsure_add_replaced(unsigned char *unsure, const write_row *row, bool renamed, error *problem) {
    int64_t seq = write_replaced_last(row, renamed, INT64_MAX, problem);
    for (int i = 0; unsure && seq > 0 && i < UNSURE_REPLACED_MAX; i++) {
        write_entry *entry = write_queue_find(&writing_of(row->shared)->queue, seq);
        unsure_note_call(unsure, row, entry, true, problem);
        seq = write_replaced_last(row, renamed, seq, problem);
    }
    for (size_t i = 0; unsure && seq > 0 && i < row->resource->parameter_count; i++) {
        unsure[i] = unsure[i] == WRITE_UNSURE_NOT ? WRITE_UNSURE_MAYBE : unsure[i];
    }
}

bool write_unsure_has(const unsigned char *unsure, const write_row *row, const char *column) {
    bool has = false;
    for (size_t i = 0; unsure && column && i < row->resource->parameter_count; i++) {
        has = has || (unsure[i] != WRITE_UNSURE_NOT && strcmp(row->resource->parameters[i].column, column) == 0);
    }
    return has;
}
