/* From a row that SQLite wants to write to calls in the queue; see write_row.h. */
#include "write/write_row.h"

#include <string.h>

#include "base/sid.h"
#include "plan/address.h"
#include "plan/sendable.h"
#include "read/locate.h"
#include "rest/url.h"
#include "write/write_body.h"
#include "write/write_queue.h"
#include "write/writing.h"

/* ---- may it be written at all? ---- */

static void write_check_operation(const write_row *row, unsigned versions, const char *what, error *problem) {
    if (versions & row->version) {
        return;
    }
    char here[CATALOG_VERSIONS_SIZE], elsewhere[CATALOG_VERSIONS_SIZE];
    if (versions & catalog_chosen_versions()) {
        error_set(problem, SQLITE_READONLY, "%s: rows cannot be %s in %s of the API, only in %s", row->resource->name,
                  what, catalog_versions_text(row->version, here),
                  catalog_versions_text(versions & catalog_chosen_versions(), elsewhere));
    } else {
        error_set(problem, SQLITE_READONLY, "%s: rows cannot be %s: the API has no such call", row->resource->name,
                  what);
    }
}

static unsigned write_versions(const write_row *row, const char *column, bool create) {
    unsigned versions = 0;
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (strcmp(parameter->column, column) == 0) {
            versions |= create ? parameter->create : parameter->update;
        }
    }
    return versions;
}

/* Refuses a column that no call of this version takes. */
static void write_check_column(const write_row *row, size_t column, bool create, error *problem) {
    const char *table = row->resource->name, *name = row->resource->columns[column].name;
    unsigned versions = write_versions(row, name, create);
    char here[CATALOG_VERSIONS_SIZE], elsewhere[CATALOG_VERSIONS_SIZE];
    if (versions & (row->version | (create ? 0u : catalog_versions_beside(row->version)))) {
        return;
    }
    if (versions & catalog_chosen_versions()) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be set %s in %s of the API, only in %s", table, name,
                  create ? "by INSERT" : "by UPDATE", catalog_versions_text(row->version, here),
                  catalog_versions_text(versions & catalog_chosen_versions(), elsewhere));
    } else if (write_versions(row, name, !create)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s can be set by %s only", table, name, create ? "UPDATE" : "INSERT");
    } else {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be set: the API does not take it", table, name);
    }
}

/* ---- the parent's address ---- */

/* Where a new row is to go. */
typedef struct write_place {
    char *parent;  /* its address, "" at the top; what call 7 will make stands in it as in write_entry.path */
    int64_t after; /* the call that makes the parent, or 0 */
} write_place;

static sqlite3_value *write_value(const write_row *row, const char *column) {
    int index = catalog_column_index(row->resource, column);
    return index >= 0 ? row->values[index] : NULL;
}

/* A column's text, up to a NUL if it has one; NULL for NULL. */
static const char *write_text(const write_row *row, const char *column) {
    sqlite3_value *value = write_value(row, column);
    return value && sqlite3_value_type(value) != SQLITE_NULL ? (const char *)sqlite3_value_text(value) : NULL;
}

/* The same for a text that is to stand in an address: NUL is refused, since what follows it would be lost. */
static const char *write_address_text(const write_row *row, const char *column, error *problem) {
    const char *text = write_text(row, column);
    if (text && strlen(text) != (size_t)sqlite3_value_bytes(write_value(row, column))) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s may not contain a NUL character", row->resource->name, column);
    }
    return text;
}

static bool write_is_sid(const catalog_resource *resource, const char *text) {
    return sid_classify(resource->key_prefix, text, strlen(text)) != SID_NO;
}

/* The service that the row names, or the configured one; NULL if neither. */
static const char *write_service(const write_row *row, error *problem) {
    const catalog_resource *root = catalog_root(row->resource);
    const catalog_resource *below = row->resource;
    while (below->parent != root) {
        below = below->parent;
    }
    const char *given = write_address_text(row, below->parent_column, problem);
    if (given && !write_is_sid(root, given)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s \"%.80s\" is not a SID", row->resource->name, below->parent_column,
                  given);
    } else if (given && row->service_sid && strcmp(given, row->service_sid) != 0) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s \"%.80s\" is not the service that this table holds (%s)",
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

/* Does a call of this transaction make a channel of that unique name? */
static bool write_is_made(const write_row *row, const write_entry *entry, const char *service, const char *name) {
    bool made = entry->state == WRITE_PENDING || entry->state == WRITE_SENT; /* sent: by a COMMIT that was busy then */
    return made && entry->resource == row->resource->parent && entry->unique_name &&
           strcmp(entry->unique_name, name) == 0 &&
           (!service || strncmp(address_root(entry->lane).text, service, SID_LENGTH) == 0);
}

