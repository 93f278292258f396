/* The form body of a write; see write_body.h. */
#include "write/write_body.h"

#include <string.h>

#include "base/json_text.h"
#include "base/secret.h"
#include "read/shown.h"
#include "rest/form.h"
#include "rest/page_document.h"
#include "write/write_assigned.h"
#include "write/write_check.h"
#include "write/write_earlier.h"
#include "write/write_leaves.h"
#include "write/write_parameter.h"
#include "write/write_same.h"
#include "write/write_told.h"

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

static bool write_shown(const write_row *row, size_t column, shown_value *shown) {
    return shown_find(row->shown, row->shown_length, column, shown);
}

/* Is the value what the statement has shown? */
static bool write_is_shown(const write_row *row, size_t index, sqlite3_value *value) {
    const catalog_column *column = &row->resource->columns[index];
    shown_value shown;
    if (!write_shown(row, index, &shown)) {
        return false;
    }
    return write_same_value(row->resource, column, &shown, value);
}

/*
** May the value be the row's own, which SQLite gives because the UPDATE does not set the column? Before 3.44 an
** UPDATE ... FROM gives them all, and its text may not be known; those that it has never asked for, it sets.
*/
static bool write_is_in_doubt(const write_row *row, size_t column) {
    shown_value shown;
    return !row->told && write_shown(row, column, &shown) && shown.asked && !write_body_is_changed(row, column);
}

bool write_body_is_changed(const write_row *row, size_t column) {
    sqlite3_value *value = row->values[column];
    return !sqlite3_value_nochange(value) && !write_is_shown(row, column, value);
}

/* Where SQLite does not tell, the text of the statement may. A value that is not the row's own is set, whatever that says. */
bool write_body_is_left(const write_row *row, size_t index) {
    bool named = !row->assigned || write_assigned_has(row->assigned, row->resource->columns[index].name);
    return sqlite3_value_nochange(row->values[index]) || (!named && !write_body_is_changed(row, index));
}

/* Is it known to be set? */
static bool write_is_given(const write_row *row, size_t index) {
    return !write_body_is_left(row, index) && !write_is_in_doubt(row, index);
}

/* ---- what earlier calls of the transaction make of it ---- */

/* A place in a body to go back to. */
typedef struct write_mark {
    size_t text, shown;
    int count;
} write_mark;

static write_mark write_mark_of(const write_body *body) {
    return (write_mark){body->text.length, body->shown.length, body->count};
}

static void write_cut(buffer *target, size_t length) {
    if (target->data) {
        target->length = length;
        target->data[length] = 0;
    }
}

/* Gives a call what the server sets the time of reading with? */
static bool write_call_touches(const write_row *row, const write_earlier_call *call) {
    const catalog_resource *of = call->resource ? call->resource : row->resource;
    bool touches = !call->body;
    for (size_t i = 0; i < of->parameter_count && !touches; i++) {
        int column = catalog_column_index(of, of->parameters[i].column);
        touches =
            column >= 0 && (of->columns[column].flags & COLUMN_TOUCHES) && form_has(call->body, of->parameters[i].name);
    }
    return touches;
}

/* Has the server set a column anew with an earlier call, of those after the one with that body (NULL: of all)? */
static bool write_is_touched(const write_row *row, const catalog_parameter *parameter, const char *since) {
    int column = catalog_column_index(row->resource, parameter->column);
    unsigned flags = column >= 0 ? row->resource->columns[column].flags : 0;
    bool touched = false, may = (flags & COLUMN_TOUCHED) != 0;
    for (size_t i = 0; i < row->earlier_count && may && !touched && row->earlier[i].body != since; i++) {
        touched = !(flags & COLUMN_TOUCHED_WITH) || write_call_touches(row, &row->earlier[i]);
    }
    return touched;
}

/* Takes back what has been put in from a place on, if an earlier call of the transaction gives the same already. */
static void write_settle(write_body *body, const write_row *row, const catalog_parameter *parameter, write_mark mark) {
    write_earlier earlier = write_earlier_find(row, parameter);
    if (earlier.body && !write_is_touched(row, parameter, earlier.body) && body->text.data &&
        body->text.length > mark.text &&
        write_earlier_same_pairs(&earlier, body->text.data + mark.text + (mark.text > 0), parameter->name)) {
        write_cut(&body->text, mark.text);
        write_cut(&body->shown, mark.shown);
        body->count = mark.count;
    }
}

/* ---- parameters ---- */

