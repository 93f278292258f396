/*
** The catalogue against the vendor's OpenAPI specs of chat v1, v2 and v3 and of conversations v1, in both directions: what
** a spec has, the catalogue has for that version (paths, operations, query and form parameters, enums, page maxima,
** lengths, response fields, the webhook header), and it has nothing that the spec lacks. The few differences that are
** meant stand in the tables below, each with its reason; one that is no longer needed is a fault as well.
**
** The specs are no part of this project. They are read from the folder $CHAT_SPECS, else from where tests/spec installs
** them, else from ../shared/reference/openapi, both seen from the root of the source tree. Where they are absent the
** tests are skipped. tests/spec/test_catalog runs this on specs in which one thing is made wrong.
**
** How it works: each resource, version and operation gives one operation of the spec (by the path that the catalogue
** leads to, its placeholders spelled as columns), and the two are compared item by item. test_catalog_coverage asks the
** other way round: whether each path of the specs was reached.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/generations.h"
#include "openapi.h"
#include "vendor_spec.h"

/* --- meant differences -------------------------------------------------------------------------------------------- */

/* Columns that the catalogue gives a version although the response lacks them. */
static const struct {
    const char *table, *column;
    unsigned version;
} added_columns[] = {
    /* v1's JSON has no user_sid, but the path of the list has: users need it to join. */
    {"user_channels", "user_sid", CATALOG_V1},
    /* What the filter of that name compares with stands inside an object. */
    {"participant_conversations", "address", CATALOG_CONVERSATIONS},
};

/* Columns and parameters that hold more than a text, as only prose says. */
static const struct {
    const char *name;
    catalog_kind kind;
} told_kinds[] = {
    {"attributes", VALUE_JSON_TEXT},          {"conversation_attributes", VALUE_JSON_TEXT},
    {"content_variables", VALUE_JSON_TEXT},   {"participants", VALUE_JSON_TEXT},
    {"last_read_timestamp", VALUE_TIME},      {"inactive_timer", VALUE_DURATION},
    {"closed_timer", VALUE_DURATION},         {"default_inactive_timer", VALUE_DURATION},
    {"default_closed_timer", VALUE_DURATION},
};

/* Parameters whose column or leaf is not the parameter's own name in lower case. */
static const struct {
    const char *parameter, *source;
} renamed_parameters[] = {
    /* One permission for each repetition; the response has them all in one array. */
    {"Permission", "permissions"},
    /* The response shows the medium as an object. */
    {"MediaSid", "media.sid"},
    {"MediaSid", "media.0.sid"},
    /* Written as durations, while the response has dates. */
    {"Timers.Inactive", "inactive_timer"},
    {"Timers.Closed", "closed_timer"},
    /* The response has it under that name. */
    {"Bindings.Email.Address", "bindings.email.projected_address"},
    {"Configuration.Triggers", "configuration.filters"},
    /* The response lacks it. */
    {"Configuration.ReplayAfter", "replay_after"},
    {"Participant", "participants"},
};

/* Filters of the list by another column than the parameter's name says. */
static const struct {
    const char *parameter, *column;
} renamed_filters[] = {
    {"StartDate", "date_created"},
    {"EndDate", "date_created"},
    {"Identity", "participant_identity"},
};

/* Values of a filter that stand in another part of the spec. */
static const struct {
    const char *table, *parameter;
} filters_by_prose[] = {
    /* The filter is any text to the spec; the parameter of create has the list. */
    {"address_configurations", "Type"},
};

/* Enums that the spec tells in words alone. */
static const struct {
    const char *table, *parameter;
} enums_by_prose[] = {
    {"service_webhooks", "Method"},
    {"account_webhooks", "Method"},
};

/* --- faults ------------------------------------------------------------------------------------------------------- */

static int faults;

/* What is being compared, for the message of a fault. */
typedef struct context {
    json_t *spec; /* borrowed */
    const catalog_resource *resource;
    unsigned version;
    const char *operation; /* "list", "create", ... */
    bool together;         /* a create of rows with others */
} context;

