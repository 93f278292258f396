/* Which rows SQLite is going to pass over; see hints.h. */
#include "read/hints.h"

#include <string.h>

bool hints_can_use(const catalog_resource *resource, int column, int comparison) {
    /* What stands in a list as it is: a parent's SID may stand in the address alone. */
    if (column < 0 || (size_t)column >= resource->column_count || column > 255 ||
        resource->columns[column].kind == VALUE_BYTES ||
        (resource->columns[column].flags & (COLUMN_LIST_HIDES | COLUMN_PARENT))) {
        return false;
    }
    switch (comparison) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
    case SQLITE_INDEX_CONSTRAINT_NE:
    case SQLITE_INDEX_CONSTRAINT_GT:
    case SQLITE_INDEX_CONSTRAINT_GE:
    case SQLITE_INDEX_CONSTRAINT_LT:
    case SQLITE_INDEX_CONSTRAINT_LE:
    case SQLITE_INDEX_CONSTRAINT_LIKE:
    case SQLITE_INDEX_CONSTRAINT_GLOB:
    case SQLITE_INDEX_CONSTRAINT_ISNULL:
    case SQLITE_INDEX_CONSTRAINT_ISNOTNULL:
        return true;
    default:
        return false;
    }
}

void hints_add(hints *taken, hint_term term, sqlite3_value *value, error *problem) {
    if (taken->count == HINT_MAX || error_is_set(problem)) {
        return;
    }
    taken->terms[taken->count] = term;
    taken->values[taken->count] = sqlite3_value_dup(value);
    if (taken->values[taken->count]) {
        taken->count++;
    } else {
        error_no_memory(problem);
    }
}

void hints_take(hints *taken, const hint_term *terms, size_t count, sqlite3_value **values, error *problem) {
    for (size_t i = 0; i < count; i++) {
        hints_add(taken, terms[i], values[i], problem);
    }
}

void hints_clear(hints *taken) {
    for (size_t i = 0; i < taken->count; i++) {
        sqlite3_value_free(taken->values[i]);
    }
    memset(taken, 0, sizeof *taken);
}

/* Below 0, 0, above 0, as the cell is to the value; false: not sure. */
static bool hints_compare(const page *content, const page_cell *cell, sqlite3_value *value, int *order) {
    int type = sqlite3_value_type(value);
    if (cell->type == CELL_INTEGER && type == SQLITE_INTEGER) {
        sqlite3_int64 other = sqlite3_value_int64(value);
        *order = (cell->value.integer > other) - (cell->value.integer < other);
        return true;
    }
    if (cell->type == CELL_TEXT && type == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_value_text(value);
        *order = text ? strcmp(page_text(content, cell), text) : 0;
        return text != NULL;
    }
    return false;
}

/* A pattern that may be large is SQLite's business alone. */
static bool hints_match(const page *content, const page_cell *cell, sqlite3_value *value, bool glob) {
    enum { PATTERN_MAX = 1000 };
    const char *pattern = sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    if (cell->type != CELL_TEXT || !pattern || strlen(pattern) > PATTERN_MAX) {
        return true;
    }
    const char *text = page_text(content, cell);
    return glob ? sqlite3_strglob(pattern, text) == 0 : sqlite3_strlike(pattern, text, 0) == 0;
}

static bool hints_allow_one(hint_term term, sqlite3_value *value, const page *content, const page_cell *cell) {
    int order = 0;
    if (term.comparison == SQLITE_INDEX_CONSTRAINT_ISNULL) {
        return cell->type == CELL_NULL;
    }
    if (cell->type == CELL_NULL) {
        return false; /* no other comparison is true of NULL */
    }
    if (term.comparison == SQLITE_INDEX_CONSTRAINT_ISNOTNULL) {
        return true;
    }
    if (term.comparison == SQLITE_INDEX_CONSTRAINT_LIKE || term.comparison == SQLITE_INDEX_CONSTRAINT_GLOB) {
        return hints_match(content, cell, value, term.comparison == SQLITE_INDEX_CONSTRAINT_GLOB);
    }
    if (!hints_compare(content, cell, value, &order)) {
        return true;
    }
    switch (term.comparison) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return order == 0;
    case SQLITE_INDEX_CONSTRAINT_NE:
        return order != 0;
    case SQLITE_INDEX_CONSTRAINT_GT:
        return order > 0;
    case SQLITE_INDEX_CONSTRAINT_GE:
        return order >= 0;
    case SQLITE_INDEX_CONSTRAINT_LT:
        return order < 0;
    default:
        return order <= 0;
    }
}

bool hints_allow(const hints *taken, const page *content, size_t row) {
    for (size_t i = 0; i < taken->count; i++) {
        const page_cell *cell = page_at(content, row, taken->terms[i].column);
        if (!hints_allow_one(taken->terms[i], taken->values[i], content, cell)) {
            return false;
        }
    }
    return true;
}