/* What shows in chat_writes in place of a secret would, sent again from there, be one, and a wrong one. */
static void write_append(write_body *body, const write_row *row, const catalog_parameter *parameter, const char *text,
                         size_t length, error *problem) {
    int column = catalog_column_index(row->resource, parameter->column);
    bool secret = column >= 0 && (row->resource->columns[column].flags & COLUMN_SECRET);
    text = write_told_as(parameter, text, &length);
    if (secret && length == strlen(SECRET_HIDDEN) && memcmp(text, SECRET_HIDDEN, length) == 0) {
        error_set(problem, SQLITE_ERROR, "%s.%s: \"%s\" is how a secret shows, not the secret: give that",
                  row->resource->name, parameter->column, SECRET_HIDDEN);
    }
    form_append(&body->text, parameter->name, text, length, problem);
    if (secret) {
        buffer_format(&body->shown, "%s%s=%s", body->shown.length ? "&" : "", parameter->name, SECRET_HIDDEN);
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
    bool objects = parameter->kind == VALUE_JSON_TEXT;
    if (parameter->max_elements > 0 && (count == 0 || count > parameter->max_elements)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s must have 1 to %d elements, or be left out", row->resource->name,
                  parameter->column, parameter->max_elements);
    } else if (count < 0) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s must be a JSON array", row->resource->name, parameter->column);
    } else if (count == 0) {
        write_append(body, row, parameter, "", 0, problem); /* an empty value empties the set */
    }
    for (int i = 0; i < count && !error_is_set(problem); i++) {
        buffer text;
        buffer_init(&text, WRITE_BODY_MAX);
        if (!(objects ? page_document_object : page_document_element)(document, parameter->leaf, i, &text)) {
            const char *leaf = parameter->leaf ? parameter->leaf : "";
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s%s%s%s must be a JSON array of %s", row->resource->name,
                      parameter->column, *leaf ? ": \"" : "", leaf, *leaf ? "\"" : "", objects ? "objects" : "texts");
        }
        if (!write_told_before(parameter, document, i, &text)) {
            write_append_text(body, row, parameter, &text, problem);
        }
        buffer_clear(&text);
    }
}

/* 4.0 where a whole number is wanted is 4: json_set and round make it so. */
static void write_trim_whole(const catalog_parameter *parameter, buffer *text) {
    size_t length = text->length;
    if (parameter->kind == VALUE_INTEGER && length > 2 && memcmp(text->data + length - 2, ".0", 2) == 0) {
        write_cut(text, length - 2);
    }
}

/* Appends a leaf of a JSON column. */
static void write_append_leaf(write_body *body, const write_row *row, const catalog_parameter *parameter,
                              const page_document *document, error *problem) {
    buffer text;
    if (parameter->repeated && page_document_count(document, parameter->leaf) >= 0) {
        write_append_elements(body, row, parameter, document, problem);
        return;
    }
    buffer_init(&text, WRITE_BODY_MAX);
    bool single = page_document_leaf(document, parameter->leaf, &text);
    if (parameter->null_text && page_document_is_null(document, parameter->leaf)) {
        buffer_text(&text, parameter->null_text);
    }
    write_trim_whole(parameter, &text);
    if (parameter->repeated ? single && text.length == 0 : single) {
        write_append_text(body, row, parameter, &text, problem);
    } else {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" must be %s", row->resource->name, parameter->column,
                  parameter->leaf, parameter->repeated ? "a JSON array of texts" : "a single value");
    }
    buffer_clear(&text);
}

/*
** Does the statement set a column that it has also read, so that the value may be made of the one before? What has been
** queued is not seen by reading: json_set(attributes, ...) would undo what an earlier statement did to another key, and of
** two times n + 1 the second gives what the first has. Where SQLite does not tell what is set, what differs is.
*/
static bool write_is_made_of_old(const write_row *row, size_t column) {
    shown_value shown;
    bool set = row->told ? !write_body_is_left(row, column) : write_body_is_changed(row, column);
    return set && write_shown(row, column, &shown) && shown.asked;
}

/* Is it a null, as a NULL is in a column of its own? What a row that is copied does not have reads so. */
static bool write_is_left_out(const catalog_parameter *parameter, const page_document *document) {
    return parameter->leaf && !parameter->null_empties && page_document_is_null(document, parameter->leaf);
}