/* Counts a fault and says where it is, if the condition does not hold. */
static void expect(bool holds, const context *at, const char *item, const char *complaint) {
    if (!holds) {
        print_message("# %s %s of %s, %s: %s\n", catalog_versions_text(at->version, (char[CATALOG_VERSIONS_SIZE]){0}),
                      at->operation, at->resource->name, item, complaint);
        faults++;
    }
}

/* --- single values ------------------------------------------------------------------------------------------------ */

/* Compares an enum of the spec (NULL: none) with a list of accepted values (NULL: none). */
static void compare_enum(const context *at, const char *item, json_t *schema, const char *const *accepted) {
    json_t *values = json_object_get(schema, "enum");
    expect((values != NULL) == (accepted != NULL), at, item, "an enum on one side only");
    if (values == NULL || accepted == NULL) {
        return;
    }
    size_t count = 0;
    for (; accepted[count] != NULL; count++) {
        bool found = false;
        for (size_t i = 0; i < json_array_size(values); i++) {
            found = found || openapi_same(json_string_value(json_array_get(values, i)), accepted[count]);
        }
        expect(found, at, item, "accepts a value that the spec lacks");
    }
    expect(count == json_array_size(values), at, item, "lacks a value of the spec's enum");
}

/* The kind that a spec's schema calls for. Attributes are strings to the spec; that they hold JSON is prose. */
static catalog_kind kind_of(json_t *schema, const char *column) {
    const char *type = json_string_value(json_object_get(schema, "type"));
    if (openapi_same(type, "integer")) {
        return VALUE_INTEGER;
    }
    if (openapi_same(type, "boolean")) {
        return VALUE_BOOLEAN;
    }
    if (!openapi_same(type, "string")) {
        return VALUE_JSON;
    }
    if (openapi_same(json_string_value(json_object_get(schema, "format")), "date-time")) {
        return VALUE_TIME;
    }
    for (size_t i = 0; i < sizeof(told_kinds) / sizeof(told_kinds[0]); i++) {
        if (strcmp(told_kinds[i].name, column) == 0) {
            return told_kinds[i].kind;
        }
    }
    return VALUE_TEXT;
}

/* --- one operation: its form -------------------------------------------------------------------------------------- */

static const catalog_parameter *find_parameter(const catalog_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (strcmp(resource->parameters[i].name, name) == 0) {
            return &resource->parameters[i];
        }
    }
    return NULL;
}

/* Whether the parameter reads the column and leaf that its own name leads to. */
static void compare_source(const context *at, const catalog_parameter *parameter) {
    char source[OPENAPI_TEXT_SIZE] = "";
    char expected[OPENAPI_TEXT_SIZE];
    openapi_append(source, parameter->column);
    if (parameter->leaf != NULL) {
        openapi_append(source, ".");
        openapi_append(source, parameter->leaf);
    }
    openapi_snake_case(parameter->name, expected);
    bool as_told = strcmp(source, expected) == 0;
    for (size_t i = 0; i < sizeof(renamed_parameters) / sizeof(renamed_parameters[0]); i++) {
        as_told = as_told || (strcmp(renamed_parameters[i].parameter, parameter->name) == 0 &&
                              strcmp(renamed_parameters[i].source, source) == 0);
    }
    expect(as_told, at, parameter->name, "reads another column or leaf than its name says");
}

static bool is_enum_by_prose(const context *at, const char *name) {
    bool found = false;
    for (size_t i = 0; i < sizeof enums_by_prose / sizeof *enums_by_prose; i++) {
        found = found || (strcmp(enums_by_prose[i].table, at->resource->name) == 0 &&
                          strcmp(enums_by_prose[i].parameter, name) == 0);
    }
    return found;
}

