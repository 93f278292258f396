/* The form body of a write; see write_body.h. */
#include "write/write_body.h"

#include <string.h>

#include "rest/form.h"
#include "rest/page_document.h"
#include "write/write_check.h"

void write_body_init(write_body *body) {
    memset(body, 0, sizeof *body);
    buffer_init(&body->text, WRITE_BODY_MAX);
    buffer_init(&body->shown, WRITE_BODY_MAX);
}

void write_body_clear(write_body *body) {
    buffer_clear(&body->text);
    buffer_clear(&body->shown);
}

/* ---- has it changed? ---- */

static const page_cell *write_old_cell(const write_row *row, size_t column) {
    return row->old ? page_at(row->old, row->old_row, column) : NULL;
}

static bool write_same_text(const page *old, const page_cell *cell, sqlite3_value *value) {
    const unsigned char *text = sqlite3_value_text(value);
    return text && sqlite3_value_bytes(value) == (int)cell->length &&
           memcmp(text, page_text(old, cell), cell->length) == 0;
}

static bool write_same_value(const write_row *row, size_t column, sqlite3_value *value) {
    const page_cell *cell = write_old_cell(row, column);
    switch (cell ? cell->type : CELL_REAL) {
    case CELL_NULL:
        /* A null that a list shows in place of a hidden value says nothing. */
        return sqlite3_value_type(value) == SQLITE_NULL && !(row->resource->columns[column].flags & COLUMN_LIST_HIDES);
    case CELL_INTEGER:
        return sqlite3_value_numeric_type(value) == SQLITE_INTEGER && sqlite3_value_int64(value) == cell->value.integer;
    case CELL_TEXT:
    case CELL_JSON:
        return sqlite3_value_type(value) != SQLITE_NULL && write_same_text(row->old, cell, value);
    default:
        return false;
    }
}

bool write_body_is_changed(const write_row *row, size_t column) {
    sqlite3_value *value = row->values[column];
    return !sqlite3_value_nochange(value) && !write_same_value(row, column, value);
}

/* ---- parameters ---- */

static void write_append(write_body *body, const write_row *row, const catalog_parameter *parameter, const char *text,
                         size_t length, error *problem) {
    int column = catalog_column_index(row->resource, parameter->column);
    bool secret = column >= 0 && (row->resource->columns[column].flags & COLUMN_SECRET);
    form_append(&body->text, parameter->name, text, length, problem);
    if (secret) {
        buffer_format(&body->shown, "%s%s=****", body->shown.length ? "&" : "", parameter->name);
    } else {
        form_append(&body->shown, parameter->name, text, length, problem);
    }
    body->count++;
}

static void write_append_value(write_body *body, const write_row *row, const catalog_parameter *parameter,
                               sqlite3_value *value, error *problem) {
    buffer text;
    buffer_init(&text, WRITE_BODY_MAX);
    write_check_value(row->resource, parameter, value, &text, problem);
    if (!error_is_set(problem)) {
        write_append(body, row, parameter, text.data, text.length, problem);
    }
    buffer_clear(&text);
}

/* A text of a JSON document. One that could not be had must not go out as an empty one. */
static void write_append_text(write_body *body, const write_row *row, const catalog_parameter *parameter,
                              const buffer *text, error *problem) {
    if (text->rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (text->rc != SQLITE_OK) {
        error_set(problem, text->rc, "%s.%s is too large", row->resource->name, parameter->column);
    }
    write_check_text(row->resource, parameter, text->data ? text->data : "", text->length, problem);
    if (!error_is_set(problem)) {
        write_append(body, row, parameter, text->data, text->length, problem);
    }
}

static void write_append_elements(write_body *body, const write_row *row, const catalog_parameter *parameter,
                                  const page_document *document, error *problem) {
    int count = page_document_count(document, parameter->leaf);
    if (count < 0) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s must be a JSON array", row->resource->name, parameter->column);
    } else if (count == 0) {
        write_append(body, row, parameter, "", 0, problem); /* an empty value empties the set */
    }
    for (int i = 0; i < count && !error_is_set(problem); i++) {
        buffer text;
        buffer_init(&text, WRITE_BODY_MAX);
        if (!page_document_element(document, parameter->leaf, i, &text)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s must be a JSON array of texts", row->resource->name,
                      parameter->column);
        }
        write_append_text(body, row, parameter, &text, problem);
        buffer_clear(&text);
    }
}

/* A leaf of a JSON column: sent if the new document has it, and the old one had another. */
static void write_append_leaf(write_body *body, const write_row *row, const catalog_parameter *parameter,
                              const page_document *document, const page_document *old, error *problem) {
    buffer text;
    if (!page_document_has(document, parameter->leaf) || (old && page_document_same(document, old, parameter->leaf))) {
        return;
    }
    if (parameter->repeated && page_document_count(document, parameter->leaf) >= 0) {
        write_append_elements(body, row, parameter, document, problem);
        return;
    }
    buffer_init(&text, WRITE_BODY_MAX);
    bool single = page_document_leaf(document, parameter->leaf, &text);
    if (parameter->repeated ? single && text.length == 0 : single) {
        write_append_text(body, row, parameter, &text, problem);
    } else {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" must be %s", row->resource->name, parameter->column,
                  parameter->leaf, parameter->repeated ? "a JSON array of texts" : "a single value");
    }
    buffer_clear(&text);
}

static page_document *write_parse(const write_row *row, const char *column, const char *text, size_t length,
                                  error *problem) {
    error refusal = {0};
    page_document *document = page_document_parse(text ? text : "", length, &refusal);
    if (refusal.message) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s %s", row->resource->name, column, refusal.message);
    } else if (!document) {
        error_no_memory(problem);
    }
    error_clear(&refusal);
    return document;
}

