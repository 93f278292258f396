/* May a document stand in a JSON column? See write_leaves.h. */
#include "write/write_leaves.h"

#include <string.h>

enum { LEAVES_MAX = 64 };

static bool leaves_is_one(const catalog_parameter *parameter, const char *column) {
    return parameter->leaf && strcmp(parameter->column, column) == 0;
}

/* Are a column's leaves those of an array? */
static bool leaves_are_counted(const catalog_resource *resource, const char *column) {
    bool counted = false;
    for (size_t i = 0; i < resource->parameter_count; i++) {
        const catalog_parameter *parameter = &resource->parameters[i];
        counted = counted || (leaves_is_one(parameter, column) && *parameter->leaf == '0');
    }
    return counted;
}

/* Says why a leaf cannot be set: it may be that another version can. */
static void leaves_refuse_one(const write_row *row, const char *column, const char *leaf, const write_call *call,
                              error *problem) {
    char versions[CATALOG_VERSIONS_SIZE];
    unsigned host = catalog_versions_of_host(call->version);
    char *name = sqlite3_mprintf("%s.%s", column, leaf);
    const char *reason = name ? catalog_reason(row->resource, name, call->version) : NULL;
    sqlite3_free(name);
    if (reason) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be set in %s of the API: %s", row->resource->name,
                  column, leaf, catalog_versions_text(call->version, versions), reason);
    }
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (leaves_is_one(parameter, column) && strcmp(parameter->leaf, leaf) == 0 && !call->create &&
            (parameter->update & host)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" can be set in %s of the API only", row->resource->name,
                      column, leaf, catalog_versions_text(parameter->update & host, versions));
        }
    }
    error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be set: the API has no parameter for it",
              row->resource->name, column, leaf);
}

/* May a document lack a leaf that the row has? What is in "a.b" may be left out with "a.b" only, if it may. */
static bool leaves_may_lack(const catalog_parameter *parameter, const page_document *document, error *problem) {
    const char *dot = strrchr(parameter->leaf, '.');
    if (!parameter->may_lack || !dot) {
        return parameter->may_lack;
    }
    char *above = sqlite3_mprintf("%.*s", (int)(dot - parameter->leaf), parameter->leaf);
    if (!above) {
        error_no_memory(problem);
    }
    bool lacks = above && !page_document_has(document, above);
    sqlite3_free(above);
    return lacks;
}

/* Refuses a document without a leaf that the row will have. */
static void leaves_refuse_taken(const write_row *row, const char *column, const page_document *document,
                                const page_document *will, error *problem) {
    for (size_t i = 0; will && i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (leaves_is_one(parameter, column) && page_document_has(will, parameter->leaf) &&
            !page_document_has(document, parameter->leaf) && !leaves_may_lack(parameter, document, problem)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s: \"%s\" cannot be removed: give its new value%s",
                      row->resource->name, column, parameter->leaf,
                      parameter->null_text ? ", null to take it away" : "");
        }
    }
}

void write_leaves_refuse(const write_row *row, const char *column, const page_document *document,
                         const page_document *will, const write_call *call, error *problem) {
    const char *leaves[LEAVES_MAX];
    size_t count = 0;
    buffer name;
    bool counted = leaves_are_counted(row->resource, column);
    if (!(counted ? page_document_is_array : page_document_is_object)(document)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s must be a JSON %s", row->resource->name, column,
                  counted ? "array of objects" : "object");
    }
    for (size_t i = 0; i < row->resource->parameter_count && count < LEAVES_MAX; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (leaves_is_one(parameter, column) && write_parameter_takes(parameter, call)) {
            leaves[count++] = parameter->leaf;
        }
    }
    for (const catalog_derived *each = row->resource->derived; each && each->column && count < LEAVES_MAX; each++) {
        if (strcmp(each->column, column) == 0 &&
            write_parameter_derived(row->resource, each, document, will, problem)) {
            leaves[count++] = each->leaf;
        }
    }
    buffer_init(&name, 1000);
    if (page_document_stranger(document, will, leaves, count, &name)) {
        if (name.rc != SQLITE_OK) {
            error_no_memory(problem);
        }
        leaves_refuse_one(row, column, name.data ? name.data : "", call, problem);
    }
    buffer_clear(&name);
    leaves_refuse_taken(row, column, document, will, problem);
}