/*
** A parameter that a JSON column gives (a leaf of it, or its elements), if the new document has it: sent if an earlier
** call has given it another value, or none and the old document has another.
*/
static void write_append_part(write_body *body, const write_row *row, size_t column, const catalog_parameter *parameter,
                              const page_document *document, const page_document *old, const write_call *call,
                              error *problem) {
    bool same =
        old && (page_document_same(document, old, parameter->leaf) || write_told_same(parameter, document, old));
    write_mark mark = write_mark_of(body);
    if ((parameter->leaf && !page_document_has(document, parameter->leaf)) ||
        (call->inserted && write_is_left_out(parameter, document)) || (same && !write_earlier_has(row, parameter))) {
        return;
    }
    if (write_earlier_has(row, parameter) && write_is_made_of_old(row, column)) {
        write_check_made_of_old(row->resource, parameter, problem);
        return;
    }
    if (parameter->leaf) {
        write_append_leaf(body, row, parameter, document, problem);
    } else {
        write_append_elements(body, row, parameter, document, problem);
    }
    write_settle(body, row, parameter, mark);
    if (body->count > mark.count && same && write_is_in_doubt(row, column)) {
        write_check_unclear(row->resource, parameter, problem);
    }
}

/* Parses the JSON of a column. Valid JSON that cannot be taken apart (a key that comes twice) is told from what is none. */
static page_document *write_parse(const write_row *row, const char *column, const char *text, size_t length,
                                  error *problem) {
    error refusal = {0};
    page_document *document = error_is_set(problem) ? NULL : page_document_parse(text, length, &refusal);
    if (refusal.message) {
        bool valid = json_text_is_valid(text, length, problem);
        const char *reason = strstr(refusal.message, ": ");
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s %s%s", row->resource->name, column,
                  valid ? "cannot be taken apart, as the API wants it" : refusal.message,
                  valid && reason ? reason : "");
    } else if (!document) {
        error_no_memory(problem);
    }
    error_clear(&refusal);
    return document;
}

/* The parameter that takes a whole column, or NULL. */
static const catalog_parameter *write_find(const write_row *row, const char *column, const write_call *call) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (strcmp(parameter->column, column) == 0 && write_parameter_takes(parameter, call)) {
            return parameter;
        }
    }
    return NULL;
}

/* The document that a JSON column shows; NULL if it is none. */
static page_document *write_parse_shown(const write_row *row, size_t column, error *problem) {
    shown_value shown;
    error refusal = {0};
    if (error_is_set(problem) || !write_shown(row, column, &shown) || !shown.text) {
        return NULL;
    }
    page_document *old = page_document_parse(shown.text, shown.length, &refusal);
    if (!old && !refusal.message) {
        error_no_memory(problem);
    }
    error_clear(&refusal);
    return old;
}

/*
** Refuses a document that cannot be made of the one that the row will have. What differs from what was shown by the transaction's
** earlier calls only may not be set at all, or be made of what was shown.
*/
static void write_refuse_unlike(const write_row *row, size_t column, const page_document *document,
                                const page_document *old, const write_call *call, error *problem) {
    const char *name = row->resource->columns[column].name;
    bool in_doubt = write_is_in_doubt(row, column), made_of_old = write_is_made_of_old(row, column);
    page_document *will = call->create ? NULL : write_parse_shown(row, column, problem);
    error refusal = {0};
    will = call->create ? NULL : write_earlier_document(row, name, will, problem);
    write_leaves_refuse(row, name, document, will, call, &refusal);
    if (error_is_set(&refusal) && (in_doubt || made_of_old)) {
        write_leaves_refuse(row, name, document, old, call, problem);
        const catalog_parameter *parameter = write_find(row, name, call);
        (made_of_old ? write_check_made_of_old : write_check_unclear)(row->resource, parameter, problem);
    } else if (!error_is_set(problem)) {
        *problem = refusal;
        refusal = (error){0};
    }
    error_clear(&refusal);
    page_document_free(will);
}

/* A JSON column, whose leaves or elements are parameters of their own. */
static void write_fill_json(write_body *body, const write_row *row, size_t column, const write_call *call,
                            error *problem) {
    const catalog_resource *resource = row->resource;
    const char *name = resource->columns[column].name;
    buffer text;
    buffer_init(&text, WRITE_BODY_MAX);
    if (sqlite3_value_type(row->values[column]) == SQLITE_BLOB) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s is a blob: give text", resource->name, name);
    }
    write_check_joined(resource, name, row->values[column], &text, problem);
    page_document *document = write_parse(row, name, text.data ? text.data : "", text.length, problem);
    page_document *old = call->create ? NULL : write_parse_shown(row, column, problem);
    bool leaves = false;
    for (size_t i = 0; document && i < resource->parameter_count && !error_is_set(problem); i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        if (strcmp(parameter->column, name) == 0 && write_parameter_takes(parameter, call) &&
            write_parameter_is_for(row, parameter)) {
            leaves = leaves || parameter->leaf;
            write_append_part(body, row, column, parameter, document, old, call, problem);
        }
    }
    if (leaves && !error_is_set(problem)) {
        write_refuse_unlike(row, column, document, old, call, problem);
    }
    page_document_free(document);
    page_document_free(old);
    buffer_clear(&text);
}

