/* What a row will be; see write_earlier.h. */
#include "write/write_earlier.h"

#include <string.h>

#include "rest/form.h"
#include "write/write_unsure.h"

bool write_earlier_same_pairs(const char *body, const char *end, const char *name) {
    size_t length, other_length;
    const char *one = form_find(body, name, &length), *other = form_find(end, name, &other_length);
    while (one && other && length == other_length && memcmp(one, other, length) == 0) {
        one = form_find(one[length] ? one + length + 1 : NULL, name, &length);
        other = form_find(other[other_length] ? other + other_length + 1 : NULL, name, &other_length);
    }
    return !one && !other;
}

/* ---- one parameter ---- */

/* The parameter by which a body gives what another one gives, or NULL. */
static const catalog_parameter *earlier_giver(const write_row *row, const catalog_parameter *parameter,
                                              const char *body) {
    const catalog_resource *resource = row->resource;
    const catalog_parameter *giver = NULL;
    for (size_t i = 0; i < resource->parameter_count && !giver; i++) {
        const catalog_parameter *each = &resource->parameters[i];
        bool gives = write_unsure_is_same(each, parameter) && form_has(body, each->name);
        giver = gives ? each : NULL;
    }
    return giver;
}

/* What calls give whose effect is not known. Without a word of it: anything. */
static write_earlier earlier_unknown(const write_row *row, const catalog_parameter *parameter) {
    size_t index = (size_t)(parameter - row->resource->parameters);
    unsigned char unsure = row->earlier_unsure ? row->earlier_unsure[index] : WRITE_UNSURE_MAYBE;
    return (write_earlier){.unknown = unsure != WRITE_UNSURE_NOT, .given = unsure == WRITE_UNSURE_GIVEN};
}

/* May a call have set it anew that does not give it? Whether before or after one that does, is not looked at. */
static bool earlier_is_woken(const write_row *row, const catalog_parameter *parameter) {
    int column = row->woken ? catalog_column_index(row->resource, parameter->column) : -1;
    return column >= 0 && (row->resource->columns[column].flags & COLUMN_WOKEN);
}

write_earlier write_earlier_find(const write_row *row, const catalog_parameter *parameter) {
    if (earlier_is_woken(row, parameter)) {
        return (write_earlier){.unknown = true, .given = true};
    }
    for (size_t i = 0; i < row->earlier_count; i++) {
        const char *body = row->earlier[i];
        if (!body) {
            return earlier_unknown(row, parameter);
        }
        const catalog_parameter *by = earlier_giver(row, parameter, body);
        if (by) {
            bool ignorable = row->earlier_ignorable && row->earlier_ignorable[i];
            return ignorable ? (write_earlier){.unknown = true, .given = true}
                             : (write_earlier){.body = body, .by = by};
        }
    }
    return (write_earlier){0};
}

bool write_earlier_has(const write_row *row, const catalog_parameter *parameter) {
    write_earlier earlier = write_earlier_find(row, parameter);
    return earlier.body || earlier.unknown;
}

bool write_earlier_any(const write_row *row) {
    return row->earlier_count > 0 || row->woken;
}

bool write_earlier_has_column(const write_row *row, const char *column) {
    bool given = false;
    for (size_t i = 0; i < row->resource->parameter_count && write_earlier_any(row) && !given; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        given = strcmp(parameter->column, column) == 0 && write_earlier_has(row, parameter);
    }
    return given;
}

/* ---- a JSON column ---- */

/* Puts a leaf into the document as the body's pairs of a parameter make it. */
static void earlier_put(page_document *document, const char *leaf, const catalog_parameter *parameter, const char *body,
                        error *problem) {
    bool plain = parameter->kind == VALUE_BOOLEAN || parameter->kind == VALUE_INTEGER;
    size_t length;
    bool done = !parameter->repeated || page_document_set(document, leaf, "[]", 2, true);
    for (const char *pair = form_find(body, parameter->name, &length); pair && done;
         pair = form_find(pair[length] ? pair + length + 1 : NULL, parameter->name, &length)) {
        size_t start = strlen(parameter->name) + 1;
        buffer text;
        buffer_init(&text, length);
        form_read(&text, pair + start, length - start);
        bool gone = parameter->null_text && text.data && strcmp(text.data, parameter->null_text) == 0;
        if (gone) {
            page_document_remove(document, leaf);
        } else if (parameter->repeated) {
            done = text.length == 0 || page_document_add(document, leaf, text.data, text.length);
        } else {
            done = page_document_set(document, leaf, text.data, text.length, plain && text.length > 0);
        }
        done = done && text.rc == SQLITE_OK;
        buffer_clear(&text);
    }
    if (!done) {
        error_no_memory(problem);
    }
}

/* Stands for a value that is not known: nothing that a call would take. */
static const char EARLIER_UNKNOWN[] = "[[]]";

static void earlier_apply(page_document *document, const write_row *row, const catalog_parameter *parameter,
                          error *problem) {
    write_earlier earlier = write_earlier_find(row, parameter);
    if (earlier.body) {
        earlier_put(document, parameter->leaf, earlier.by, earlier.body, problem);
    } else if (earlier.given &&
               !page_document_set(document, parameter->leaf, EARLIER_UNKNOWN, strlen(EARLIER_UNKNOWN), true)) {
        error_no_memory(problem);
    }
}

page_document *write_earlier_document(const write_row *row, const char *column, page_document *old, error *problem) {
    if (row->earlier_count == 0 || error_is_set(problem) || (old && !page_document_is_object(old))) {
        return old;
    }
    page_document *document = old ? old : page_document_parse("{}", 2, problem);
    for (size_t i = 0; document && i < row->resource->parameter_count && !error_is_set(problem); i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        /* What the host has no parameter for, it does not show: Conversations tells of no invites. */
        bool shows = ((parameter->create | parameter->update) & catalog_versions_of_host(row->version)) != 0;
        if (parameter->leaf && shows && strcmp(parameter->column, column) == 0) {
            earlier_apply(document, row, parameter, problem);
        }
    }
    return document;
}