static void compare_parameter(const context *at, const catalog_parameter *parameter, json_t *schema) {
    bool is_array = openapi_same(json_string_value(json_object_get(schema, "type")), "array");
    json_t *element = is_array ? openapi_resolve(at->spec, json_object_get(schema, "items")) : schema;
    expect(parameter->repeated == is_array, at, parameter->name, "repeated here and not there");
    expect(parameter->kind == kind_of(element, parameter->column), at, parameter->name, "of another kind");
    if (!is_enum_by_prose(at, parameter->name)) {
        compare_enum(at, parameter->name, element, parameter->accepted);
    }
    unsigned length = openapi_length(schema);
    expect(parameter->max_length == 0 || parameter->max_length >= length, at, parameter->name,
           "refuses what the spec allows");
    compare_source(at, parameter);
}

/* Every property of the spec's form is a parameter of this operation, and alike. */
static void compare_form_to_catalog(const context *at, json_t *form, bool is_create) {
    const char *name;
    json_t *property;
    json_object_foreach(json_object_get(form, "properties"), name, property) {
        const catalog_parameter *parameter = find_parameter(at->resource, name);
        bool taken =
            parameter != NULL && ((is_create ? parameter->create : parameter->update) & at->version) == at->version;
        expect(taken, at, name, "parameter missing in the catalogue");
        if (taken) {
            compare_parameter(at, parameter, openapi_resolve(at->spec, property));
        }
    }
}

/* Every parameter of this operation is a property of the spec's form, and required there if here. */
static void compare_catalog_to_form(const context *at, json_t *form, bool is_create) {
    json_t *properties = json_object_get(form, "properties");
    for (size_t i = 0; i < at->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &at->resource->parameters[i];
        unsigned taken = is_create ? parameter->create : parameter->update;
        unsigned required = is_create ? parameter->create_required : parameter->update_required;
        bool elsewhere =
            is_create && !at->together && openapi_same(at->resource->create_with.column, parameter->column);
        if ((taken & at->version) && !elsewhere) {
            expect(json_object_get(properties, parameter->name) != NULL, at, parameter->name, "not in the spec");
            expect(((required & at->version) != 0) == openapi_requires(form, parameter->name), at, parameter->name,
                   "required on one side only");
        }
    }
}

/* --- one operation: its response ---------------------------------------------------------------------------------- */

static bool is_added_column(const context *at, const char *column) {
    for (size_t i = 0; i < sizeof(added_columns) / sizeof(added_columns[0]); i++) {
        if (strcmp(added_columns[i].table, at->resource->name) == 0 && strcmp(added_columns[i].column, column) == 0 &&
            added_columns[i].version == at->version) {
            return true;
        }
    }
    return false;
}

static void compare_columns_to_object(const context *at, json_t *properties) {
    for (size_t i = 0; i < at->resource->column_count; i++) {
        const catalog_column *column = &at->resource->columns[i];
        bool has_field = json_object_get(properties, column->name) != NULL;
        if (is_added_column(at, column->name)) {
            expect(!has_field, at, column->name, "no longer an exception: the response has it");
        } else if (column->versions & at->version) {
            expect(has_field, at, column->name, "not in the response");
        }
    }
}

/* A pattern in the spec begins with the prefix that the catalogue gives the SIDs of that resource. */
static void compare_prefix(const context *at, const char *column, json_t *schema) {
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));
    const char *key = at->resource->key_column;
    for (const catalog_resource *level = at->resource; level != NULL; level = level->parent) {
        if (pattern != NULL && openapi_same(key, column)) {
            expect(strncmp(pattern + 1, level->key_prefix, 2) == 0, at, column, "another prefix");
        }
        key = level->parent_column;
    }
}

/* What a field of an enum can hold is told in the column's description: the catalogue has no other place for it. */
static void compare_description(const context *at, const catalog_column *column, json_t *schema) {
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(schema, "enum"), i, value) {
        expect(strstr(column->description, json_string_value(value)) != NULL, at, column->name,
               "can hold a value that its description does not name");
    }
}

static void compare_field(const context *at, const catalog_column *column, json_t *schema) {
    expect(column->kind == kind_of(schema, column->name), at, column->name, "of another kind");
    compare_prefix(at, column->name, schema);
    compare_description(at, column, schema);
}