/* Nothing, where JSON is wanted: the API would take it for an empty set, or for no attributes. */
static void write_refuse_null(const write_row *row, const catalog_parameter *parameter, error *problem) {
    const char *wanted = parameter->leaf       ? "the JSON object"
                         : parameter->repeated ? "a JSON array, [] for an empty one"
                                               : "JSON, {} for an empty object";
    error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be NULL: give %s", row->resource->name, parameter->column,
              wanted);
}

static void write_add_column(write_body *body, const write_row *row, size_t index, const write_call *call,
                             error *problem) {
    const catalog_column *column = &row->resource->columns[index];
    const catalog_parameter *parameter = write_find(row, column->name, call);
    sqlite3_value *value = row->values[index];
    bool json = column->kind == VALUE_JSON || column->kind == VALUE_JSON_TEXT;
    if (!parameter) {
        return;
    }
    if (json && sqlite3_value_type(value) == SQLITE_NULL) {
        write_refuse_null(row, parameter, problem);
    } else if (column->kind == VALUE_JSON) {
        write_fill_json(body, row, index, call, problem);
    } else {
        write_append_value(body, row, parameter, value, problem);
    }
}

/* Adds a column that an earlier call has given, JSON part by part. Back to what was shown is a change: to NULL, too. */
static void write_add_again(write_body *body, const write_row *row, size_t index, const catalog_parameter *parameter,
                            const write_call *call, error *problem) {
    sqlite3_value *value = row->values[index];
    bool parts = row->resource->columns[index].kind == VALUE_JSON;
    bool in_doubt = write_is_in_doubt(row, index);
    write_mark mark = write_mark_of(body);
    if (in_doubt && parts && sqlite3_value_type(value) == SQLITE_NULL) {
        write_check_unclear(row->resource, parameter, problem);
        return;
    }
    if (!parts && write_is_made_of_old(row, index)) {
        write_check_made_of_old(row->resource, parameter, problem);
        return;
    }
    write_add_column(body, row, index, call, problem);
    if (!parts) {
        write_settle(body, row, parameter, mark);
    }
    if (!parts && body->count > mark.count) {
        if (in_doubt) {
            write_check_unclear(row->resource, parameter, problem);
        }
        write_parameter_refuse_empty(row, parameter, value, true, problem);
    }
}

/* A time that is never shown is read as NULL: whoever gives a row back as it was shown does not want it made one. */
static bool write_is_unseen_null(const write_row *row, size_t index) {
    unsigned flags = row->resource->columns[index].flags;
    bool unseen = (flags & COLUMN_WRITE_ONLY) && (flags & COLUMN_TOUCHED);
    return unseen && sqlite3_value_type(row->values[index]) == SQLITE_NULL;
}

/*
** Adds a column that an UPDATE gives, if it makes the row another than it will be: another than what was shown, or, where
** earlier calls of the transaction give it, another than what they give.
*/
static void write_add_changed(write_body *body, const write_row *row, size_t index, const write_call *call,
                              error *problem) {
    const catalog_column *column = &row->resource->columns[index];
    const catalog_parameter *parameter = write_find(row, column->name, call);
    if (!parameter || write_body_is_left(row, index) || write_is_unseen_null(row, index)) {
        return;
    }
    bool changed = write_body_is_changed(row, index);
    write_earlier earlier = write_earlier_find(row, parameter);
    /* What cannot be set back is as it was shown, unless a call is known to move it. */
    bool moved = !parameter->final || earlier.body || earlier.given;
    write_parameter_refuse_empty(row, parameter, row->values[index], changed, problem);
    /* What the server has set anew is not what was shown any more. */
    bool anew = write_is_touched(row, parameter, NULL) && write_is_given(row, index);
    if (write_earlier_has_column(row, column->name) && (changed || moved)) {
        write_add_again(body, row, index, parameter, call, problem);
    } else if (anew || changed) {
        write_add_column(body, row, index, call, problem);
    }
}

