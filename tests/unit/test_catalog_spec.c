/*
** The catalogue against the vendor's OpenAPI specs of chat v1, v2 and v3, in both directions: what a spec has, the
** catalogue has for that version (paths, operations, query and form parameters, enums, page maxima, lengths, response
** fields, the webhook header), and it has nothing that the spec lacks. The few differences that are meant stand in the
** tables below, each with its reason; one that is no longer needed is a fault as well.
**
** The specs are no part of this project: they are read from $CHAT_REFERENCE/openapi, or ../shared/reference/openapi
** seen from the root of the source tree. Where they are absent the tests are skipped.
**
** How it works: each resource, version and operation gives one operation of the spec (by the path that the catalogue
** leads to, its placeholders spelled as columns), and the two are compared item by item. A last pass asks the other
** way round: whether each path of the spec was reached.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "openapi.h"

/* --- meant differences -------------------------------------------------------------------------------------------- */

/* Columns that the catalogue gives a version although the response lacks them. */
static const struct {
    const char *table, *column;
    unsigned version;
} added_columns[] = {
    /* v1's JSON has no user_sid, but the path of the list has: users need it to join. */
    {"user_channels", "user_sid", CATALOG_V1},
};

/* Parameters whose column or leaf is not the parameter's own name in lower case. */
static const struct {
    const char *parameter, *source;
} renamed_parameters[] = {
    /* One permission for each repetition; the response has them all in one array. */
    {"Permission", "permissions"},
    /* The response shows the medium as an object. */
    {"MediaSid", "media.sid"},
};

/* Maximum lengths that another source than the spec documents. */
static const struct {
    const char *parameter;
    unsigned length;
} other_lengths[] = {
    /* The page on user identity: at most 256 characters. The other three hold identities as well. */
    {"Identity", 256},
    {"From", 256},
    {"CreatedBy", 256},
    {"LastUpdatedBy", 256},
    /* Error 50504: 32 KiB. */
    {"Body", 32768},
};

/* --- faults ------------------------------------------------------------------------------------------------------- */

static int faults;

/* What is being compared, for the message of a fault. */
typedef struct context {
    json_t *spec; /* borrowed */
    const catalog_resource *resource;
    unsigned version;
    const char *operation; /* "list", "create", ... */
} context;

/* Counts a fault and says where it is, if the condition does not hold. */
static void expect(bool holds, const context *at, const char *item, const char *complaint) {
    if (!holds) {
        print_message("# %s %s of %s, %s: %s\n", catalog_versions_text(at->version), at->operation, at->resource->name,
                      item, complaint);
        faults++;
    }
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

/* The path of a resource's list as a spec of that version would name it, placeholders in the case of columns:
** "/v1/Services/{service_sid}/Channels". */
static void list_path(const catalog_resource *resource, unsigned version, char *result) {
    if (resource->parent == NULL) {
        snprintf(result, OPENAPI_TEXT_SIZE, "/%s", catalog_versions_text(version));
    } else {
        list_path(resource->parent, version, result);
        openapi_append(result, "/{");
        openapi_append(result, resource->parent_column);
        openapi_append(result, "}");
    }
    openapi_append(result, "/");
    openapi_append(result, resource->segment);
}

static void item_path(const catalog_resource *resource, unsigned version, char *result) {
    list_path(resource, version, result);
    openapi_append(result, "/{");
    openapi_append(result, resource->key_column);
    openapi_append(result, "}");
}

/* --- the specs ---------------------------------------------------------------------------------------------------- */

static char reference[OPENAPI_TEXT_SIZE];

static const struct {
    unsigned version;
    const char *file;
} spec_files[] = {
    {CATALOG_V1, "twilio_chat_v1.json"},
    {CATALOG_V2, "twilio_chat_v2.json"},
    {CATALOG_V3, "twilio_chat_v3.json"},
};

enum { SPEC_COUNT = sizeof(spec_files) / sizeof(spec_files[0]) };

/* Loads one spec. A new reference, or NULL if the file cannot be read. */
static json_t *load_spec(size_t which) {
    char path[OPENAPI_TEXT_SIZE * 2];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/openapi/%s", reference, spec_files[which].file);
    return json_load_file(path, 0, &error);
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
    return strcmp(column, "attributes") == 0 ? VALUE_JSON_TEXT : VALUE_TEXT;
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
    for (size_t i = 0; i < sizeof(renamed_parameters) / sizeof(renamed_parameters[0]); i++) {
        if (strcmp(renamed_parameters[i].parameter, parameter->name) == 0) {
            snprintf(expected, sizeof(expected), "%s", renamed_parameters[i].source);
        }
    }
    expect(strcmp(source, expected) == 0, at, parameter->name, "reads another column or leaf than its name says");
}

static void compare_parameter(const context *at, const catalog_parameter *parameter, json_t *schema) {
    bool is_array = openapi_same(json_string_value(json_object_get(schema, "type")), "array");
    json_t *element = is_array ? openapi_resolve(at->spec, json_object_get(schema, "items")) : schema;
    expect(parameter->repeated == is_array, at, parameter->name, "repeated here and not there");
    expect(parameter->kind == kind_of(element, parameter->column), at, parameter->name, "of another kind");
    compare_enum(at, parameter->name, element, parameter->accepted);
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
        if (taken & at->version) {
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
            expect(column->kind == kind_of(openapi_resolve(at->spec, field), name), at, name, "of another kind");
        }
    }
    compare_columns_to_object(at, properties);
}

