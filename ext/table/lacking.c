/* Columns that a version lacks; see lacking.h. */
#include "table/lacking.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "session/variables.h"

/* SQLITE_INDEX_CONSTRAINT_LIMIT and _OFFSET: the headers before SQLite 3.38 do not name them. */
enum { LACKING_LIMIT = 73, LACKING_OFFSET = 74 };

uint64_t lacking_compared(const catalog_resource *resource, const sqlite3_index_info *info) {
    uint64_t compared = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn, comparison = info->aConstraint[i].op;
        bool met_by_null = comparison == SQLITE_INDEX_CONSTRAINT_ISNULL || comparison == SQLITE_INDEX_CONSTRAINT_IS ||
                           comparison == SQLITE_INDEX_CONSTRAINT_ISNOT;
        bool bound = comparison == LACKING_LIMIT || comparison == LACKING_OFFSET;
        if (column >= 0 && (size_t)column < resource->column_count && column < 64 && !met_by_null && !bound) {
            compared |= UINT64_C(1) << column;
        }
    }
    return compared;
}

static bool lacking_is_wanted(const resource_table *table) {
    const char *mode = settings_text(&table->shared->root->settings, SETTING_PROGRESS);
    return !variables_are_quiet() && ((mode && strcmp(mode, "on") == 0) || isatty(STDERR_FILENO));
}

/* Those of the columns that the version lacks and others have. */
static uint64_t lacking_of(const catalog_resource *resource, unsigned version, uint64_t columns) {
    uint64_t lacking = 0;
    for (size_t i = 0; i < resource->column_count && i < 64 && columns >> i != 0; i++) {
        unsigned having = (columns >> i & 1) ? resource->columns[i].versions & catalog_readable(resource) : 0;
        lacking |= having && !(having & version) ? UINT64_C(1) << i : 0;
    }
    return lacking;
}

void lacking_tell(resource_table *table, unsigned version, uint64_t compared) {
    const catalog_resource *resource = table->resource;
    uint64_t left = lacking_of(resource, version, compared & ~table->told_lacking);
    if (!left || !lacking_is_wanted(table)) {
        return;
    }
    for (size_t i = 0; i < resource->column_count && i < 64; i++) {
        const catalog_column *column = &resource->columns[i];
        unsigned having = column->versions & catalog_readable(resource);
        if (left >> i & 1) {
            char versions[CATALOG_VERSIONS_SIZE];
            char used[CATALOG_VERSIONS_SIZE];
            fprintf(stderr, "chat: %s.%s is NULL in %s; %s %s it\n", resource->name, column->name,
                    catalog_versions_text(version, used), catalog_versions_text(having, versions),
                    having & (having - 1) ? "have" : "has");
        }
    }
    table->told_lacking |= left;
}