/* Does the body give what the server sets a time with that has been null, as the index of what was read? */
static bool write_touches_null(const write_body *body, const write_row *row, const write_call *call) {
    bool touches = false;
    for (size_t i = 0; i < row->resource->column_count && !touches; i++) {
        bool may = (row->resource->columns[i].flags & COLUMN_TOUCHES) != 0;
        const catalog_parameter *parameter = may ? write_find(row, row->resource->columns[i].name, call) : NULL;
        touches = parameter && form_has(body->text.data, parameter->name);
    }
    return touches;
}

/* A NULL that no call can give, since every row has a date_updated, that is never seen, or that the server leaves as it is. */
static bool write_stays_null(const write_body *body, const write_row *row, const catalog_parameter *parameter,
                             size_t index, const write_call *call) {
    bool never = parameter->kept || write_is_unseen_null(row, index);
    return sqlite3_value_type(row->values[index]) == SQLITE_NULL && (never || !write_touches_null(body, row, call));
}

/*
** What the server would set anew with the changes that are in body is sent as the UPDATE gives it, though the same: a NULL, too,
** in place of which there would be a time.
*/
static void write_keep_touched(write_body *body, const write_row *row, const write_call *call, error *problem) {
    for (size_t i = 0; i < row->resource->column_count && body->count > 0 && !error_is_set(problem); i++) {
        const catalog_parameter *parameter = write_find(row, row->resource->columns[i].name, call);
        if ((row->resource->columns[i].flags & COLUMN_TOUCHED) && parameter && write_is_given(row, i) &&
            !write_stays_null(body, row, parameter, i, call) && !form_has(body->text.data, parameter->name)) {
            write_add_column(body, row, i, call, problem);
        }
    }
}

/* Does a body give another value than the one that earlier calls leave a column with? */
static bool write_gives_other(const write_row *row, const catalog_parameter *parameter, sqlite3_value *value,
                              const write_earlier *earlier, error *problem) {
    error refusal = {0};
    write_body body;
    write_body_init(&body);
    write_append_value(&body, row, parameter, value, &refusal);
    bool other = error_is_set(&refusal) || !write_earlier_same_pairs(earlier, body.text.data, parameter->name);
    if (refusal.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    write_body_clear(&body);
    error_clear(&refusal);
    return other;
}

bool write_body_will_change(const write_row *row, size_t index, error *problem) {
    const catalog_column *column = &row->resource->columns[index];
    sqlite3_value *value = row->values[index];
    bool changed = write_body_is_changed(row, index), shows = (column->versions & row->version) != 0;
    if (write_body_is_left(row, index) || !shows || write_is_in_doubt(row, index)) {
        return changed;
    }
    bool may = !write_is_made_of_old(row, index) && sqlite3_value_type(value) != SQLITE_NULL;
    for (size_t i = 0; i < row->resource->parameter_count && write_earlier_any(row); i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        bool own = strcmp(parameter->column, column->name) == 0;
        write_earlier earlier = own ? write_earlier_find(row, parameter) : (write_earlier){0};
        if (own && may && write_is_touched(row, parameter, NULL)) {
            return true;
        }
        if (earlier.body || earlier.given) {
            return !earlier.body || column->kind == VALUE_JSON ||
                   write_gives_other(row, parameter, value, &earlier, problem);
        }
    }
    return changed;
}

static void write_fill(write_body *body, const write_row *row, const write_call *call, error *problem) {
    for (size_t i = 0; i < row->resource->column_count && !error_is_set(problem); i++) {
        if (!call->create) {
            write_add_changed(body, row, i, call, problem);
        } else if (sqlite3_value_type(row->values[i]) != SQLITE_NULL) {
            write_add_column(body, row, i, call, problem);
        }
    }
    if (!call->create) {
        write_keep_touched(body, row, call, problem);
    }
}

void write_body_fill(write_body *body, const write_row *row, unsigned version, bool create, error *problem) {
    const write_call call = {.version = version, .create = create, .inserted = create};
    write_fill(body, row, &call, problem);
}

void write_body_fill_part(write_body *body, const write_row *row, unsigned version, const char *part, error *problem) {
    const write_call call = {.version = version, .part = part};
    write_fill(body, row, &call, problem);
}

void write_body_add(write_body *body, const write_row *row, size_t column, unsigned version, error *problem) {
    const write_call call = {.version = version, .inserted = true};
    write_add_column(body, row, column, &call, problem);
}
