/* From a row that SQLite wants to write to calls in the queue; see write_row.h. */
#include "write/write_row.h"

#include <string.h>

#include "base/sid.h"
#include "base/utf8.h"
#include "plan/address.h"
#include "plan/sendable.h"
#include "read/locate.h"
#include "rest/form.h"
#include "rest/url.h"
#include "write/write_alias.h"
#include "write/write_before.h"
#include "write/write_body.h"
#include "write/write_check.h"
#include "write/write_names.h"
#include "write/write_place.h"
#include "write/write_queue.h"
#include "write/write_replaced.h"
#include "write/writing.h"

/* ---- may it be written at all? ---- */

static void write_check_operation(const write_row *row, unsigned versions, const char *what, error *problem) {
    if (versions & row->version) {
        return;
    }
    char here[CATALOG_VERSIONS_SIZE], elsewhere[CATALOG_VERSIONS_SIZE];
    if (row->resource->single) {
        error_set(problem, SQLITE_READONLY, "%s: rows cannot be %s: there is always exactly one of %s, to be updated",
                  row->resource->name, what, row->resource->parent ? "each service" : "the account");
    } else if (versions & catalog_versions_of_host(row->version)) {
        error_set(problem, SQLITE_READONLY, "%s: rows cannot be %s in %s of the API, only in %s", row->resource->name,
                  what, catalog_versions_text(row->version, here),
                  catalog_versions_text(versions & catalog_versions_of_host(row->version), elsewhere));
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

/* Is it given the value that it always has? Then there is nothing to send. */
static bool write_is_constant(const write_row *row, size_t column) {
    const char *constant = catalog_constant(row->resource, row->resource->columns[column].name, row->version);
    sqlite3_value *value = row->values[column];
    const char *text =
        constant && sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    return text && strlen(constant) == (size_t)sqlite3_value_bytes(value) && strcmp(constant, text) == 0;
}

/* Refuses a column that no call of this version takes. */
static void write_check_column(const write_row *row, size_t column, bool create, error *problem) {
    const char *table = row->resource->name, *name = row->resource->columns[column].name;
    unsigned versions = write_versions(row, name, create);
    const char *reason = catalog_reason(row->resource, name, row->version);
    char here[CATALOG_VERSIONS_SIZE], elsewhere[CATALOG_VERSIONS_SIZE];
    if ((versions & (row->version | (create ? 0u : catalog_versions_beside(row->version)))) ||
        write_is_constant(row, column)) {
        return;
    }
    if (reason) {
        error_set(problem, SQLITE_ERROR, "%s.%s cannot be set %s in %s of the API: %s", table, name,
                  create ? "by INSERT" : "by UPDATE", catalog_versions_text(row->version, here), reason);
    }
    if (versions & catalog_versions_of_host(row->version)) {
        error_set(problem, SQLITE_ERROR, "%s.%s cannot be set %s in %s of the API, only in %s", table, name,
                  create ? "by INSERT" : "by UPDATE", catalog_versions_text(row->version, here),
                  catalog_versions_text(versions & catalog_versions_of_host(row->version), elsewhere));
    } else if (write_versions(row, name, !create)) {
        error_set(problem, SQLITE_ERROR, "%s.%s can be set by %s only", table, name, create ? "UPDATE" : "INSERT");
    } else {
        error_set(problem, SQLITE_ERROR, "%s.%s cannot be set: the API does not take it", table, name);
    }
}

/* ---- queueing ---- */

/* Is there a body to be shown in place of the one that is sent? */
static bool write_is_secret(const write_body *body) {
    return body->text.length != body->shown.length ||
           (body->text.data && memcmp(body->text.data, body->shown.data, body->text.length) != 0);
}

/* Completes a call: takes over the texts, whatever comes. On a problem the call is taken back. */
static void write_complete(const write_row *row, write_entry *entry, unsigned version, char *lane, char *path,
                           write_body *body, error *problem) {
    const char *kept = lane ? write_queue_lane(&writing_of(row->shared)->queue, lane) : NULL;
    sqlite3_free(lane);
    const char *name = settings_text(&row->shared->settings, SETTING_PROFILE);
    const char *by = name ? write_queue_lane(&writing_of(row->shared)->queue, name) : NULL;
    if (!entry || !kept || !path || (name && !by)) {
        error_no_memory(problem);
    }
    if (!entry) {
        sqlite3_free(path);
        return;
    }
    entry->version = version;
    entry->account = row->shared;
    entry->profile = by;
    entry->lane = kept;
    entry->path = path;
    entry->conflict = row->conflict;
    entry->reads = row->reads;
    entry->beside = row->beside;
    if (body) {
        bool secret = write_is_secret(body);
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
    return form_has(body->text.data, name);
}

/* The pair of that name in a body; NULL: it has none. */
static const char *write_pair(const write_body *body, const char *name) {
    size_t length;
    return form_find(body->text.data, name, &length);
}

/* pair: "name=value", up to its end or a "&"; or NULL. */
static uint64_t write_mix(uint64_t into, const char *pair) {
    for (size_t at = 0; pair && pair[at] && pair[at] != '&'; at++) {
        into = (into ^ (unsigned char)pair[at]) * 1099511628211u + 1;
    }
    return into;
}

/* Stands for the values of a body that no other row may have; 0: there are none. */
static uint64_t write_taken(const write_row *row, const write_body *body) {
    uint64_t taken = 0;
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        const char *pair = parameter->exclusive ? write_pair(body, parameter->name) : NULL;
        taken = write_mix(taken, pair);
    }
    return taken;
}

/* May persons below the row lose what is theirs alone? */
static bool write_lets_go(const write_row *row, const write_body *body) {
    bool lets = false;
    for (size_t i = 0; i < row->resource->parameter_count && !lets; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        lets = parameter->lets_go && write_has(body, parameter->name);
    }
    return lets;
}

static bool write_is_of_exclusive(const catalog_resource *resource, const catalog_parameter *parameter) {
    bool found = false;
    for (size_t i = 0; i < resource->parameter_count && !found; i++) {
        found = resource->parameters[i].exclusive && strcmp(resource->parameters[i].column, parameter->column) == 0;
    }
    return found;
}

/* Stands for a column of a new row of which a part is exclusive, whole: a pair of addresses. 0: there is none. */
static uint64_t write_alone(const write_row *row, const write_body *body) {
    uint64_t alone = 0;
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *parameter = &row->resource->parameters[i];
        if (write_is_of_exclusive(row->resource, parameter)) {
            alone = write_mix(alone, write_pair(body, parameter->name));
        }
    }
    return alone;
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
        error_set(problem, SQLITE_ERROR, "%s.path cannot be set: the server makes it", row->resource->name);
    }
}