/* --- one operation: its query and headers ------------------------------------------------------------------------- */

/* Whether a list's query parameter belongs to the paging, which is the same for every list. */
static bool is_paging(const char *name) {
    return strcmp(name, "PageSize") == 0 || strcmp(name, "Page") == 0 || strcmp(name, "PageToken") == 0;
}

static void compare_filter(const context *at, const char *name, json_t *schema) {
    const catalog_filter *filter = NULL;
    for (size_t i = 0; i < CATALOG_MAX_FILTERS; i++) {
        const catalog_filter *candidate = &at->resource->filters[i];
        if (openapi_same(candidate->parameter, name) && (candidate->versions & at->version)) {
            filter = candidate;
        }
    }
    expect(filter != NULL, at, name, "filter missing in the catalogue");
    if (filter != NULL) {
        char column[OPENAPI_TEXT_SIZE];
        openapi_snake_case(name, column);
        expect(strcmp(filter->column, column) == 0, at, name, "filters another column than its name says");
        expect(openapi_same(json_string_value(json_object_get(schema, "type")), "array"), at, name, "takes one value");
        compare_enum(at, name, openapi_resolve(at->spec, json_object_get(schema, "items")), filter->accepted);
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
            compare_filter(at, name, schema);
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
    bool has_header = openapi_argument(operation, "X-Twilio-Webhook-Enabled", "header") != NULL;
    expect(has_header == ((taking & at->version) != 0), at, "X-Twilio-Webhook-Enabled", "on one side only");
}

/* The pattern that the spec gives a SID in the path, where it gives one, begins with the catalogue's prefix. */
static void compare_prefixes(const context *at, json_t *operation) {
    const char *key = at->resource->key_column;
    for (const catalog_resource *level = at->resource; level != NULL; level = level->parent) {
        size_t i;
        json_t *argument;
        json_array_foreach(json_object_get(operation, "parameters"), i, argument) {
            char column[OPENAPI_TEXT_SIZE];
            openapi_snake_case(json_string_value(json_object_get(argument, "name")), column);
            const char *pattern = json_string_value(json_object_get(json_object_get(argument, "schema"), "pattern"));
            if (pattern != NULL && strcmp(column, key) == 0) {
                expect(strncmp(pattern + 1, level->key_prefix, 2) == 0, at, key, "another prefix");
            }
        }
        key = level->parent_column;
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
}

static void compare_fetch(const context *at, json_t *operation) {
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
        compare_prefixes(at, operation);
        compare(at, operation);
    }
}

static void compare_resource(json_t *spec, unsigned version, const catalog_resource *resource) {
    context at = {.spec = spec, .resource = resource, .version = version};
    char list[OPENAPI_TEXT_SIZE];
    char item[OPENAPI_TEXT_SIZE];
    list_path(resource, version, list);
    item_path(resource, version, item);
    compare_operation(&at, "list", resource->list, list, "get", compare_list);
    compare_operation(&at, "fetch", resource->fetch, item, "get", compare_fetch);
    compare_operation(&at, "create", resource->create, list, "post", compare_create);
    compare_operation(&at, "update", resource->update, item, "post", compare_update);
    compare_operation(&at, "remove", resource->remove, item, "delete", compare_remove);
}

static void compare_version(size_t which) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    json_t *spec = load_spec(which);
    assert_non_null(spec);
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        compare_resource(spec, spec_files[which].version, resources[i]);
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

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* Whether some resource has this path, its placeholders as columns, as its list or its item. */
static bool is_in_catalog(const char *path, unsigned version) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        char list[OPENAPI_TEXT_SIZE];
        char item[OPENAPI_TEXT_SIZE];
        list_path(resources[i], version, list);
        item_path(resources[i], version, item);
        if (strcmp(path, list) == 0 || strcmp(path, item) == 0) {
            return true;
        }
    }
    return false;
}

