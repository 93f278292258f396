/*
** chat_columns: what can be done with each column of each table, read off the catalogue; then those of the extension's
** own tables.
*/
#include <string.h>

#include "base/buffer.h"
#include "catalog/catalog.h"
#include "plan/plan.h"
#include "table/own_tables.h"

enum { COLUMNS_TEXT_MAX = 1000 };

/* A row: a column of a resource, column == column_count standing for path; or one of an own table. */
typedef struct columns_row {
    const catalog_resource *resource;
    size_t column;
    const small_table *own;
} columns_row;

static columns_row columns_table_own_row(size_t left) {
    for (size_t i = 0; i < OWN_TABLES_COUNT; i++) {
        for (size_t column = 0; own_tables[i]->columns[column].name; column++) {
            if (left-- == 0) {
                return (columns_row){.own = own_tables[i], .column = column};
            }
        }
    }
    return (columns_row){0};
}

/* The row-th column of all tables, counted from 1. All zeros: there is none. */
static columns_row columns_table_row(sqlite3_int64 row) {
    size_t count = 0, left = (size_t)row - 1;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (left <= resources[i]->column_count) {
            return (columns_row){.resource = resources[i], .column = left};
        }
        left -= resources[i]->column_count + 1;
    }
    return columns_table_own_row(left);
}

static sqlite3_int64 columns_table_next(connection *shared, sqlite3_int64 after) {
    (void)shared;
    columns_row row = columns_table_row(after + 1);
    return row.resource || row.own ? after + 1 : 0;
}

static const catalog_column *columns_table_column_of(columns_row row) {
    return row.column < row.resource->column_count ? &row.resource->columns[row.column] : NULL;
}

static const char *columns_table_type(const catalog_column *column) {
    static const char *const names[] = {
        [VALUE_TEXT] = "text", [VALUE_INTEGER] = "integer", [VALUE_BOOLEAN] = "boolean",   [VALUE_TIME] = "time",
        [VALUE_JSON] = "json", [VALUE_JSON_TEXT] = "json",  [VALUE_DURATION] = "duration", [VALUE_BYTES] = "bytes",
    };
    return column ? names[column->kind] : "text";
}

/* Versions whose create or update takes the column, of those in `within`. */
static unsigned columns_table_written(columns_row row, bool create, bool required) {
    const catalog_column *column = columns_table_column_of(row);
    unsigned versions = 0;
    for (size_t i = 0; column && i < row.resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row.resource->parameters[i];
        if (strcmp(parameter->column, column->name) == 0) {
            versions |= create ? (required ? parameter->create_required : parameter->create) : parameter->update;
        }
    }
    return versions;
}

static void columns_table_since(columns_row row, sqlite3_context *context) {
    const catalog_column *column = columns_table_column_of(row);
    unsigned versions = column ? column->versions : catalog_readable(row.resource);
    if (versions == 0) {
        versions = columns_table_written(row, true, false) | columns_table_written(row, false, false);
    }
    unsigned first = versions & (~versions + 1u);
    sqlite3_result_text(context, catalog_versions_text(first, (char[CATALOG_VERSIONS_SIZE]){0}), -1, SQLITE_TRANSIENT);
}

static const char *columns_table_slot_text(const catalog_resource *resource, int slot, unsigned *versions) {
    switch ((plan_slot)slot) {
    case SLOT_PATH:
    case SLOT_KEY:
        *versions = resource->fetch;
        return "=, IN: GET of the single resource";
    case SLOT_NAME:
        *versions = resource->name_versions;
        return "=, IN: GET by this name";
    case SLOT_PARENT0:
    case SLOT_PARENT1:
    case SLOT_PARENT2:
        *versions = catalog_readable(resource);
        return "=, IN: in the path";
    default:
        *versions = plan_filter(resource, (plan_slot)slot)->versions;
        return plan_filter(resource, (plan_slot)slot)->comparison == FILTER_EQUAL
                   ? "=, IN: filter of the list"
                   : "=, <, <=, >, >=: filter of the list, by whole days";
    }
}

