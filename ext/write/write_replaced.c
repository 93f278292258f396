/* Which rows the OR REPLACE calls in the queue may replace; see write_replaced.h. */
#include "write/write_replaced.h"

#include "plan/address.h"
#include "read/shown.h"
#include "write/writing.h"

/*
** What stands for all rows of a kind in a service, by whichever of its tables' names. address: of one of them, or of what it
** hangs under. name: NULL for all of them. Two names that differ in case only count as one. sqlite3_malloc'ed; NULL: out of
** memory.
*/
static char *replaced_key(const catalog_resource *resource, const char *address, const char *name) {
    address_part service = resource->parent ? address_root(address) : (address_part){NULL, 0};
    char *key = sqlite3_mprintf("%s/%.*s%s%s", resource->key_prefix, (int)service.length,
                                service.text ? service.text : "", name ? "/" : "", name ? name : "");
    for (char *at = key; at && *at; at++) {
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    }
    return key;
}

static void replaced_put(write_rows *rows, const write_row *row, const write_entry *entry, const char *name,
                         error *problem) {
    char *key = error_is_set(problem) ? NULL : replaced_key(row->resource, entry->lane, name);
    if (key) {
        write_rows_add(rows, &writing_of(row->shared)->queue, entry, key, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
}

void write_replaced_add(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    if (entry->replace_path && !entry->not_replaced && !error_is_set(problem)) {
        replaced_put(&self->calls[WRITING_REPLACED], row, entry, entry->unique_name, problem);
        replaced_put(&self->calls[WRITING_REPLACING], row, entry, NULL, problem);
    }
}

/* What the row is called by the service. False: that is not known. name->text NULL: it has no name. */
static bool replaced_name(const write_row *row, shown_value *name) {
    int column = catalog_column_index(row->resource, row->resource->name_column);
    return column >= 0 && shown_find(row->shown, row->shown_length, (size_t)column, name);
}

int64_t write_replaced_last(const write_row *row, bool renamed, int64_t before, error *problem) {
    writing *self = writing_of(row->shared);
    shown_value name = {0};
    if (self->calls[WRITING_REPLACING].count == 0 || !row->resource->name_column || !row->resource->key_prefix ||
        error_is_set(problem)) {
        return 0;
    }
    bool any = renamed || !replaced_name(row, &name);
    if (!any && !name.text) {
        return 0;
    }
    char *key = replaced_key(row->resource, row->path, any ? NULL : name.text);
    int64_t last =
        key ? write_rows_replacing(&self->calls[any ? WRITING_REPLACING : WRITING_REPLACED], &self->queue, key, before)
            : 0;
    if (!key) {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return last;
}