/* Compares the fields of an object in a response with the columns, both ways. */
static void compare_object(const context *at, json_t *object) {
    const char *name;
    json_t *field;
    json_t *properties = json_object_get(object, "properties");
    expect(json_object_size(properties) > 0, at, "response", "no fields found in the spec");
    json_object_foreach(properties, name, field) {
        int index = catalog_column_index(at->resource, name);
        const catalog_column *column = index < 0 ? NULL : &at->resource->columns[index];
        bool has_column = column != NULL && (column->versions & at->version);
        expect(has_column, at, name, "no such column in that version");
        if (has_column) {
            compare_field(at, column, openapi_resolve(at->spec, field));
        }
    }
    compare_columns_to_object(at, properties);
}

/* --- one operation: its query and headers ------------------------------------------------------------------------- */

/* Whether a list's query parameter belongs to the paging, which is the same for every list. */
static bool is_paging(const char *name) {
    return strcmp(name, "PageSize") == 0 || strcmp(name, "Page") == 0 || strcmp(name, "PageToken") == 0;
}

/* Whether a list's fixed query ("Type=public&Type=private") asks for that value. */
static bool list_query_has(const catalog_resource *resource, const char *name, const char *value) {
    char pair[OPENAPI_TEXT_SIZE];
    snprintf(pair, sizeof(pair), "%s=%s", name, value);
    return resource->list_query != NULL && strstr(resource->list_query, pair) != NULL;
}

/* A filter that the spec gives a default hides rows from who does not ask for all of its values. */
static void compare_list_query(const context *at, const char *name, json_t *argument, json_t *values) {
    const char *prose = json_string_value(json_object_get(argument, "description"));
    size_t i;
    json_t *value;
    if (prose == NULL || strstr(prose, "defaults to") == NULL) {
        return;
    }
    json_array_foreach(json_object_get(values, "enum"), i, value) {
        expect(list_query_has(at->resource, name, json_string_value(value)), at, name, "a value that no list asks for");
    }
}

static bool is_filter_column(const catalog_filter *filter, const char *name) {
    char column[OPENAPI_TEXT_SIZE];
    openapi_snake_case(name, column);
    bool found = strcmp(filter->column, column) == 0;
    for (size_t i = 0; i < sizeof(renamed_filters) / sizeof(renamed_filters[0]); i++) {
        found = found || (strcmp(renamed_filters[i].parameter, name) == 0 &&
                          strcmp(renamed_filters[i].column, filter->column) == 0);
    }
    return found;
}

static bool is_filter_by_prose(const context *at, const char *name) {
    for (size_t i = 0; i < sizeof(filters_by_prose) / sizeof(filters_by_prose[0]); i++) {
        if (strcmp(filters_by_prose[i].table, at->resource->name) == 0 &&
            strcmp(filters_by_prose[i].parameter, name) == 0) {
            return true;
        }
    }
    return false;
}

static void compare_filter(const context *at, const char *name, json_t *argument, json_t *schema) {
    const catalog_filter *filter = NULL;
    for (size_t i = 0; i < CATALOG_MAX_FILTERS; i++) {
        const catalog_filter *candidate = &at->resource->filters[i];
        if (openapi_same(candidate->parameter, name) && (candidate->versions & at->version)) {
            filter = candidate;
        }
    }
    expect(filter != NULL, at, name, "filter missing in the catalogue");
    if (filter != NULL) {
        bool array = openapi_same(json_string_value(json_object_get(schema, "type")), "array");
        expect(is_filter_column(filter, name), at, name, "filters another column than its name says");
        expect(array != (filter->one_value || filter->comparison != FILTER_EQUAL), at, name,
               "takes one value, or many");
        json_t *values = array ? openapi_resolve(at->spec, json_object_get(schema, "items")) : schema;
        if (!is_filter_by_prose(at, name)) {
            compare_enum(at, name, values, filter->accepted);
        }
        compare_list_query(at, name, argument, values);
    }
}