/* OR REPLACE: what would bring the row that is there, of that name, to the same values. */
static void write_add_replacement(const write_row *row, write_entry *entry, const char *name, error *problem) {
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
        } else if (given && !write_is_parent_column(row, i) && !write_is_constant(row, i)) {
            entry->not_replaced = row->resource->columns[i].name;
        }
    }
    char *escaped = url_escape(name, strlen(name), problem);
    if (escaped) {
        entry->replace_path = write_queue_list_path(entry, escaped);
        entry->replace_body = buffer_take(&body.text);
    }
    if (!entry->replace_path || !entry->replace_body) {
        error_no_memory(problem);
    }
    sqlite3_free(escaped);
    write_body_clear(&body);
}

/* The name that can stand for the row in a path, as it is sent (sqlite3_free it); NULL if it has none. */
static char *write_name(const write_row *row, error *problem) {
    bool named = row->resource->name_column && (row->resource->name_writes & row->version);
    sqlite3_value *value = named ? row_value(row, row->resource->name_column) : NULL;
    buffer name;
    if (!value || sqlite3_value_type(value) == SQLITE_NULL || error_is_set(problem)) {
        return NULL;
    }
    buffer_init(&name, WRITE_BODY_MAX);
    write_check_joined(row->resource, row->resource->name_column, value, &name, problem);
    char *taken = buffer_take(&name);
    if (!taken) {
        error_no_memory(problem);
    }
    return taken;
}

