/*
** The list of all resources and the finders over it. The data is in the other files of this folder, one for each
** resource or small family of them. Everything here is const and static: nothing to free, safe from any thread.
*/
#include "catalog/catalog.h"

#include <string.h>

#include "catalog/resources.h"

/* Parents come before their children, so that a walk in this order meets every parent first. */
static const catalog_resource *const all_resources[] = {
    &catalog_services,    &catalog_channels, &catalog_messages,      &catalog_members,
    &catalog_invites,     &catalog_roles,    &catalog_users,         &catalog_user_channels,
    &catalog_credentials, &catalog_bindings, &catalog_user_bindings, &catalog_channel_webhooks,
};

const int catalog_done_statuses[] = {200, 201, 204, 0};

const catalog_resource *const *catalog_resources(size_t *count) {
    *count = CATALOG_COUNT(all_resources);
    return all_resources;
}

int catalog_column_index(const catalog_resource *resource, const char *name) {
    if (name == NULL) {
        return -1;
    }
    for (size_t i = 0; i < resource->column_count; i++) {
        if (strcmp(resource->columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int catalog_page_max(const catalog_resource *resource, unsigned version) {
    switch (version) {
    case CATALOG_V1:
        return resource->page_max_v1;
    case CATALOG_V2:
        return resource->page_max_v2;
    default:
        /* v3 has no list. */
        return 0;
    }
}

int catalog_depth(const catalog_resource *resource) {
    int depth = 0;
    for (const catalog_resource *parent = resource->parent; parent != NULL; parent = parent->parent) {
        depth++;
    }
    return depth;
}

const catalog_resource *catalog_root(const catalog_resource *resource) {
    while (resource->parent) {
        resource = resource->parent;
    }
    return resource;
}

bool catalog_is_parent(const catalog_resource *resource) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (resources[i]->parent == resource) {
            return true;
        }
    }
    return false;
}

const char *catalog_versions_text(unsigned versions) {
    static const char *const texts[] = {
        "no version", "v1", "v2", "v1 and v2", "v3", "v1 and v3", "v2 and v3", "v1, v2 and v3",
    };
    return texts[versions & CATALOG_ALL_VERSIONS];
}
