/* What the catalogue says of a parameter; see write_parameter.h. */
#include "write/write_parameter.h"

#include <string.h>

#include "base/buffer.h"
#include "read/shown.h"

enum { WRITE_DERIVED_MAX = 64 * 1024 };

bool write_parameter_takes(const catalog_parameter *parameter, const write_call *call) {
    bool here =
        parameter->part && call->part ? strcmp(parameter->part, call->part) == 0 : parameter->part == call->part;
    return here && ((call->create ? parameter->create : parameter->update) & call->version) != 0;
}

/* Has the row that text in a column, in whatever case? */
static bool write_row_has(const write_row *row, const char *column, const char *text) {
    int index = catalog_column_index(row->resource, column);
    sqlite3_value *value = row->values[index];
    shown_value shown;
    if (!sqlite3_value_nochange(value)) {
        const char *given = sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
        return given && sqlite3_stricmp(given, text) == 0;
    }
    return shown_find(row->shown, row->shown_length, (size_t)index, &shown) && shown.type == CELL_TEXT &&
           sqlite3_stricmp(shown.text, text) == 0;
}

bool write_parameter_is_for(const write_row *row, const catalog_parameter *parameter) {
    const catalog_where *where = &parameter->where;
    return !where->column || write_row_has(row, where->column, where->value) != where->other;
}

bool write_parameter_any_case(const catalog_resource *resource, const char *column) {
    bool any_case = false;
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        any_case = any_case || (parameter->any_case && !parameter->leaf && strcmp(parameter->column, column) == 0);
    }
    return any_case;
}

/* Does the row show what the parameter gives? */
static bool parameter_shows(const write_row *row, const catalog_parameter *parameter) {
    int column = catalog_column_index(row->resource, parameter->column);
    return column >= 0 && (row->resource->columns[column].versions & row->version);
}

void write_parameter_refuse_empty(const write_row *row, const catalog_parameter *parameter, sqlite3_value *value,
                                  bool changed, error *problem) {
    int type = sqlite3_value_type(value);
    bool null = type == SQLITE_NULL, empty = null || (type == SQLITE_TEXT && sqlite3_value_bytes(value) == 0);
    if (empty && changed && parameter->kept) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot become %s: %s", row->resource->name, parameter->column,
                  null ? "NULL" : "empty", parameter->kept);
    } else if (null && parameter->kind == VALUE_DURATION &&
               (changed || (row->told && !parameter_shows(row, parameter)))) {
        /* One that is only written reads NULL, so that this would quietly be no change. */
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be NULL: give 'PT0S' to switch it off", row->resource->name,
                  parameter->column);
    }
}

/* Is the text the one of length bytes? */
static bool write_is_text(const char *text, const char *other, size_t length) {
    return text && strlen(text) == length && memcmp(text, other, length) == 0;
}

bool write_parameter_derived(const catalog_resource *resource, const catalog_derived *derived,
                             const page_document *document, const page_document *old, error *problem) {
    if (!page_document_has(document, derived->leaf) || page_document_is_null(document, derived->leaf) ||
        (old && page_document_has(old, derived->leaf))) {
        return false;
    }
    buffer given, of;
    buffer_init(&given, WRITE_DERIVED_MAX);
    buffer_init(&of, WRITE_DERIVED_MAX);
    page_document_leaf(document, derived->leaf, &given);
    page_document_leaf(document, derived->of, &of);
    const char *told = given.data ? given.data : "", *colon = of.data ? strchr(of.data, ':') : NULL;
    size_t before = colon ? (size_t)(colon - of.data) : 0;
    bool plain = before == 0 || write_is_text(derived->also_plain, of.data, before);
    bool same = (plain && write_is_text(derived->plain, told, given.length)) ||
                (before > 0 && given.length == before && memcmp(told, of.data, before) == 0);
    if (given.rc == SQLITE_NOMEM || of.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (!same) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be set to that: %s", resource->name,
                  derived->column, derived->leaf, derived->reason);
    }
    buffer_clear(&given);
    buffer_clear(&of);
    return same;
}