static void compare_order(const context *at, json_t *schema) {
    static const char *const orders[] = {"asc", "desc", NULL};
    expect(at->resource->order_column != NULL, at, "Order", "order missing in the catalogue");
    compare_enum(at, "Order", schema, orders);
}

/* Every query parameter of the spec's list is known. */
static void compare_query_to_catalog(const context *at, json_t *operation) {
    size_t i;
    json_t *argument;
    json_array_foreach(json_object_get(operation, "parameters"), i, argument) {
        const char *name = json_string_value(json_object_get(argument, "name"));
        json_t *schema = openapi_resolve(at->spec, json_object_get(argument, "schema"));
        if (!openapi_same(json_string_value(json_object_get(argument, "in")), "query") || is_paging(name)) {
            continue;
        }
        if (strcmp(name, "Order") == 0) {
            compare_order(at, schema);
        } else {
            compare_filter(at, name, argument, schema);
        }
    }
}

/* Every filter and the order of the catalogue are query parameters of the spec's list, and the page maximum is its. */
static void compare_catalog_to_query(const context *at, json_t *operation) {
    for (size_t i = 0; i < CATALOG_MAX_FILTERS; i++) {
        const catalog_filter *filter = &at->resource->filters[i];
        if (filter->column != NULL && (filter->versions & at->version)) {
            expect(openapi_argument(operation, filter->parameter, "query") != NULL, at, filter->parameter,
                   "not in the spec");
        }
    }
    if (at->resource->order_parameter != NULL) {
        expect(openapi_argument(operation, at->resource->order_parameter, "query") != NULL, at,
               at->resource->order_parameter, "not in the spec");
    }
    json_t *page_size = json_object_get(openapi_argument(operation, "PageSize", "query"), "schema");
    expect(json_integer_value(json_object_get(page_size, "maximum")) == catalog_page_max(at->resource, at->version), at,
           "PageSize", "another maximum");
}

static void compare_webhook_header(const context *at, json_t *operation, unsigned taking) {
    static const char *const values[] = {"true", "false", NULL};
    json_t *header = openapi_argument(operation, "X-Twilio-Webhook-Enabled", "header");
    expect((header != NULL) == ((taking & at->version) != 0), at, "X-Twilio-Webhook-Enabled", "on one side only");
    if (header != NULL) {
        compare_enum(at, "X-Twilio-Webhook-Enabled", openapi_resolve(at->spec, json_object_get(header, "schema")),
                     values);
    }
}

/* The SIDs in the path. One that a name can stand for has no pattern. */
static void compare_path(const context *at, json_t *operation) {
    size_t i;
    json_t *argument;
    json_array_foreach(json_object_get(operation, "parameters"), i, argument) {
        char column[OPENAPI_TEXT_SIZE];
        json_t *schema = json_object_get(argument, "schema");
        if (!openapi_same(json_string_value(json_object_get(argument, "in")), "path")) {
            continue;
        }
        openapi_snake_case(json_string_value(json_object_get(argument, "name")), column);
        compare_prefix(at, column, schema);
        if (strcmp(column, "sid") == 0 && at->resource->name_versions & at->version) {
            expect(json_object_get(schema, "pattern") == NULL, at, column, "takes no name");
        }
    }
}

/* --- operations --------------------------------------------------------------------------------------------------- */

static void compare_list(const context *at, json_t *operation) {
    json_t *body = openapi_response(at->spec, operation, "200");
    json_t *rows = json_object_get(json_object_get(body, "properties"), at->resource->list_key);
    expect(rows != NULL, at, at->resource->list_key, "not the list's key");
    compare_object(at, openapi_resolve(at->spec, json_object_get(rows, "items")));
    compare_query_to_catalog(at, operation);
    compare_catalog_to_query(at, operation);
    compare_webhook_header(at, operation, 0);
}

static void compare_fetch(const context *at, json_t *operation) {
    compare_webhook_header(at, operation, 0);
    compare_object(at, openapi_response(at->spec, operation, "200"));
}

