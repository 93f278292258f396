/* Equalities that are confirmed here; see scan_confirm.h. */
#include "read/scan_confirm.h"

#include <string.h>

#include "plan/address.h"
#include "read/alike.h"

/* Is the slot's term an equality? Of a bound of times the bit of IS says that both ends come of one. */
static bool scan_confirm_is_equality(const catalog_resource *resource, unsigned number, plan_slot slot) {
    switch (plan_filters_by(resource, slot)) {
    case FILTER_EQUAL:
        return !plan_is_by_is(number, slot);
    case FILTER_FROM:
        return plan_is_by_is(number, slot);
    case FILTER_UP_TO:
        break;
    }
    return false;
}

/* A text is turned into UTF-8 here, where it can be said that there is no memory for that. */
static void scan_confirm_add(scan_confirm *taken, int column, sqlite3_value *value, error *problem) {
    sqlite3_value *copy = sqlite3_value_dup(value);
    if (copy && (sqlite3_value_type(copy) != SQLITE_TEXT || sqlite3_value_text(copy))) {
        taken->columns[taken->count] = (size_t)column;
        taken->values[taken->count++] = copy;
    } else {
        sqlite3_value_free(copy);
        error_no_memory(problem);
    }
}

void scan_confirm_take(scan_confirm *taken, const catalog_resource *resource, unsigned number, sqlite3_value **values,
                       error *problem) {
    size_t next = 0;
    taken->resource = resource;
    for (int i = 0; i <= SLOT_EQUAL && !error_is_set(problem); i++) {
        plan_slot slot = (plan_slot)i;
        if (!plan_has(number, slot)) {
            continue;
        }
        sqlite3_value *value = values[next++];
        if (scan_confirm_is_equality(resource, number, slot)) {
            scan_confirm_add(taken, plan_slot_column(resource, slot), value, problem);
        }
    }
}

void scan_confirm_clear(scan_confirm *taken) {
    for (size_t i = 0; i < taken->count; i++) {
        sqlite3_value_free(taken->values[i]);
    }
    memset(taken, 0, sizeof *taken);
}

/* Of a path, a SID, or a text that a cell has. The value's is in UTF-8 already, see above. */
static bool scan_confirm_text(const char *text, size_t length, sqlite3_value *value) {
    return sqlite3_value_type(value) == SQLITE_TEXT && (size_t)sqlite3_value_bytes(value) == length &&
           memcmp(sqlite3_value_text(value), text, length) == 0;
}

/* A number and a text, or two numbers: whether they may be equal. */
static bool scan_confirm_alike(const page *content, const page_cell *cell, sqlite3_value *value) {
    alike_wanted wanted = alike_to_value(value);
    alike_mark mark = alike_of_cell(content, cell);
    return wanted.everything || mark == ALIKE_ALWAYS ||
           (mark == ALIKE_ODD ? wanted.odd : wanted.marked && mark == wanted.mark);
}

bool scan_confirm_cell(const page *content, const page_cell *cell, sqlite3_value *value) {
    bool text = cell->type == CELL_TEXT || cell->type == CELL_JSON;
    if (cell->type == CELL_NULL || sqlite3_value_type(value) == SQLITE_BLOB) {
        return false;
    }
    return text && sqlite3_value_type(value) == SQLITE_TEXT
               ? scan_confirm_text(page_text(content, cell), cell->length, value)
               : scan_confirm_alike(content, cell, value);
}

static bool scan_confirm_path(const feed *source, sqlite3_value *value, error *problem) {
    char *path = feed_row_path(source, feed_row(source));
    bool same = path && scan_confirm_text(path, strlen(path), value);
    if (!path) {
        error_no_memory(problem);
    }
    sqlite3_free(path);
    return same;
}

static bool scan_confirm_column(const scan_confirm *taken, unsigned version, const feed *source, size_t index,
                                sqlite3_value *value, error *problem) {
    const catalog_column *column = &taken->resource->columns[index];
    const page *content = feed_page(source);
    const page_cell *cell = page_at(content, feed_row(source), index);
    if (!(column->versions & version)) {
        return false;
    }
    if (!(content->columns >> index & 1)) {
        error_set(problem, SQLITE_INTERNAL, "%s.%s is compared, although SQLite has not said that it would be",
                  taken->resource->name, column->name);
        return false;
    }
    if (cell->type == CELL_NULL && (column->flags & COLUMN_PARENT)) { /* it stands in the address */
        address_part part = address_parent(taken->resource, feed_base(source), column->name);
        return part.text && scan_confirm_text(part.text, part.length, value);
    }
    return scan_confirm_cell(content, cell, value);
}

bool scan_confirm_row(const scan_confirm *taken, unsigned version, const feed *source, error *problem) {
    bool met = true;
    for (size_t i = 0; i < taken->count && met; i++) {
        size_t column = taken->columns[i];
        sqlite3_value *value = taken->values[i];
        if (sqlite3_value_type(value) != SQLITE_NULL) { /* no IN hands over a NULL */
            met = column >= taken->resource->column_count
                      ? scan_confirm_path(source, value, problem)
                      : scan_confirm_column(taken, version, source, column, value, problem);
        }
    }
    return met;
}
