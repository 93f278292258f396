/* What the two halves of the resource module share; see resource_vtab.h. */
#include "table/resource_vtab.h"

const char *resource_vtab_service(const resource_table *table) {
    return table->options.service_sid ? table->options.service_sid
                                      : settings_text(&table->shared->settings, SETTING_SERVICE_SID);
}

unsigned resource_vtab_version_or(const resource_table *table, unsigned set) {
    unsigned always = table->resource->always;
    return always ? always : table->options.version ? table->options.version : set;
}

unsigned resource_vtab_version(const resource_table *table) {
    return resource_vtab_version_or(
        table, catalog_version_named(settings_text(&table->shared->settings, SETTING_API_VERSION)));
}

void resource_vtab_prepare(const resource_table *table, error *problem) {
    error refusal = {0};
    if (!error_is_set(problem)) {
        connection_prepare(table->shared, &refusal);
    }
    if (refusal.message) {
        error_set(problem, refusal.rc, "%s: %s", table->name, refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    }
    error_clear(&refusal);
}

void resource_vtab_check_version(const resource_table *table, unsigned version, error *problem) {
    const catalog_resource *resource = table->resource;
    const char *reason = catalog_reason(resource, NULL, version);
    if (catalog_readable(resource) & version) {
        return;
    }
    if (reason) {
        error_set(problem, SQLITE_ERROR, "%s: %s", resource->name, reason);
    } else {
        unsigned readable = catalog_readable(resource) & catalog_versions_of_host(version);
        char text[CATALOG_VERSIONS_SIZE];
        error_set(
            problem, SQLITE_ERROR,
            "%s: the API has this table in %s, not in %s: UPDATE chat_settings SET value = '%s' WHERE name = 'api_version'",
            resource->name, catalog_versions_text(readable, text), catalog_generation_of(version)->name,
            catalog_generation_of(readable & (~readable + 1))->name);
    }
}

int resource_vtab_shown_column(const catalog_resource *resource) {
    return (int)resource->column_count + 4;
}
