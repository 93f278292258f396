/* Columns that are not simply a field; see page_make.h. */
#include "rest/page_make.h"

#include <string.h>

#include "rest/page_string.h"

static void make_append(buffer *made, const char *text, const page_token *value) {
    buffer_append(made, text + page_string_begin(value), page_string_extent(value));
}

/* Our text for theirs; without one, as it is. */
static void make_ours(buffer *made, const char *text, const page_token *value, const catalog_value *values) {
    for (; values && values->ours && value->kind == '"'; values++) {
        if (page_string_is(text, value, values->theirs)) {
            buffer_text(made, "\"");
            buffer_text(made, values->ours);
            buffer_text(made, "\"");
            return;
        }
    }
    make_append(made, text, value);
}

/* A text, or the texts of an array. Whatever is no text stays. */
static void make_values(buffer *made, const char *text, const page_token *value, const catalog_value *values) {
    page_walk walk;
    page_token key, each;
    const char *before = "[";
    if (value->kind != '[') {
        make_ours(made, text, value, values);
        return;
    }
    page_string_walk(&walk, text, value);
    while (page_string_next(&walk, &key, &each)) {
        buffer_text(made, before);
        make_ours(made, text, &each, values);
        before = ",";
    }
    buffer_text(made, *before == '[' ? "[]" : "]");
}

/* The texts of one member of an object, or of the value itself. */
static void make_member(buffer *made, const char *text, const page_token *value, const catalog_making *making) {
    page_walk walk;
    page_token key, each;
    const char *before = "{";
    if (!making->text || value->kind != '{') {
        making->text ? make_append(made, text, value) : make_values(made, text, value, making->values);
        return;
    }
    page_string_walk(&walk, text, value);
    while (page_string_next(&walk, &key, &each)) {
        buffer_text(made, before);
        make_append(made, text, &key);
        buffer_text(made, ":");
        if (page_string_is(text, &key, making->text)) {
            make_values(made, text, &each, making->values);
        } else {
            make_append(made, text, &each);
        }
        before = ",";
    }
    buffer_text(made, *before == '{' ? "{}" : "}");
}

static void make_add_member(buffer *made, const char **before, const char *name, const char *text,
                            const page_token *value) {
    buffer_text(made, *before);
    buffer_text(made, "\"");
    buffer_text(made, name);
    buffer_text(made, "\":");
    make_append(made, text, value);
    *before = ",";
}

/* An object of those fields of the row. */
static void make_object(buffer *made, const page_fields *fields, const page_row *row, const catalog_value *members) {
    const char *before = "{";
    for (; members->ours; members++) {
        int field = page_fields_find(fields, members->theirs, strlen(members->theirs));
        if (field >= 0 && row->fields[field].kind) {
            make_add_member(made, &before, members->ours, row->text, &row->fields[field]);
        }
    }
    buffer_text(made, *before == '{' ? "{}" : "}");
}

/* Of an array's first element those members, if it is an object. */
static void make_first(buffer *made, const char *text, const page_token *value, const catalog_value *members) {
    page_walk walk;
    page_token key, first = {0, 0, 0, false}, member;
    if (value->kind == '[') {
        page_string_walk(&walk, text, value);
        page_string_next(&walk, &key, &first);
    }
    if (first.kind != '{') {
        value->kind == '[' ? (void)buffer_text(made, "null") : make_append(made, text, value);
        return;
    }
    const char *before = "{";
    for (; members->ours; members++) {
        if (page_string_find(text, &first, members->theirs, &member)) {
            make_add_member(made, &before, members->ours, text, &member);
        }
    }
    buffer_text(made, *before == '{' ? "{}" : "}");
}

static bool make_is_left_out(const page_fields *fields, const catalog_making *making, const page_row *row) {
    int field = making->but_field ? page_fields_find(fields, making->but_field, strlen(making->but_field)) : -1;
    const page_token *value = field < 0 ? NULL : &row->fields[field];
    return value && value->kind == '"' && page_string_is(row->text, value, making->but_text);
}

/* One step; value: what the column is so far, kind 0: nothing. */
static void make_step(const page_fields *fields, const catalog_making *making, const page_row *row, const char *text,
                      const page_token *value, buffer *made) {
    switch (making->how) {
    case MADE_CONSTANT:
        buffer_format(made, "\"%s\"", making->text);
        break;
    case MADE_OBJECT:
        make_object(made, fields, row, making->values);
        break;
    case MADE_FIRST:
        make_first(made, text, value, making->values);
        break;
    case MADE_VALUES:
        make_member(made, text, value, making);
        break;
    }
}

bool page_make_column(const page_fields *fields, const page_derived *column, const page_row *row, buffer *made) {
    const char *name = fields->resource->columns[column->column].name;
    page_token value = row->fields[column->field];
    size_t begin = made->length;
    buffer step;
    buffer_init(&step, made->maximum);
    if (value.kind) {
        make_append(made, row->text, &value);
    }
    for (const catalog_making *each = fields->resource->makings; each && each->column; each++) {
        bool always = each->how == MADE_CONSTANT || each->how == MADE_OBJECT;
        if (strcmp(each->column, name) != 0 || !(each->versions & fields->version) || made->rc ||
            (made->length == begin && !always) || make_is_left_out(fields, each, row)) {
            continue;
        }
        const char *text = made->data ? made->data + begin : "";
        value = made->length > begin ? page_string_token(text, made->length - begin) : (page_token){0, 0, 0, false};
        make_step(fields, each, row, text, &value, &step);
        made->length = begin;
        made->rc = made->rc ? made->rc : step.rc;
        if (step.data) {
            buffer_append(made, step.data, step.length);
        }
        buffer_clear(&step);
    }
    return made->length > begin;
}
