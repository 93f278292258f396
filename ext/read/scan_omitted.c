/* Terms that SQLite leaves to us; see scan_omitted.h. */
#include "read/scan_omitted.h"

#include <string.h>

#include "base/text_number.h"
#include "plan/address.h"

/* ---- which ---- */

bool scan_omitted_can(const plan_question *question, const plan *made, int slot) {
    const catalog_resource *resource = question->resource;
    bool bound = slot >= SLOT_EQUAL && slot < SLOT_LIMIT;
    if (!plan_given(made, slot) || !(bound || plan_is_parent((plan_slot)slot)) || made->in[slot] || made->loses_rows) {
        return false;
    }
    const plan_term *term = &question->terms[made->argument[slot]];
    const catalog_column *column = &resource->columns[plan_slot_column(resource, (plan_slot)slot)];
    return term->binary && term->comparison != TERM_IS && (bound || (column->flags & COLUMN_PARENT));
}

void scan_omitted_add(scan_omitted_terms *omitted, const catalog_resource *resource, int slot, int argument) {
    size_t at = omitted->count++;
    omitted->terms[at].slot = (unsigned char)slot;
    omitted->terms[at].column = (unsigned char)plan_slot_column(resource, (plan_slot)slot);
    omitted->terms[at].argument = (unsigned char)argument;
}

/* ---- values ---- */

static void scan_omitted_set_number(scan_omitted_bound *bound, sqlite3_value *value) {
    if (bound->type == SQLITE_INTEGER) {
        bound->whole = sqlite3_value_int64(value);
    } else if (bound->type == SQLITE_FLOAT) {
        bound->real = sqlite3_value_double(value);
    }
}

/* The comparison has the affinity of the column: a text that is a number for SQLite counts as that. */
scan_omitted_bound scan_omitted_bound_of(plan_slot slot, sqlite3_value *value, error *problem) {
    scan_omitted_bound bound = {
        .type = sqlite3_value_type(value),
        .below = slot == SLOT_BEFORE || slot == SLOT_UP_TO,
        .equal = slot == SLOT_EQUAL || slot == SLOT_FROM || slot == SLOT_UP_TO,
        .above = slot == SLOT_AFTER || slot == SLOT_FROM,
    };
    if (bound.type != SQLITE_TEXT) {
        scan_omitted_set_number(&bound, value);
        return bound;
    }
    sqlite3_value *copy = sqlite3_value_dup(value); /* the value itself is SQLite's to use again */
    const char *text = copy ? (const char *)sqlite3_value_text(copy) : NULL;
    if (text) {
        bound.type = text_number_type(text, (size_t)sqlite3_value_bytes(copy), &bound.whole);
        bound.real = bound.type == SQLITE_FLOAT ? sqlite3_value_double(copy) : 0;
    } else {
        error_no_memory(problem);
    }
    sqlite3_value_free(copy);
    return bound;
}

static void scan_omitted_take_bound(scan_omitted *taken, size_t column, plan_slot slot, sqlite3_value *value,
                                    error *problem) {
    scan_omitted_bound bound = scan_omitted_bound_of(slot, value, problem);
    taken->nothing = taken->nothing || bound.type == SQLITE_NULL;
    taken->order_column = column;
    taken->bounds[taken->bound_count++] = bound;
}

static void scan_omitted_take_parent(scan_omitted *taken, const char *column, sqlite3_value *value, error *problem) {
    scan_omitted_parent *parent = &taken->parents[taken->parent_count];
    bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
    const void *text = is_text ? sqlite3_value_text(value) : NULL;
    size_t length = text ? (size_t)sqlite3_value_bytes(value) : 0;
    if (is_text && !text) {
        error_no_memory(problem);
    } else if (length != SID_LENGTH) {
        taken->nothing = true;
    } else {
        parent->column = column;
        memcpy(parent->sid, text, SID_LENGTH);
        taken->parent_count++;
    }
}

void scan_omitted_take(scan_omitted *taken, const catalog_resource *resource, unsigned version,
                       const scan_omitted_terms *terms, sqlite3_value **values, error *problem) {
    taken->resource = resource;
    taken->any = terms->count > 0;
    taken->list = -1;
    for (size_t i = 0; i < terms->count && !error_is_set(problem); i++) {
        plan_slot slot = (plan_slot)terms->terms[i].slot;
        size_t column = terms->terms[i].column;
        sqlite3_value *value = values[terms->terms[i].argument];
        if (!(resource->columns[column].versions & version)) {
            taken->nothing = true; /* it is NULL in all rows */
        } else if (plan_is_parent(slot)) {
            scan_omitted_take_parent(taken, resource->columns[column].name, value, problem);
        } else {
            scan_omitted_take_bound(taken, column, slot, value, problem);
        }
    }
}

