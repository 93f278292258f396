/* What the two halves of the resource module share; see resource_vtab.h. */
#include "table/resource_vtab.h"

const char *resource_vtab_service(const resource_table *table) {
    return table->options.service_sid ? table->options.service_sid
                                      : settings_text(&table->shared->settings, SETTING_SERVICE_SID);
}

unsigned resource_vtab_version(const resource_table *table) {
    return table->options.version ? table->options.version
                                  : catalog_version_named(settings_text(&table->shared->settings, SETTING_API_VERSION));
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
    unsigned readable = catalog_readable(resource);
    if (!(readable & version)) {
        char text[CATALOG_VERSIONS_SIZE];
        const char *needed = catalog_versions_text(readable, text);
        const char *first = catalog_generation_of(readable & (~readable + 1))->name;
        error_set(
            problem, SQLITE_ERROR,
            "%s: the API has this table in %s only: UPDATE chat_settings SET value = '%s' WHERE name = 'api_version'",
            resource->name, needed, first);
    }
}

int resource_vtab_shown_column(const catalog_resource *resource) {
    return (int)resource->column_count + 4;
}