static void compare_write(const context *at, json_t *operation, bool is_create) {
    json_t *form = openapi_form(operation);
    expect(form != NULL, at, "body", "no form in the spec");
    compare_form_to_catalog(at, form, is_create);
    compare_catalog_to_form(at, form, is_create);
    compare_object(at, openapi_response(at->spec, operation, is_create ? "201" : "200"));
    compare_webhook_header(at, operation, is_create ? at->resource->webhooks_create : at->resource->webhooks_update);
}

static void compare_create(const context *at, json_t *operation) {
    compare_write(at, operation, true);
}

/* The same done at once and done later: the answer may be 202. */
static void compare_create_with(const context *at, json_t *operation) {
    compare_write(at, operation, true);
    compare_object(at, openapi_response(at->spec, operation, "202"));
}

static void compare_update(const context *at, json_t *operation) {
    compare_write(at, operation, false);
}

static void compare_remove(const context *at, json_t *operation) {
    expect(json_object_get(json_object_get(operation, "responses"), "204") != NULL, at, "response", "not 204");
    compare_webhook_header(at, operation, at->resource->webhooks_remove);
}

/* Compares one operation of one resource in one version, if either side has it. */
static void compare_operation(context *at, const char *name, unsigned versions, const char *path, const char *method,
                              void (*compare)(const context *, json_t *)) {
    json_t *operation = json_object_get(openapi_path(at->spec, path), method);
    bool has_operation = (versions & at->version) != 0;
    at->operation = name;
    expect((operation != NULL) == has_operation, at, path, "operation on one side only");
    if (operation != NULL && has_operation) {
        compare_path(at, operation);
        compare(at, operation);
    }
}

static void compare_resource(json_t *spec, unsigned version, const catalog_resource *resource) {
    context at = {.spec = spec, .resource = resource, .version = version};
    char list[OPENAPI_TEXT_SIZE];
    char item[OPENAPI_TEXT_SIZE];
    if (!vendor_spec_concerns(resource, version)) {
        return;
    }
    vendor_spec_list_path(resource, version, list);
    vendor_spec_item_path(resource, version, item);
    if (resource->single) {
        compare_operation(&at, "fetch", resource->fetch, item, "get", compare_fetch);
        compare_operation(&at, "update", resource->update, item, "post", compare_update);
        compare_operation(&at, "remove", resource->remove, item, "delete", compare_remove);
        return;
    }
    compare_operation(&at, "list", resource->list, list, "get", compare_list);
    expect((resource->list & version) || catalog_page_max(resource, version) == 0, &at, "PageSize", "but no list");
    compare_operation(&at, "fetch", resource->fetch, item, "get", compare_fetch);
    compare_operation(&at, "create", resource->create, list, "post", compare_create);
    compare_operation(&at, "update", resource->update, item, "post", compare_update);
    compare_operation(&at, "remove", resource->remove, item, "delete", compare_remove);
    if (resource->create_with.segment != NULL) {
        at.together = true;
        vendor_spec_create_with_path(resource, version, list);
        compare_operation(&at, "create together", resource->create, list, "post", compare_create_with);
        compare_operation(&at, "list together", 0, list, "get", compare_list);
    }
}

static void compare_version(size_t which) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    json_t *spec = vendor_spec_load(which);
    assert_non_null(spec);
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        compare_resource(spec, vendor_spec_version(which), resources[i]);
    }
    json_decref(spec);
    assert_int_equal(faults, 0);
}

static void test_v1_is_the_spec(void **state) {
    (void)state;
    compare_version(0);
}

static void test_v2_is_the_spec(void **state) {
    (void)state;
    compare_version(1);
}

static void test_v3_is_the_spec(void **state) {
    (void)state;
    compare_version(2);
}

static void test_conversations_is_the_spec(void **state) {
    (void)state;
    compare_version(3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_v1_is_the_spec),
        cmocka_unit_test(test_v2_is_the_spec),
        cmocka_unit_test(test_v3_is_the_spec),
        cmocka_unit_test(test_conversations_is_the_spec),
    };
    if (!vendor_spec_find_or_skip()) {
        return 0;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