/* The latest call that does, or NULL. In two services there can be one each: which is meant must be said. */
static const write_entry *write_find_made(const write_row *row, const char *service, const char *name, error *problem) {
    const write_queue *queue = &writing_of(row->shared)->queue;
    const write_entry *found = NULL;
    for (size_t i = queue->finished ? 0 : queue->count; i-- > 0;) {
        const write_entry *entry = queue->entries[i];
        if (!write_is_made(row, entry, service, name)) {
            continue;
        }
        if (found && strcmp(found->lane, entry->lane) != 0) {
            error_set(problem, SQLITE_CONSTRAINT,
                      "%s.%s \"%!.80s\" is made in two services by this transaction: give service_sid too",
                      row->resource->name, row->resource->parent_column, name);
            return NULL;
        }
        found = found ? found : entry;
    }
    return found;
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
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s: no service has %s", row->resource->name,
                  row->resource->parent_column, sid);
    }
}

static void write_place_by_name(const write_row *row, const char *service, const char *name, write_place *place,
                                error *problem) {
    const write_entry *made = row->resource->parent->name_column ? write_find_made(row, service, name, problem) : NULL;
    if (error_is_set(problem)) {
        return;
    }
    if (!made) {
        error_set(
            problem, SQLITE_CONSTRAINT,
            "%s.%s \"%!.80s\" is neither a SID nor the unique_name of a channel made in this transaction: give the SID, "
            "such as (SELECT sid FROM %s WHERE unique_name = '...')",
            row->resource->name, row->resource->parent_column, name, row->resource->parent->name);
        return;
    }
    place->after = made->seq;
    write_set_place(place, problem,
                    sqlite3_mprintf("%s/%s/*%lld", made->lane, row->resource->parent->segment, made->seq));
}

static void write_find_place(const write_row *row, write_place *place, error *problem) {
    const catalog_resource *resource = row->resource;
    if (!resource->parent) {
        write_set_place(place, problem, sqlite3_mprintf("%s", ""));
        return;
    }
    const char *service = write_service(row, problem);
    if (error_is_set(problem)) {
        return;
    }
    if (catalog_depth(resource) == 1) {
        if (service) {
            write_set_place(place, problem, sqlite3_mprintf("/%s/%s", resource->parent->segment, service));
        } else {
            error_set(problem, SQLITE_CONSTRAINT,
                      "%s.%s is needed: name the service, or set service_sid in chat_settings", resource->name,
                      resource->parent_column);
        }
        return;
    }
    const char *parent = write_address_text(row, resource->parent_column, problem);
    if (error_is_set(problem)) {
        return;
    }
    if (!parent) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.%s is needed", resource->name, resource->parent_column);
    } else if (write_is_sid(resource->parent, parent)) {
        write_place_by_sid(row, service, parent, place, problem);
    } else {
        write_place_by_name(row, service, parent, place, problem);
    }
}

/* ---- queueing ---- */

/* Completes a call: takes over the texts, whatever comes. On a problem the call is taken back. */
static void write_complete(const write_row *row, write_entry *entry, unsigned version, char *lane, char *path,
                           write_body *body, error *problem) {
    const char *kept = lane ? write_queue_lane(&writing_of(row->shared)->queue, lane) : NULL;
    sqlite3_free(lane);
    if (!entry || !kept || !path) {
        error_no_memory(problem);
    }
    if (!entry) {
        sqlite3_free(path);
        return;
    }
    entry->version = version;
    entry->lane = kept;
    entry->path = path;
    entry->conflict = row->conflict;
    if (body) {
        bool secret = body->text.length != body->shown.length ||
                      (body->text.data && memcmp(body->text.data, body->shown.data, body->text.length) != 0);
        entry->body_length = body->text.length;
        entry->body = buffer_take(&body->text);
        entry->shown_body = secret ? buffer_take(&body->shown) : NULL;
        if (!entry->body || (secret && !entry->shown_body)) {
            error_no_memory(problem);
        }
    }
    if (error_is_set(problem)) {
        write_queue_drop_last(&writing_of(row->shared)->queue);
    } else {
        write_queue_account(&writing_of(row->shared)->queue, entry);
    }
}

static bool write_has(const write_body *body, const char *name) {
    size_t length = strlen(name);
    const char *at = body->text.data;
    while (at) {
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            return true;
        }
        at = strchr(at, '&');
        at = at ? at + 1 : NULL;
    }
    return false;
}

static void write_check_required(const write_row *row, const write_body *body, bool create, error *problem) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        unsigned required = create ? parameter->create_required : parameter->update_required;
        if ((required & row->version) && !write_has(body, parameter->name)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s is needed", row->resource->name, parameter->column);
        }
    }
}

