/*
** Where the vendor's specs are. See the header.
*/
#include "vendor_spec.h"
#include "catalog/generations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "openapi.h"

static const struct {
    unsigned version;
    const char *file;
} vendor_spec_files[VENDOR_SPEC_COUNT] = {
    {CATALOG_V1, "twilio_chat_v1.json"},
    {CATALOG_V2, "twilio_chat_v2.json"},
    {CATALOG_V3, "twilio_chat_v3.json"},
    {CATALOG_CONVERSATIONS, "twilio_conversations_v1.json"},
};

static char folder[OPENAPI_TEXT_SIZE];

static bool vendor_spec_are_in(const char *candidate) {
    snprintf(folder, sizeof(folder), "%s", candidate);
    for (size_t which = 0; which < VENDOR_SPEC_COUNT; which++) {
        json_t *spec = vendor_spec_load(which);
        if (spec == NULL) {
            return false;
        }
        json_decref(spec);
    }
    return true;
}

static bool vendor_spec_find(void) {
    const char *given = getenv("CHAT_SPECS");
    return given != NULL ? vendor_spec_are_in(given)
                         : vendor_spec_are_in("build/spec/node_modules/@twilio/cli-core/src/services/twilio-api") ||
                               vendor_spec_are_in("../shared/reference/openapi");
}

bool vendor_spec_find_or_skip(void) {
    bool found = vendor_spec_find();
    if (!found) {
        /* By hand, since cmocka has no place for the reason. */
        printf("1..1\nok 1 - the vendor's specs # SKIP not all in %s; CHAT_SPECS names another place\n", folder);
    }
    return found;
}

unsigned vendor_spec_version(size_t which) {
    return vendor_spec_files[which].version;
}

json_t *vendor_spec_load(size_t which) {
    char path[OPENAPI_TEXT_SIZE * 2];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/%s", folder, vendor_spec_files[which].file);
    return json_load_file(path, 0, &error);
}

void vendor_spec_list_path(const catalog_resource *resource, unsigned version, char *result) {
    if (resource->parent == NULL) {
        snprintf(result, OPENAPI_TEXT_SIZE, "%s", catalog_generation_of(version)->prefix);
    } else {
        vendor_spec_list_path(resource->parent, version, result);
        openapi_append(result, "/{");
        openapi_append(result, catalog_word_in(version, resource->parent_column));
        openapi_append(result, "}");
    }
    openapi_append(result, "/");
    openapi_append(result, catalog_word_in(version, resource->segment));
}

void vendor_spec_create_with_path(const catalog_resource *resource, unsigned version, char *result) {
    vendor_spec_list_path(resource, version, result);
    *strrchr(result, '/') = 0;
    openapi_append(result, "/");
    openapi_append(result, resource->create_with.segment);
}

bool vendor_spec_concerns(const catalog_resource *resource, unsigned version) {
    return resource->always ? resource->always == version : version != CATALOG_CONVERSATIONS;
}

void vendor_spec_item_path(const catalog_resource *resource, unsigned version, char *result) {
    vendor_spec_list_path(resource, version, result);
    if (resource->single) {
        return;
    }
    openapi_append(result, "/{");
    openapi_append(result, catalog_word_in(version, resource->key_column));
    openapi_append(result, "}");
}
