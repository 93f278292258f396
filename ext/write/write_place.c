/* Where a new row is to go; see write_place.h. */
#include "write/write_place.h"

#include <string.h>

#include "base/sid.h"
#include "base/utf8.h"
#include "plan/address.h"
#include "read/locate.h"
#include "write/write_names.h"

/*
** A column's text that is to stand in an address, or names what does: NUL is refused, since what follows it would be lost, and
** what is not UTF-8.
*/
static const char *write_address_text(const write_row *row, const char *column, error *problem) {
    const char *text = row_text(row, column);
    size_t length = text ? (size_t)sqlite3_value_bytes(row_value(row, column)) : 0;
    if (text && strlen(text) != length) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s may not contain a NUL character", row->resource->name, column);
    } else if (text && !utf8_is_valid(text, length)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s is not valid UTF-8", row->resource->name, column);
    }
    return text;
}

static bool write_is_sid(const catalog_resource *resource, const char *text) {
    return sid_classify(resource->key_prefix, text, strlen(text)) != SID_NO;
}

/* The service that the row names, or the configured one; NULL if neither. */
static const char *write_place_service(const write_row *row, error *problem) {
    const catalog_resource *root = catalog_root(row->resource);
    const catalog_resource *below = row->resource;
    while (below->parent != root) {
        below = below->parent;
    }
    const char *given = write_address_text(row, below->parent_column, problem);
    if (given && !write_is_sid(root, given)) {
        error_set(problem, SQLITE_ERROR, "%s.%s \"%.80s\" is not a SID", row->resource->name, below->parent_column,
                  given);
    } else if (given && row->service_sid && strcmp(given, row->service_sid) != 0) {
        error_set(problem, SQLITE_ERROR, "%s.%s \"%.80s\" is not the service that this table holds (%s)",
                  row->resource->name, below->parent_column, given, row->service_sid);
    }
    return given ? given : row->service_sid;
}

static void write_set_place(write_place *place, error *problem, char *address) {
    place->parent = address;
    if (!address) {
        error_no_memory(problem);
    }
}

/* A parent given by its SID: the service may have to be looked for. */
static void write_place_by_sid(const write_row *row, const char *service, const char *sid, write_place *place,
                               error *problem) {
    const catalog_resource *parent = row->resource->parent, *root = catalog_root(row->resource);
    if (!service) {
        service = locate_service(row->shared, parent, row->version, sid, problem);
    }
    if (service) {
        write_set_place(place, problem, sqlite3_mprintf("/%s/%s/%s/%s", root->segment, service, parent->segment, sid));
    } else {
        error_set(problem, SQLITE_ERROR, "%s.%s: no service has %s", row->resource->name, row->resource->parent_column,
                  sid);
    }
}

static void write_place_by_name(const write_row *row, const char *service, const char *name, write_place *place,
                                error *problem) {
    const write_entry *made = write_names_find(row, service, name, problem);
    if (error_is_set(problem)) {
        return;
    }
    if (!made) {
        error_set(
            problem, SQLITE_ERROR,
            "%s.%s \"%!.80s\" is neither a SID nor the unique_name of a %.*s made in this transaction: give the SID, "
            "such as (SELECT sid FROM %s WHERE unique_name = '...')",
            row->resource->name, row->resource->parent_column, name, (int)strlen(row->resource->parent->name) - 1,
            row->resource->parent->name, row->resource->parent->name);
        return;
    }
    place->after = made->seq;
    write_set_place(place, problem,
                    sqlite3_mprintf("%s/%s/*%lld", made->lane, row->resource->parent->segment, made->seq));
}

void write_place_find(const write_row *row, write_place *place, error *problem) {
    const catalog_resource *resource = row->resource;
    if (!resource->parent) {
        write_set_place(place, problem, sqlite3_mprintf("%s", ""));
        return;
    }
    const char *service = write_place_service(row, problem);
    if (error_is_set(problem)) {
        return;
    }
    if (catalog_depth(resource) == 1) {
        if (service) {
            write_set_place(place, problem, sqlite3_mprintf("/%s/%s", resource->parent->segment, service));
        } else {
            error_set(problem, SQLITE_ERROR, "%s.%s is needed: name the service, or set service_sid in chat_settings",
                      resource->name, resource->parent_column);
        }
        return;
    }
    const char *parent = write_address_text(row, resource->parent_column, problem);
    if (error_is_set(problem)) {
        return;
    }
    if (!parent) {
        error_set(problem, SQLITE_ERROR, "%s.%s is needed", resource->name, resource->parent_column);
    } else if (write_is_sid(resource->parent, parent)) {
        write_place_by_sid(row, service, parent, place, problem);
    } else {
        write_place_by_name(row, service, parent, place, problem);
    }
}