/* ---- INSERT ---- */

static bool write_is_parent_column(const write_row *row, size_t column) {
    return (row->resource->columns[column].flags & COLUMN_PARENT) != 0;
}

static void write_check_insert(const write_row *row, error *problem) {
    write_check_operation(row, row->resource->create, "inserted", problem);
    for (size_t i = 0; i < row->resource->column_count && !error_is_set(problem); i++) {
        if (sqlite3_value_type(row->values[i]) != SQLITE_NULL && !write_is_parent_column(row, i)) {
            write_check_column(row, i, true, problem);
        }
    }
    if (sqlite3_value_type(row->values[row->resource->column_count]) != SQLITE_NULL) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.path cannot be set: the server makes it", row->resource->name);
    }
}

/* OR REPLACE: what would bring the row that is there to the same values. */
static void write_add_replacement(const write_row *row, write_entry *entry, error *problem) {
    const char *name = row->resource->name_column ? write_text(row, row->resource->name_column) : NULL;
    bool addressed = name && sendable_is_name(row->resource, row->version, name, strlen(name));
    if (row->conflict != SQLITE_REPLACE || !addressed || error_is_set(problem)) {
        return;
    }
    write_body body;
    write_body_init(&body);
    for (size_t i = 0; i < row->resource->column_count && !error_is_set(problem); i++) {
        unsigned both = write_versions(row, row->resource->columns[i].name, true) &
                        write_versions(row, row->resource->columns[i].name, false) & row->version;
        bool given = sqlite3_value_type(row->values[i]) != SQLITE_NULL;
        if (both && given) {
            write_body_add(&body, row, i, row->version, problem);
        } else if (given && !write_is_parent_column(row, i)) {
            entry->not_replaced = row->resource->columns[i].name;
        }
    }
    char *escaped = url_escape(name, strlen(name), problem);
    if (escaped) {
        entry->replace_path = sqlite3_mprintf("%s/%s", entry->path, escaped);
        entry->replace_body = buffer_take(&body.text);
    }
    if (!entry->replace_path || !entry->replace_body) {
        error_no_memory(problem);
    }
    sqlite3_free(escaped);
    write_body_clear(&body);
}

static void write_remember_name(const write_row *row, write_entry *entry, error *problem) {
    const char *name = row->resource->name_column ? write_text(row, row->resource->name_column) : NULL;
    if (name && !error_is_set(problem)) {
        entry->unique_name = sqlite3_mprintf("%s", name);
        if (!entry->unique_name) {
            error_no_memory(problem);
        }
    }
}

static void write_queue_insert(const write_row *row, write_place *place, write_body *body, error *problem) {
    write_queue *queue = &writing_of(row->shared)->queue;
    write_entry *entry = write_queue_add(queue, WRITE_INSERT, row->owner, row->resource);
    char *list = sqlite3_mprintf("%s/%s", place->parent, row->resource->segment);
    char *path = list ? address_request(row->version, list, "") : NULL;
    sqlite3_free(list);
    char *lane = place->parent;
    place->parent = NULL;
    write_complete(row, entry, row->version, lane, path, body, problem);
    if (error_is_set(problem)) {
        return;
    }
    entry->after = place->after;
    entry->webhooks = (row->resource->webhooks_create & row->version) != 0;
    write_remember_name(row, entry, problem);
    write_add_replacement(row, entry, problem);
    write_queue_account(queue, entry);
    if (error_is_set(problem)) {
        write_queue_drop_last(queue);
    }
}

void write_row_insert(const write_row *row, error *problem) {
    write_place place = {NULL, 0};
    write_body body;
    write_body_init(&body);
    write_check_insert(row, problem);
    write_body_fill(&body, row, row->version, true, problem);
    write_check_required(row, &body, true, problem);
    if (!error_is_set(problem)) {
        write_find_place(row, &place, problem);
    }
    if (!error_is_set(problem)) {
        write_queue_insert(row, &place, &body, problem);
    }
    sqlite3_free(place.parent);
    write_body_clear(&body);
}

/* ---- UPDATE and DELETE ---- */

/* The address of a row's parent: without its own two last segments, or the segment of a single one. */
static char *write_parent_of(const write_row *row) {
    const char *path = row->path, *end = strrchr(path, '/');
    if (row->resource->single) {
        end = path + strlen(path) - strlen(row->resource->segment) - 1;
    } else {
        while (end > path && *--end != '/') {
        }
    }
    return sqlite3_mprintf("%.*s", (int)(end - path), path);
}

