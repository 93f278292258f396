/* What a row will be; see write_earlier.h. */
#include "write/write_earlier.h"

#include <string.h>

#include "read/shown.h"
#include "rest/form.h"
#include "write/write_unsure.h"

/* The value of the pair of a name in a form, from there on; NULL: there is none. *rest: where to look on. */
static const char *earlier_value(const char *form, const char *name, size_t *length, const char **rest) {
    const char *pair = form ? form_find(form, name, length) : NULL;
    if (!pair) {
        return NULL;
    }
    *rest = pair[*length] ? pair + *length + 1 : NULL;
    *length -= strlen(name) + 1;
    return pair + strlen(name) + 1;
}

bool write_earlier_same_pairs(const write_earlier *earlier, const char *end, const char *name) {
    size_t length, other_length;
    const char *body = earlier->body, *by = earlier->by->name;
    const char *one = earlier_value(body, by, &length, &body), *other = earlier_value(end, name, &other_length, &end);
    while (one && other && length == other_length && memcmp(one, other, length) == 0) {
        one = earlier_value(body, by, &length, &body);
        other = earlier_value(end, name, &other_length, &end);
    }
    return !one && !other;
}

/* ---- one parameter ---- */

/* The parameter by which a call gives what one of the row's does, or NULL. */
static const catalog_parameter *earlier_giver(const write_row *row, const write_earlier_call *call,
                                              const catalog_parameter *parameter) {
    const catalog_resource *of = call->resource ? call->resource : row->resource;
    const catalog_parameter *giver = NULL;
    for (size_t i = 0; i < of->parameter_count && !giver; i++) {
        const catalog_parameter *each = &of->parameters[i];
        giver =
            form_has(call->body, each->name) && write_unsure_gives(row->resource, of, each, parameter) ? each : NULL;
    }
    return giver;
}

/* Does a text stand for the same in both? Another table may have the leaves of a column as columns. */
static bool earlier_is_alike(const catalog_parameter *one, const catalog_parameter *other) {
    return one == other || (one->kind == other->kind && !one->leaf && !other->leaf && one->repeated == other->repeated);
}

static bool earlier_is_empty(const write_earlier_call *call, const catalog_parameter *by) {
    const char *rest;
    size_t length;
    return earlier_value(call->body, by->name, &length, &rest) && length == 0;
}

/* Has another host been given an empty text, which is something else there? */
static bool earlier_is_other_null(const write_row *row, const write_earlier_call *call,
                                  const catalog_parameter *parameter, const catalog_parameter *by) {
    int column = catalog_column_index(row->resource, parameter->column);
    bool differs = column >= 0 && (row->resource->columns[column].flags & COLUMN_EMPTY_DIFFERS);
    return call->elsewhere && differs && earlier_is_empty(call, by);
}

/* What a call makes of it that gives it by that parameter. */
static write_earlier earlier_of(const write_row *row, const write_earlier_call *call,
                                const catalog_parameter *parameter, const catalog_parameter *by) {
    bool own = !call->resource || call->resource == row->resource;
    bool other = earlier_is_other_null(row, call, parameter, by);
    return call->ignorable || other || !(own || earlier_is_alike(by, parameter))
               ? (write_earlier){.unknown = true, .given = true}
               : (write_earlier){.body = call->body, .by = by};
}

/* What calls give whose effect is not known. Without a word of it: anything. */
static write_earlier earlier_unknown(const write_row *row, const catalog_parameter *parameter) {
    size_t index = (size_t)(parameter - row->resource->parameters);
    unsigned char unsure = row->earlier_unsure ? row->earlier_unsure[index] : WRITE_UNSURE_MAYBE;
    return (write_earlier){.unknown = unsure != WRITE_UNSURE_NOT, .given = unsure == WRITE_UNSURE_GIVEN};
}

/* The seq of the latest call that may have set it anew without giving it; 0: none has. */
static int64_t earlier_woken(const write_row *row, const catalog_parameter *parameter) {
    int column = row->woken ? catalog_column_index(row->resource, parameter->column) : -1;
    return column >= 0 && (row->resource->columns[column].flags & COLUMN_WOKEN) ? row->woken : 0;
}

/* Does the row show it at all? What has no state (a channel that Chat has made) may be given none. */
static bool earlier_is_shown(const write_row *row, const catalog_parameter *parameter) {
    int column = catalog_column_index(row->resource, parameter->column);
    shown_value shown;
    return column >= 0 && row->shown && shown_find(row->shown, row->shown_length, (size_t)column, &shown) &&
           shown.type != CELL_NULL;
}

/* What it is then. Where the call may be in another row, it is not known which of the two it is. */
static write_earlier earlier_of_woken(const write_row *row, const catalog_parameter *parameter) {
    bool known =
        row->woken_surely && form_has(row->resource->woken, parameter->name) && earlier_is_shown(row, parameter);
    return known ? (write_earlier){.body = row->resource->woken, .by = parameter}
                 : (write_earlier){.unknown = true, .given = true};
}

write_earlier write_earlier_find(const write_row *row, const catalog_parameter *parameter) {
    int64_t woken = earlier_woken(row, parameter);
    for (size_t i = 0; i < row->earlier_count && row->earlier[i].seq >= woken; i++) {
        const write_earlier_call *call = &row->earlier[i];
        const catalog_parameter *by = call->body ? earlier_giver(row, call, parameter) : NULL;
        if (!call->body) {
            return woken > 0 ? (write_earlier){.unknown = true, .given = true} : earlier_unknown(row, parameter);
        }
        if (by) {
            return earlier_of(row, call, parameter, by);
        }
    }
    return woken > 0 ? earlier_of_woken(row, parameter) : (write_earlier){0};
}

bool write_earlier_has(const write_row *row, const catalog_parameter *parameter) {
    write_earlier earlier = write_earlier_find(row, parameter);
    return earlier.body || earlier.unknown;
}

bool write_earlier_any(const write_row *row) {
    return row->earlier_count > 0 || row->woken > 0;
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