/* Takes a text over; NULL: memory ran out. */
static void columns_table_give(sqlite3_context *context, char *text) {
    if (text) {
        sqlite3_result_text(context, text, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

/* What the server does with a comparison, each version in its way; NULL: SQLite compares. */
static void columns_table_filter(columns_row row, sqlite3_context *context) {
    unsigned told = 0; /* versions */
    buffer whole;
    buffer_init(&whole, COLUMNS_TEXT_MAX);
    for (int slot = 0; slot < SLOT_EQUAL; slot++) {
        unsigned versions = 0;
        const char *text = columns_table_slot_text(row.resource, slot, &versions);
        versions &= ~told; /* the upper bound of a range is told with the lower one */
        if (plan_slot_column(row.resource, (plan_slot)slot) != (int)row.column || versions == 0) {
            continue;
        }
        buffer_format(&whole, "%s%s", told ? "; " : "", text);
        if (versions != catalog_readable(row.resource)) {
            buffer_format(&whole, " (%s)", catalog_versions_text(versions, (char[CATALOG_VERSIONS_SIZE]){0}));
        }
        told |= versions;
    }
    if (told) {
        columns_table_give(context, buffer_take(&whole));
        return;
    }
    const catalog_column *column = columns_table_column_of(row);
    if (column && row.resource->order_column && strcmp(row.resource->order_column, column->name) == 0) {
        sqlite3_result_text(context, "ORDER BY, =, <, <=, >, >=: order of the list", -1, SQLITE_STATIC);
    }
}

/* Of the columns that say where a row goes, the innermost: the service of a channel that is given is found or known. */
static const char *columns_table_insert_parent(columns_row row, const catalog_column *column) {
    if (strcmp(column->name, row.resource->parent_column) != 0) {
        return "optional";
    }
    return row.resource->parent->parent ? "required" : "required, here or as the setting service_sid";
}

/* Versions in which a new row may give the column one value alone, which is not sent; and that value. */
static unsigned columns_table_constant(columns_row row, const catalog_column *column, const char **value) {
    unsigned versions = 0;
    for (unsigned version = 1; column && version && version <= row.resource->create; version <<= 1) {
        const char *text =
            row.resource->create & version ? catalog_constant(row.resource, column->name, version) : NULL;
        versions |= text ? version : 0;
        *value = text ? text : *value;
    }
    return versions;
}

/* "required", "optional" or NULL, with the versions where not all of the table's have it. */
static void columns_table_insert(columns_row row, sqlite3_context *context) {
    unsigned versions = columns_table_written(row, true, false), required = columns_table_written(row, true, true);
    const catalog_column *column = columns_table_column_of(row);
    const char *value = NULL;
    unsigned constant = columns_table_constant(row, column, &value);
    char text_of[CATALOG_VERSIONS_SIZE], text_of_constant[CATALOG_VERSIONS_SIZE];
    if (column && (column->flags & COLUMN_PARENT) && row.resource->create) {
        sqlite3_result_text(context, columns_table_insert_parent(row, column), -1, SQLITE_STATIC);
        return;
    }
    if (versions == 0) {
        return;
    }
    buffer text;
    buffer_init(&text, COLUMNS_TEXT_MAX);
    buffer_text(&text, required ? "required" : "optional");
    if (required && required != versions) {
        buffer_format(&text, " in %s", catalog_versions_text(required, text_of));
    } else if (constant) {
        buffer_format(&text, " (%s; %s: '%s' alone)", catalog_versions_text(versions, text_of),
                      catalog_versions_text(constant, text_of_constant), value);
    } else if (versions != row.resource->create) {
        buffer_format(&text, " (%s)", catalog_versions_text(versions, text_of));
    }
    columns_table_give(context, buffer_take(&text));
}

/* What it holds, and which of the later versions of the table lack it. */
static void columns_table_description(columns_row row, sqlite3_context *context) {
    const catalog_column *column = columns_table_column_of(row);
    unsigned versions = column ? column->versions : 0;
    unsigned earlier = versions ? (versions & (~versions + 1u)) - 1u : ~0u;
    unsigned lacking = catalog_readable(row.resource) & ~versions & ~earlier;
    char text[CATALOG_VERSIONS_SIZE];
    columns_table_give(
        context, sqlite3_mprintf("%s%s%s", column ? column->description : "address of the resource; hidden primary key",
                                 lacking ? "; not in " : "", lacking ? catalog_versions_text(lacking, text) : ""));
}

static void columns_table_update_text(columns_row row, sqlite3_context *context) {
    unsigned versions = columns_table_written(row, false, false);
    if (versions == 0) {
        return;
    }
    unsigned readable = catalog_readable(row.resource);
    bool all = (versions & readable) == readable;
    char *text = all ? sqlite3_mprintf("yes")
                     : sqlite3_mprintf("yes (%s)", catalog_versions_text(versions, (char[CATALOG_VERSIONS_SIZE]){0}));
    columns_table_give(context, text);
}

static void columns_table_own(columns_row row, int column, sqlite3_context *context) {
    const small_column *described = &row.own->columns[row.column];
    const char *const texts[] = {row.own->name,
                                 described->name,
                                 described->type[0] == 'I' ? "integer" : "text",
                                 NULL,
                                 NULL,
                                 NULL,
                                 described->update ? "yes" : NULL,
                                 described->description};
    sqlite3_result_text(context, texts[column], -1, SQLITE_STATIC);
}

static void columns_table_column(connection *shared, sqlite3_int64 number, int column, sqlite3_context *context) {
    columns_row row = columns_table_row(number);
    (void)shared;
    if (row.own) {
        columns_table_own(row, column, context);
        return;
    }
    const catalog_column *described = columns_table_column_of(row);
    switch (column) {
    case 0:
        sqlite3_result_text(context, row.resource->name, -1, SQLITE_STATIC);
        break;
    case 1:
        sqlite3_result_text(context, described ? described->name : "path", -1, SQLITE_STATIC);
        break;
    case 2:
        sqlite3_result_text(context, columns_table_type(described), -1, SQLITE_STATIC);
        break;
    case 3:
        columns_table_since(row, context);
        break;
    case 4:
        columns_table_filter(row, context);
        break;
    case 5:
        columns_table_insert(row, context);
        break;
    case 6:
        columns_table_update_text(row, context);
        break;
    default:
        columns_table_description(row, context);
    }
}

const small_table columns_table = {
    .name = OWN_COLUMNS,
    .columns = {{"table_name", "TEXT", "name of the table", false},
                {"name", "TEXT", "name of the column", false},
                {"type", "TEXT",
                 "text, integer, boolean (0 or 1), time (ISO 8601, UTC), duration (ISO 8601), json or bytes", false},
                {"since", "TEXT", "the API version that has it first; NULL: it is the extension's own", false},
                {"filter", "TEXT", "comparisons that are left to the server, and how", false},
                {"insert", "TEXT", "whether INSERT takes it: required, optional or NULL", false},
                {"update", "TEXT", "whether UPDATE takes it: yes or NULL", false},
                {"description", "TEXT", "what it holds", false}},
    .next = columns_table_next,
    .column = columns_table_column,
};