static void write_queue_insert(const write_row *row, write_place *place, write_body *body, error *problem) {
    write_queue *queue = &writing_of(row->shared)->queue;
    write_entry *entry = writing_queue(row, WRITE_INSERT);
    const catalog_create_with *with = &row->resource->create_with;
    bool together = with->column && sqlite3_value_type(row_value(row, with->column)) != SQLITE_NULL;
    char *list = sqlite3_mprintf("%s/%s", place->parent, together ? with->segment : row->resource->segment);
    char *path = list ? address_request(row->version, list, "") : NULL;
    sqlite3_free(list);
    char *lane = place->parent;
    uint64_t alone = write_alone(row, body);
    place->parent = NULL;
    write_complete(row, entry, row->version, lane, path, body, problem);
    if (error_is_set(problem)) {
        return;
    }
    entry->after = place->after;
    entry->also_done = together ? with->also_done : 0;
    entry->brings = together && with->persons;
    entry->alone = alone;
    entry->webhooks = (row->resource->webhooks_create & row->version) != 0;
    entry->unique_name = write_name(row, problem);
    write_add_replacement(row, entry, entry->unique_name, problem);
    write_queue_account(queue, entry);
    write_replaced_add(row, entry, problem);
    write_alias_wake(row, entry, problem);
    write_alias_come(row, entry, problem);
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
        write_place_find(row, &place, problem);
    }
    if (place.parent && write_alias_is_gone(row, place.parent, problem)) {
        write_check_gone(row->resource, problem);
    }
    if (!error_is_set(problem)) {
        write_queue_insert(row, &place, &body, problem);
    }
    sqlite3_free(place.parent);
    write_body_clear(&body);
}

/* ---- UPDATE and DELETE ---- */

