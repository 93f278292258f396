/* What the fields of a resource's JSON mean; see page_fields.h. */
#include "rest/page_fields.h"

#include <string.h>

int page_fields_find(const page_fields *fields, const char *name, size_t length) {
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->fields[i].length == length && memcmp(fields->fields[i].name, name, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static page_field *fields_add(page_fields *fields, const char *name, size_t length) {
    int found = page_fields_find(fields, name, length);
    if (found >= 0) {
        return &fields->fields[found];
    }
    page_field *added = &fields->fields[fields->count++];
    *added = (page_field){name, length, -1, false};
    return added;
}

/* The only making of a column in that version, if it has one. several: it has more. */
static const catalog_making *fields_making(const page_fields *fields, const char *column, bool *several) {
    const catalog_making *found = NULL;
    *several = false;
    for (const catalog_making *each = fields->resource->makings; each && each->column; each++) {
        if ((each->versions & fields->version) && strcmp(each->column, column) == 0) {
            *several = found != NULL;
            found = found ? found : each;
        }
    }
    return found;
}

static void fields_add_column(page_fields *fields, size_t index) {
    const catalog_column *column = &fields->resource->columns[index];
    bool several;
    const catalog_making *making = fields_making(fields, column->name, &several);
    if (!column->versions) {
        return; /* what no response has must not be filled from one by accident (secrets, say) */
    }
    if (making && !several && making->how == MADE_CONSTANT && !making->but_field) {
        fields->constants[index] = making->text;
        return;
    }
    const char *name = catalog_json_name(fields->resource, column->name, fields->version);
    size_t length = strcspn(name, ".");
    page_field *field = fields_add(fields, name, length);
    if (!making && !name[length] && field->column < 0) {
        field->column = (int)index;
        return;
    }
    field->wanted = true;
    fields->derived[fields->derived_count++] = (page_derived){.column = index,
                                                              .field = (size_t)(field - fields->fields),
                                                              .path = name[length] ? name + length + 1 : NULL,
                                                              .made = making != NULL};
}

/* The further fields that a making reads. */
static void fields_add_making(page_fields *fields, const catalog_making *making) {
    if (making->but_field) {
        fields_add(fields, making->but_field, strlen(making->but_field))->wanted = true;
    }
    for (const catalog_value *each = making->values; making->how == MADE_OBJECT && each && each->ours; each++) {
        fields_add(fields, each->theirs, strlen(each->theirs))->wanted = true;
    }
}

/* Without these a list cannot be followed, whoever reads it. */
static bool fields_is_needed(const catalog_resource *resource, const catalog_column *column) {
    return (column->flags & COLUMN_PARENT) ||
           (resource->key_column && strcmp(column->name, resource->key_column) == 0) ||
           (resource->order_column && strcmp(column->name, resource->order_column) == 0);
}

void page_fields_init(page_fields *fields, const catalog_resource *resource, unsigned version, uint64_t columns) {
    memset(fields, 0, sizeof *fields);
    fields->resource = resource;
    fields->version = version;
    for (size_t i = 0; i < resource->column_count; i++) {
        if ((columns >> i & 1) || fields_is_needed(resource, &resource->columns[i])) {
            fields_add_column(fields, i);
            fields->parents |= (uint64_t)(resource->columns[i].flags & COLUMN_PARENT && !fields->constants[i]) << i;
        }
    }
    for (const catalog_making *each = resource->makings; each && each->column; each++) {
        if (each->versions & version) {
            fields_add_making(fields, each);
        }
    }
    fields->key_name = resource->key_column ? catalog_json_name(resource, resource->key_column, version) : NULL;
    fields->key = -1;
    if (fields->key_name) {
        fields->key = (int)(fields_add(fields, fields->key_name, strlen(fields->key_name)) - fields->fields);
    }
}