static bool write_takes(const catalog_parameter *parameter, unsigned version, bool create) {
    return ((create ? parameter->create : parameter->update) & version) != 0;
}

enum { WRITE_LEAVES_MAX = 64 };

static bool write_is_leaf(const catalog_parameter *parameter, const char *column) {
    return parameter->leaf && strcmp(parameter->column, column) == 0;
}

/* Says why a leaf cannot be set: it may be that another version can. */
static void write_refuse_leaf(const write_row *row, const char *column, const char *leaf, bool create, error *problem) {
    char versions[CATALOG_VERSIONS_SIZE];
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (write_is_leaf(parameter, column) && strcmp(parameter->leaf, leaf) == 0 && !create && parameter->update) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" can be set in %s of the API only", row->resource->name,
                      column, leaf, catalog_versions_text(parameter->update, versions));
        }
    }
    error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be set: the API has no parameter for it",
              row->resource->name, column, leaf);
}

/* Refuses a leaf that no parameter takes, and one taken away: else it would be passed over without a word. */
static void write_refuse_strangers(const write_row *row, const char *column, const page_document *document,
                                   const page_document *old, unsigned version, bool create, error *problem) {
    const char *leaves[WRITE_LEAVES_MAX];
    size_t count = 0;
    buffer name;
    if (!page_document_is_object(document)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s must be a JSON object", row->resource->name, column);
    }
    for (size_t i = 0; i < row->resource->parameter_count && count < WRITE_LEAVES_MAX; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (!write_is_leaf(parameter, column)) {
            continue;
        }
        if (old && page_document_has(old, parameter->leaf) && !page_document_has(document, parameter->leaf)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be removed: give its new value",
                      row->resource->name, column, parameter->leaf);
        }
        if (write_takes(parameter, version, create)) {
            leaves[count++] = parameter->leaf;
        }
    }
    buffer_init(&name, 1000);
    if (page_document_stranger(document, old, leaves, count, &name)) {
        if (name.rc != SQLITE_OK) {
            error_no_memory(problem);
        }
        write_refuse_leaf(row, column, name.data ? name.data : "", create, problem);
    }
    buffer_clear(&name);
}

/* A JSON column, whose leaves or elements are parameters of their own. */
static void write_fill_json(write_body *body, const write_row *row, size_t column, unsigned version, bool create,
                            error *problem) {
    const catalog_resource *resource = row->resource;
    const char *name = resource->columns[column].name;
    sqlite3_value *value = row->values[column];
    const page_cell *cell = create ? NULL : write_old_cell(row, column);
    page_document *document =
        write_parse(row, name, (const char *)sqlite3_value_text(value), (size_t)sqlite3_value_bytes(value), problem);
    page_document *old = document && cell && cell->type == CELL_JSON
                             ? page_document_parse(page_text(row->old, cell), cell->length, problem)
                             : NULL;
    bool leaves = false;
    for (size_t i = 0; document && i < resource->parameter_count && !error_is_set(problem); i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        if (strcmp(parameter->column, name) != 0 || !write_takes(parameter, version, create)) {
            continue;
        }
        if (parameter->leaf) {
            leaves = true;
            write_append_leaf(body, row, parameter, document, old, problem);
        } else {
            write_append_elements(body, row, parameter, document, problem);
        }
    }
    if (leaves && !error_is_set(problem)) {
        write_refuse_strangers(row, name, document, old, version, create, problem);
    }
    page_document_free(document);
    page_document_free(old);
}

/* The parameter that takes a whole column, or NULL. */
static const catalog_parameter *write_find(const write_row *row, const char *column, unsigned version, bool create) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (strcmp(parameter->column, column) == 0 && write_takes(parameter, version, create)) {
            return parameter;
        }
    }
    return NULL;
}

static void write_add_column(write_body *body, const write_row *row, size_t index, unsigned version, bool create,
                             error *problem) {
    const catalog_column *column = &row->resource->columns[index];
    const catalog_parameter *parameter = write_find(row, column->name, version, create);
    sqlite3_value *value = row->values[index];
    if (!parameter) {
        return;
    }
    if (column->kind == VALUE_JSON && sqlite3_value_type(value) != SQLITE_NULL) {
        write_fill_json(body, row, index, version, create, problem);
    } else if (parameter->leaf) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be NULL: give the JSON object", row->resource->name,
                  column->name);
    } else {
        write_append_value(body, row, parameter, value, problem);
    }
}

/* What the server would set anew with the changes that are in body is sent as the UPDATE gives it, though the same. */
static void write_keep_touched(write_body *body, const write_row *row, unsigned version, error *problem) {
    for (size_t i = 0; i < row->resource->column_count && body->count > 0 && !error_is_set(problem); i++) {
        sqlite3_value *value = row->values[i];
        bool given = !sqlite3_value_nochange(value) && sqlite3_value_type(value) != SQLITE_NULL;
        if ((row->resource->columns[i].flags & COLUMN_TOUCHED) && given && !write_body_is_changed(row, i)) {
            write_add_column(body, row, i, version, false, problem);
        }
    }
}

void write_body_fill(write_body *body, const write_row *row, unsigned version, bool create, error *problem) {
    for (size_t i = 0; i < row->resource->column_count && !error_is_set(problem); i++) {
        bool given = sqlite3_value_type(row->values[i]) != SQLITE_NULL;
        if (create ? given : write_body_is_changed(row, i)) {
            write_add_column(body, row, i, version, create, problem);
        }
    }
    if (!create) {
        write_keep_touched(body, row, version, problem);
    }
}

void write_body_add(write_body *body, const write_row *row, size_t column, unsigned version, error *problem) {
    write_add_column(body, row, column, version, false, problem);
}