/* The address of a row's parent: without the row's SID, if it has one, and the resource's segment, which may have a slash. */
static char *write_parent_of(const write_row *row) {
    const char *path = row->path, *end = row->resource->single ? path + strlen(path) : strrchr(path, '/');
    end -= strlen(row->resource->segment) + 1;
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

/* tail: what comes behind the row's address, "" or "/<part>". */
static void write_queue_call(const write_row *row, write_operation operation, unsigned version, const char *tail,
                             write_body *body, error *problem) {
    if (error_is_set(problem)) {
        return;
    }
    write_entry *entry = writing_queue(row, operation);
    uint64_t taken = body ? write_taken(row, body) : 0;
    bool lets_go = body && write_lets_go(row, body);
    char *sid = write_key_of(row, problem);
    write_complete(row, entry, version, write_parent_of(row), address_request(version, row->path, tail), body, problem);
    if (error_is_set(problem)) {
        sqlite3_free(sid);
        return;
    }
    unsigned webhooks = operation == WRITE_DELETE ? row->resource->webhooks_remove : row->resource->webhooks_update;
    entry->sid = sid;
    entry->takes = taken;
    entry->lets_go = lets_go;
    entry->webhooks = !*tail && (webhooks & version) != 0;
    write_names_note(row, entry, problem);
    if (error_is_set(problem)) {
        write_queue_drop_last(&writing_of(row->shared)->queue);
    }
}

/* The one thing that moves in v3: a channel from public to private, and never back. */
static void write_check_migration(const write_row *row, const write_body *body, error *problem) {
    if (body->count == 0 || error_is_set(problem)) {
        return;
    }
    const char *type = row_text(row, "type");
    int column = catalog_column_index(row->resource, "type");
    bool moved = write_has(body, "Type");
    if (!moved && type && row->told && !write_body_is_left(row, (size_t)column)) {
        error_set(
            problem, SQLITE_CONSTRAINT,
            "%s: the channel has that type already, and messaging_service_sid can be set only by the call that makes it "
            "private: leave such rows out (WHERE type = 'public')",
            row->resource->name);
    } else if (!moved) {
        error_set(problem, SQLITE_ERROR, "%s.messaging_service_sid can only be set together with type = 'private'",
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
        if (!write_body_will_change(row, i, problem)) {
            continue;
        }
        if (write_is_parent_column(row, i)) {
            error_set(problem, SQLITE_ERROR, "%s.%s cannot be changed: rows cannot move", row->resource->name,
                      row->resource->columns[i].name);
        }
        write_check_column(row, i, false, problem);
    }
    sqlite3_value *path = row->values[row->resource->column_count];
    const char *text = (const char *)sqlite3_value_text(path);
    if (!sqlite3_value_nochange(path) && (!text || !row->path || strcmp(text, row->path) != 0)) {
        error_set(problem, SQLITE_ERROR, "%s.path cannot be changed", row->resource->name);
    }
}

static void write_replace_call(const write_row *row, write_entry *entry, write_body *body, error *problem) {
    bool secret = write_is_secret(body);
    size_t length = body->text.length;
    entry->takes = write_taken(row, body);
    entry->lets_go = write_lets_go(row, body);
    char *text = buffer_take(&body->text), *shown = secret ? buffer_take(&body->shown) : NULL;
    if (text && (shown || !secret)) {
        write_queue_replace(&writing_of(row->shared)->queue, entry, text, length, shown);
        write_names_note(row, entry, problem);
    } else {
        sqlite3_free(text);
        sqlite3_free(shown);
        error_no_memory(problem);
    }
}

/* Queues the call that a body makes, if there is anything in it; in the place of one that this statement has queued. */
static void write_put_call(const write_row *row, write_before *before, unsigned version, const char *tail,
                           write_body *body, error *problem) {
    writing *self = writing_of(row->shared);
    if (error_is_set(problem)) {
        return;
    }
    char *path = address_request(version, row->path, tail);
    write_entry **again = write_before_again(before, path);
    bool other = again && body->count > 0 && write_alias_is_other(row, *again, body->text.data);
    if (again && (other || body->count == 0)) {
        write_queue_drop(&self->queue, *again);
        *again = NULL;
    }
    if (!path) {
        error_no_memory(problem);
    } else if ((!again || other) && body->count > 0) {
        write_queue_call(row, WRITE_UPDATE, version, tail, body, problem);
        if (!error_is_set(problem)) {
            const write_entry *entry = self->queue.entries[self->queue.count - 1];
            write_rows_add(&self->calls[WRITING_ROWS], &self->queue, entry, row->path, problem);
            write_alias_add(row, entry, problem);
        }
    } else if (again && body->count > 0) {
        write_replace_call(row, *again, body, problem);
    }
    sqlite3_free(path);
}

/* One call of an UPDATE, before it is queued. */
typedef struct write_planned {
    unsigned version;
    char *tail; /* as in write_queue_call; owned */
    write_body body;
} write_planned;

typedef struct write_calls {
    write_planned calls[WRITE_CALLS_MAX];
    size_t count;
} write_calls;

/* Plans the call of a part; NULL: of the row itself. Its values are checked here, before anything is queued. */
static write_body *write_calls_add(write_calls *planned, const write_row *row, unsigned version, const char *part,
                                   error *problem) {
    write_planned *call = &planned->calls[planned->count++];
    call->version = version;
    call->tail = sqlite3_mprintf("%s%s", part ? "/" : "", part ? part : "");
    write_body_init(&call->body);
    if (!call->tail) {
        error_no_memory(problem);
    }
    write_body_fill_part(&call->body, row, version, part, problem);
    return &call->body;
}

static void write_calls_plan(write_calls *planned, const write_row *row, error *problem) {
    const catalog_resource *const *part = row->resource->parts;
    unsigned beside = row->resource->update & catalog_versions_beside(row->version);
    const write_body *own = write_calls_add(planned, row, row->version, NULL, problem);
    if (own->count > 0) {
        write_check_required(row, own, false, problem);
    }
    for (; part && *part; part++) {
        if ((*part)->fetch & row->version) {
            write_calls_add(planned, row, row->version, (*part)->segment, problem);
        }
    }
    if (beside) {
        write_check_migration(row, write_calls_add(planned, row, beside, NULL, problem), problem);
    }
}

/* What OR IGNORE leaves out is a row, not a part of one: the others of its calls would go out, or have gone. */
static void write_calls_check_whole(const write_calls *planned, const write_row *row, error *problem) {
    size_t count = 0;
    for (size_t i = 0; i < planned->count; i++) {
        count += planned->calls[i].body.count > 0;
    }
    if (row->conflict == SQLITE_IGNORE && count > 1) {
        error_set(problem, SQLITE_ERROR,
                  "%s: this UPDATE OR IGNORE takes %d calls for a row, of which the service might refuse one only, so "
                  "that half a row would be left out: use UPDATE without OR IGNORE, or a statement for each call",
                  row->resource->name, (int)count);
    }
}

static void write_calls_clear(write_calls *planned) {
    for (size_t i = 0; i < planned->count; i++) {
        sqlite3_free(planned->calls[i].tail);
        write_body_clear(&planned->calls[i].body);
    }
}

static void write_update_row(const write_row *given, error *problem) {
    write_calls planned;
    write_before before;
    write_row row = *given;
    memset(&planned, 0, sizeof planned);
    memset(&before, 0, sizeof before);
    write_before_find(&before, &row, problem);
    row.earlier = before.calls;
    row.earlier_count = before.count;
    row.earlier_unsure = before.unsure;
    row.woken = write_alias_woken(&row, &row.woken_surely, problem);
    write_check_update(&row, problem);
    write_calls_plan(&planned, &row, problem);
    write_calls_check_whole(&planned, &row, problem);
    int64_t mark = write_queue_mark(&writing_of(row.shared)->queue);
    if (!error_is_set(problem)) {
        for (size_t i = 0; i < planned.count; i++) {
            write_put_call(&row, &before, planned.calls[i].version, planned.calls[i].tail, &planned.calls[i].body,
                           problem);
        }
        if (error_is_set(problem)) {
            write_queue_take_back(&writing_of(row.shared)->queue, mark);
        }
    }
    write_before_end(&before, &row);
    write_calls_clear(&planned);
}

/* A row that the transaction deletes already is not there for an UPDATE or a DELETE, though it is still read. */
void write_row_update(const write_row *row, error *problem) {
    write_check_path(row, problem);
    if (!write_alias_row_is_gone(row, problem)) {
        write_update_row(row, problem);
    }
}

void write_row_undo(const write_row *row, const error *problem) {
    bool kept = problem->rc == SQLITE_CONSTRAINT && (row->conflict == SQLITE_IGNORE || row->conflict == SQLITE_FAIL);
    if (!kept) {
        write_queue_undo(&writing_of(row->shared)->queue, row->reads, row->beside);
    }
}

void write_row_delete(const write_row *row, error *problem) {
    write_check_path(row, problem);
    write_check_operation(row, row->resource->remove, "deleted", problem);
    if (write_alias_row_is_gone(row, problem)) {
        return;
    }
    write_queue_call(row, WRITE_DELETE, row->version, "", NULL, problem);
    if (!error_is_set(problem)) {
        write_queue *queue = &writing_of(row->shared)->queue;
        write_alias_add(row, queue->entries[queue->count - 1], problem);
        if (error_is_set(problem)) {
            write_queue_drop_last(queue);
        }
    }
}