/* ---- rows ---- */

/* Are the rows of that list under the parents? Each says of its parents what the list's address says, or nothing (belongs.h). */
static bool scan_omitted_is_under(scan_omitted *taken, const feed *source) {
    if (taken->list != feed_number(source)) {
        taken->list = feed_number(source);
        taken->under = true;
        for (size_t i = 0; i < taken->parent_count; i++) {
            const scan_omitted_parent *parent = &taken->parents[i];
            address_part part = address_parent(taken->resource, feed_base(source), parent->column);
            taken->under = taken->under && part.length == SID_LENGTH && memcmp(part.text, parent->sid, SID_LENGTH) == 0;
        }
    }
    return taken->under;
}

/* Below 0, 0, above 0, as the whole number is to the other. */
static int scan_omitted_whole_to_real(int64_t whole, double real) {
    const double most = 9223372036854775808.0; /* 2^63: the first that is no 64-bit integer */
    if (real < -most || real >= most) {
        return real < 0 ? 1 : -1;
    }
    int64_t cut = (int64_t)real; /* towards zero */
    double rest = real - (double)cut;
    return whole != cut ? (whole > cut) - (whole < cut) : (rest < 0) - (rest > 0);
}

static int scan_omitted_order(const scan_omitted_bound *bound, const page_cell *cell) {
    bool whole = cell->type == CELL_INTEGER;
    if (bound->type == SQLITE_INTEGER) {
        int64_t other = bound->whole;
        return whole ? (cell->value.integer > other) - (cell->value.integer < other)
                     : -scan_omitted_whole_to_real(other, cell->value.real);
    }
    if (bound->type == SQLITE_FLOAT) {
        double other = bound->real;
        return whole ? scan_omitted_whole_to_real(cell->value.integer, other)
                     : (cell->value.real > other) - (cell->value.real < other);
    }
    return -1;
}

bool scan_omitted_cell(const scan_omitted_bound *bound, const page_cell *cell) {
    int order = scan_omitted_order(bound, cell);
    return order < 0 ? bound->below : order > 0 ? bound->above : bound->equal;
}

bool scan_omitted_place(const catalog_resource *resource, size_t column, const page_cell *cell, error *problem) {
    bool has = cell->type == CELL_INTEGER || cell->type == CELL_REAL;
    if (!has) {
        error_set(problem, SQLITE_ERROR, "%s: the answer holds a row without its place in the order (\"%s\")",
                  resource->name, resource->columns[column].name);
    }
    return has;
}

static bool scan_omitted_is_within(const scan_omitted *taken, const feed *source, error *problem) {
    const page *content = feed_page(source);
    const page_cell *cell = page_at(content, feed_row(source), taken->order_column);
    if (!(content->columns >> taken->order_column & 1)) {
        error_set(problem, SQLITE_INTERNAL, "%s.%s is compared, although SQLite has not said that it would be",
                  taken->resource->name, taken->resource->columns[taken->order_column].name);
        return false;
    }
    bool within = scan_omitted_place(taken->resource, taken->order_column, cell, problem);
    for (size_t i = 0; i < taken->bound_count && within; i++) {
        within = scan_omitted_cell(&taken->bounds[i], cell);
    }
    return within;
}

void scan_omitted_note_stretch(scan_omitted *taken, int64_t first, int64_t last) {
    const page_cell one = {.type = CELL_INTEGER, .value.integer = first},
                    other = {.type = CELL_INTEGER, .value.integer = last};
    taken->within = true;
    for (size_t i = 0; i < taken->bound_count; i++) {
        const scan_omitted_bound *bound = &taken->bounds[i];
        taken->within = taken->within && scan_omitted_cell(bound, &one) && scan_omitted_cell(bound, &other);
    }
}

bool scan_omitted_row(scan_omitted *taken, const feed *source, error *problem) {
    return !taken->nothing && scan_omitted_is_under(taken, source) &&
           (taken->bound_count == 0 || taken->within || scan_omitted_is_within(taken, source, problem));
}
