/*
** The vendor's OpenAPI specs as a whole against the catalogue: that no path and no operation of them is missing there,
** and that the catalogue's maximum lengths are the largest that any version documents. test_catalog_spec compares what
** is in each operation.
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

/* Maximum lengths that another source than the spec documents. */
static const struct {
    const char *parameter;
    unsigned length;
    const char *table; /* NULL: any */
} other_lengths[] = {
    /* The page on user identity: at most 256 characters. The other three hold identities as well. */
    {"Identity", 256, NULL},
    {"From", 256, NULL},
    {"CreatedBy", 256, NULL},
    {"LastUpdatedBy", 256, NULL},
    /* Error 50504: 32 KiB. */
    {"Body", 32768, NULL},
    /* The prose of the resource's own field. */
    {"FriendlyName", 256, "conversation_services"},
    /* 64 by the prose, but 256 were taken by the live service. */
    {"FriendlyName", 256, "conversation_roles"},
};

static int faults;

/* Whether some resource has this path, its placeholders as columns, as its list or its item. */
static bool is_in_catalog(const char *path, unsigned version) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        char list[OPENAPI_TEXT_SIZE];
        char item[OPENAPI_TEXT_SIZE];
        if (!vendor_spec_concerns(resources[i], version)) {
            continue;
        }
        vendor_spec_list_path(resources[i], version, list);
        vendor_spec_item_path(resources[i], version, item);
        if (strcmp(path, list) == 0 || strcmp(path, item) == 0) {
            return true;
        }
        if (resources[i]->create_with.segment) {
            vendor_spec_create_with_path(resources[i], version, list);
            if (strcmp(path, list) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The same again without a service in the path, for the account's default one: tables use the other form. */
static bool is_of_default_service(json_t *spec, const char *path) {
    char whole[OPENAPI_TEXT_SIZE + 64];
    snprintf(whole, sizeof(whole), "/v1/Services/{chat_service_sid}%s", path + strlen("/v1"));
    return strncmp(path, "/v1/", 4) == 0 && openapi_path(spec, whole) != NULL;
}

static void test_every_path_is_a_table(void **state) {
    (void)state;
    faults = 0;
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        json_t *spec = vendor_spec_load(which);
        const char *path;
        json_t *item;
        json_object_foreach(json_object_get(spec, "paths"), path, item) {
            char as_columns[OPENAPI_TEXT_SIZE];
            openapi_columns_in_path(path, as_columns);
            if (!is_in_catalog(as_columns, vendor_spec_version(which)) && !is_of_default_service(spec, as_columns)) {
                print_message("# %s: no table\n", path);
                faults++;
            }
        }
        json_decref(spec);
    }
    assert_int_equal(faults, 0);
}

/* A list can be read and added to, an item read, changed and removed. The comparison above asks for nothing else. */
static bool is_known_operation(const char *path, const char *name) {
    static const char *const other[] = {"servers", "description", "x-twilio", "get", "post"};
    bool is_item = path[strlen(path) - 1] == '}';
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        if (strcmp(name, other[i]) == 0) {
            return true;
        }
    }
    return is_item && strcmp(name, "delete") == 0;
}

static void test_every_operation_is_known(void **state) {
    (void)state;
    faults = 0;
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        json_t *spec = vendor_spec_load(which);
        const char *path;
        json_t *item;
        json_object_foreach(json_object_get(spec, "paths"), path, item) {
            const char *name;
            json_t *operation;
            json_object_foreach(item, name, operation) {
                if (!is_known_operation(path, name)) {
                    print_message("# %s of %s: no such operation in the catalogue\n", name, path);
                    faults++;
                }
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
        const char *table = other_lengths[i].table;
        if (strcmp(other_lengths[i].parameter, name) == 0 && (!table || strcmp(table, resource->name) == 0)) {
            return other_lengths[i].length;
        }
    }
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        char path[OPENAPI_TEXT_SIZE];
        if (!vendor_spec_concerns(resource, vendor_spec_version(which))) {
            continue;
        }
        vendor_spec_list_path(resource, vendor_spec_version(which), path);
        note_length(specs[which], path, name, &longest, &unlimited);
        vendor_spec_item_path(resource, vendor_spec_version(which), path);
        note_length(specs[which], path, name, &longest, &unlimited);
    }
    return unlimited ? 0 : longest;
}

static void compare_lengths(json_t *const *specs, const catalog_resource *resource) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        if (!resource->always && !((parameter->create | parameter->update) & CATALOG_ALL_VERSIONS)) {
            continue; /* of Conversations alone: test_migrated_spec.c */
        }
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
    json_t *specs[VENDOR_SPEC_COUNT];
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        specs[which] = vendor_spec_load(which);
    }
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        compare_lengths(specs, resources[i]);
    }
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        json_decref(specs[which]);
    }
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_path_is_a_table),
        cmocka_unit_test(test_every_operation_is_known),
        cmocka_unit_test(test_lengths_are_the_documented_ones),
    };
    if (!vendor_spec_find_or_skip()) {
        return 0;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
