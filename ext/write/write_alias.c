/* What a transaction has queued for a row by another table's name; see write_alias.h. */
#include "write/write_alias.h"

#include <string.h>

#include "base/sid.h"
#include "read/shown.h"
#include "write/write_body.h"
#include "write/write_check.h"
#include "write/writing.h"

/*
** What a row is about, whatever the segments are called that lead to it: the SIDs of its address. A single one is about what
** it hangs under. A person in something is a member there, and has it among what is the user's: who it is the addresses do not
** share, so that all persons there count as one. sqlite3_malloc'ed; NULL: out of memory.
*/
static char *alias_key(const catalog_resource *resource, const char *path) {
    const char *in = resource->person_in;
    char *key = sqlite3_mprintf("%s", in ? "persons" : "");
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

static const catalog_resource *alias_find(const write_row *row, error *problem) {
    writing *self = writing_of(row->shared);
    if (!write_rows_is_mixed(&self->things, row->resource)) {
        return NULL;
    }
    char *key = alias_key(row->resource, row->path);
    const catalog_resource *found = NULL;
    if (!key) {
        error_no_memory(problem);
    } else if (*key) {
        found = write_rows_alias(&self->things, &self->queue, key, row->resource, alias_is_other);
    }
    sqlite3_free(key);
    return found;
}

/* The parameter that an UPDATE sends the column as, or NULL. */
static const catalog_parameter *alias_parameter(const write_row *row, const char *column) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (strcmp(parameter->column, column) == 0 && parameter->update) {
            return parameter;
        }
    }
    return NULL;
}

/*
** Would what is sent for the column depend on what the service still has? If it is the same, which is not sent; if it may be
** made of that; and of an object with parts only those are sent that differ.
*/
static bool alias_depends(const write_row *row, size_t column) {
    shown_value shown;
    bool asked = shown_find(row->shown, row->shown_length, column, &shown) && shown.asked;
    return row->resource->columns[column].kind == VALUE_JSON || asked || !write_body_is_changed(row, column);
}

void write_alias_check(const write_row *row, error *problem) {
    const catalog_resource *other = error_is_set(problem) ? NULL : alias_find(row, problem);
    for (size_t i = 0; other && i < row->resource->column_count && !error_is_set(problem); i++) {
        const catalog_parameter *parameter = alias_parameter(row, row->resource->columns[i].name);
        if (parameter && !sqlite3_value_nochange(row->values[i]) && (row->earlier_count > 0 || alias_depends(row, i))) {
            write_check_alias(row->resource, parameter, other, problem);
        }
    }
}

void write_alias_add(const write_row *row, const write_entry *entry, error *problem) {
    writing *self = writing_of(row->shared);
    char *key = error_is_set(problem) ? NULL : alias_key(row->resource, row->path);
    if (key) {
        write_rows_add(&self->things, &self->queue, entry, key, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
}