static void test_every_path_is_a_table(void **state) {
    (void)state;
    faults = 0;
    for (size_t which = 0; which < SPEC_COUNT; which++) {
        json_t *spec = load_spec(which);
        const char *path;
        json_t *item;
        json_object_foreach(json_object_get(spec, "paths"), path, item) {
            char as_columns[OPENAPI_TEXT_SIZE];
            openapi_columns_in_path(path, as_columns);
            if (!is_in_catalog(as_columns, spec_files[which].version)) {
                print_message("# %s: no table\n", path);
                faults++;
            }
        }
        json_decref(spec);
    }
    assert_int_equal(faults, 0);
}

/* Notes what one operation of one version documents about the length of a parameter. */
static void note_length(json_t *spec, const char *path, const char *name, unsigned *longest, bool *unlimited) {
    json_t *form = openapi_form(json_object_get(openapi_path(spec, path), "post"));
    json_t *schema = json_object_get(json_object_get(form, "properties"), name);
    if (schema != NULL) {
        unsigned length = openapi_length(schema);
        *longest = length > *longest ? length : *longest;
        *unlimited = *unlimited || length == 0;
    }
}

/* The maximum a parameter should have: the largest that any operation documents, none where one documents none, or what
** another source says. */
static unsigned expected_length(json_t *const *specs, const catalog_resource *resource, const char *name) {
    unsigned longest = 0;
    bool unlimited = false;
    for (size_t i = 0; i < sizeof(other_lengths) / sizeof(other_lengths[0]); i++) {
        if (strcmp(other_lengths[i].parameter, name) == 0) {
            return other_lengths[i].length;
        }
    }
    for (size_t which = 0; which < SPEC_COUNT; which++) {
        char path[OPENAPI_TEXT_SIZE];
        list_path(resource, spec_files[which].version, path);
        note_length(specs[which], path, name, &longest, &unlimited);
        item_path(resource, spec_files[which].version, path);
        note_length(specs[which], path, name, &longest, &unlimited);
    }
    return unlimited ? 0 : longest;
}

static void compare_lengths(json_t *const *specs, const catalog_resource *resource) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        unsigned expected = expected_length(specs, resource, parameter->name);
        if (parameter->max_length != expected) {
            print_message("# %s.%s: maximum %u, expected %u\n", resource->name, parameter->name, parameter->max_length,
                          expected);
            faults++;
        }
    }
}

static void test_lengths_are_the_documented_ones(void **state) {
    (void)state;
    json_t *specs[SPEC_COUNT];
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t which = 0; which < SPEC_COUNT; which++) {
        specs[which] = load_spec(which);
    }
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        compare_lengths(specs, resources[i]);
    }
    for (size_t which = 0; which < SPEC_COUNT; which++) {
        json_decref(specs[which]);
    }
    assert_int_equal(faults, 0);
}

/* Finds the specs. Says where they were looked for if they are not all there. */
static bool find_reference(void) {
    const char *given = getenv("CHAT_REFERENCE");
    snprintf(reference, sizeof(reference), "%s", given != NULL ? given : "../shared/reference");
    for (size_t which = 0; which < SPEC_COUNT; which++) {
        json_t *spec = load_spec(which);
        if (spec == NULL) {
            return false;
        }
        json_decref(spec);
    }
    return true;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_v1_is_the_spec),
        cmocka_unit_test(test_v2_is_the_spec),
        cmocka_unit_test(test_v3_is_the_spec),
        cmocka_unit_test(test_every_path_is_a_table),
        cmocka_unit_test(test_lengths_are_the_documented_ones),
    };
    if (!find_reference()) {
        /* By hand, since cmocka has no place for the reason. */
        printf("1..1\nok 1 - the vendor's specs # SKIP not all in %s/openapi; CHAT_REFERENCE names another place\n",
               reference);
        return 0;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
