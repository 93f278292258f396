/* Columns that are not simply a field; see page_make.h. */
#include "rest/page_make.h"

#include <jansson.h>
#include <string.h>

/* Sets a field, taking the value over; NULL: memory ran out as it was made. */
static void make_set(json_t *row, const char *name, json_t *value, error *problem) {
    if (!value || json_object_set_new(row, name, value) != 0) {
        error_no_memory(problem);
    }
}

/* Our text for theirs, as a new reference; NULL: it is told as it is. */
static json_t *make_ours(const catalog_value *values, const json_t *text, error *problem) {
    const char *ours =
        json_is_string(text) ? catalog_value_ours(values, json_string_value(text), json_string_length(text)) : NULL;
    json_t *made = ours ? json_string(ours) : NULL;
    if (ours && !made) {
        error_no_memory(problem);
    }
    return made;
}

/* The texts of a field: it alone, or the elements of its array. Whatever is no text stays. */
static void make_values(json_t *holder, const char *name, const catalog_value *values, error *problem) {
    json_t *field = json_object_get(holder, name);
    json_t *made = make_ours(values, field, problem);
    if (made) {
        make_set(holder, name, made, problem);
        return;
    }
    for (size_t i = 0; i < json_array_size(field); i++) {
        made = make_ours(values, json_array_get(field, i), problem);
        if (made && json_array_set_new(field, i, made) != 0) {
            error_no_memory(problem);
        }
    }
}

/* Puts an object of members of another one, or of the row itself, into a field. */
static void make_object(json_t *row, const char *name, const json_t *from, const catalog_value *members,
                        error *problem) {
    json_t *object = json_object();
    for (; object && members->ours; members++) {
        json_t *member = json_object_get(from, members->theirs);
        if (member) {
            make_set(object, members->ours, json_incref(member), problem);
        }
    }
    make_set(row, name, object, problem);
}

static void make_first(json_t *row, const char *name, const catalog_value *members, error *problem) {
    json_t *field = json_object_get(row, name);
    const json_t *first = json_array_get(field, 0);
    if (json_is_object(first)) {
        make_object(row, name, first, members, problem);
    } else if (json_is_array(field)) {
        make_set(row, name, json_null(), problem);
    }
}

static bool make_is_left_out(const catalog_making *making, const json_t *row) {
    const char *text = making->but_field ? json_string_value(json_object_get(row, making->but_field)) : NULL;
    return text && strcmp(text, making->but_text) == 0;
}

static void make_column(const catalog_making *making, const char *name, json_t *row, error *problem) {
    switch (making->how) {
    case MADE_CONSTANT:
        make_set(row, name, json_string(making->text), problem);
        break;
    case MADE_FIRST:
        make_first(row, name, making->values, problem);
        break;
    case MADE_VALUES:
        make_values(making->text ? json_object_get(row, name) : row, making->text ? making->text : name, making->values,
                    problem);
        break;
    case MADE_OBJECT:
        make_object(row, name, row, making->values, problem);
        break;
    }
}

void page_make_row(const catalog_resource *resource, unsigned version, json_t *row, error *problem) {
    for (const catalog_making *each = resource->makings; each && each->column && !error_is_set(problem); each++) {
        if ((each->versions & version) && !make_is_left_out(each, row)) {
            make_column(each, catalog_json_name(resource, each->column, version), row, problem);
        }
    }
}