/* The SID that ends the address; NULL: a single one has none, or out of memory. */
static char *write_key_of(const write_row *row, error *problem) {
    char *sid = row->resource->single ? NULL : sqlite3_mprintf("%s", strrchr(row->path, '/') + 1);
    if (!sid && !row->resource->single) {
        error_no_memory(problem);
    }
    return sid;
}

static void write_check_path(const write_row *row, error *problem) {
    if (!row->path || address_classify(row->resource, row->path, strlen(row->path)) == SID_NO) {
        error_set(problem, SQLITE_ERROR, "%s: \"%.200s\" is not the address of a row", row->resource->name,
                  row->path ? row->path : "");
    }
}

static void write_queue_call(const write_row *row, write_operation operation, unsigned version, write_body *body,
                             unsigned webhooks, error *problem) {
    if (error_is_set(problem)) {
        return;
    }
    write_entry *entry = write_queue_add(&writing_of(row->shared)->queue, operation, row->owner, row->resource);
    char *sid = write_key_of(row, problem);
    write_complete(row, entry, version, write_parent_of(row), address_request(version, row->path, ""), body, problem);
    if (error_is_set(problem)) {
        sqlite3_free(sid);
        return;
    }
    entry->sid = sid;
    entry->webhooks = (webhooks & version) != 0;
}

/* The one thing that moves in v3: a channel from public to private, and never back. */
static void write_check_migration(const write_row *row, const write_body *body, error *problem) {
    if (body->count == 0 || error_is_set(problem)) {
        return;
    }
    int column = catalog_column_index(row->resource, "type");
    bool moved = column >= 0 && write_body_is_changed(row, (size_t)column);
    const char *type = moved ? write_text(row, "type") : NULL;
    if (!moved && column >= 0 && !sqlite3_value_nochange(row->values[column])) {
        error_set(
            problem, SQLITE_CONSTRAINT,
            "%s: the channel has that type already, and messaging_service_sid can be set only by the call that makes it "
            "private: leave such rows out (WHERE type = 'public')",
            row->resource->name);
    } else if (!moved) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.messaging_service_sid can only be set together with type = 'private'",
                  row->resource->name);
    } else if (!type || strcmp(type, "private") != 0) {
        error_set(
            problem, SQLITE_CONSTRAINT,
            "%s.type cannot become '%s': the API moves channels to private only (version 3, error 50393), for the "
            "migration to Conversations",
            row->resource->name, type ? type : "NULL");
    }
}

static void write_check_update(const write_row *row, error *problem) {
    write_check_operation(row, row->resource->update, "updated", problem);
    for (size_t i = 0; i < row->resource->column_count && !error_is_set(problem); i++) {
        if (!write_body_is_changed(row, i)) {
            continue;
        }
        if (write_is_parent_column(row, i)) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s cannot be changed: rows cannot move", row->resource->name,
                      row->resource->columns[i].name);
        }
        write_check_column(row, i, false, problem);
    }
    sqlite3_value *path = row->values[row->resource->column_count];
    const char *text = (const char *)sqlite3_value_text(path);
    if (!sqlite3_value_nochange(path) && (!text || !row->path || strcmp(text, row->path) != 0)) {
        error_set(problem, SQLITE_CONSTRAINT, "%s.path cannot be changed", row->resource->name);
    }
}

void write_row_update(const write_row *row, error *problem) {
    write_body body, migration;
    write_body_init(&body);
    write_body_init(&migration);
    write_check_path(row, problem);
    write_check_update(row, problem);
    write_body_fill(&body, row, row->version, false, problem);
    unsigned beside = row->resource->update & catalog_versions_beside(row->version);
    if (beside) {
        write_body_fill(&migration, row, beside, false, problem);
        write_check_migration(row, &migration, problem);
    }
    bool both = body.count > 0 && migration.count > 0;
    int64_t mark = write_queue_mark(&writing_of(row->shared)->queue);
    if (body.count > 0) {
        write_check_required(row, &body, false, problem);
        write_queue_call(row, WRITE_UPDATE, row->version, &body, row->resource->webhooks_update, problem);
    }
    if (migration.count > 0 && !error_is_set(problem)) {
        write_queue_call(row, WRITE_UPDATE, beside, &migration, row->resource->webhooks_update, problem);
        if (both && error_is_set(problem)) {
            write_queue_take_back(&writing_of(row->shared)->queue, mark);
        }
    }
    write_body_clear(&body);
    write_body_clear(&migration);
}

void write_row_delete(const write_row *row, error *problem) {
    write_check_path(row, problem);
    write_check_operation(row, row->resource->remove, "deleted", problem);
    write_queue_call(row, WRITE_DELETE, row->version, NULL, row->resource->webhooks_remove, problem);
}
