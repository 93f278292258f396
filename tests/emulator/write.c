/*
** Writes: see write.h. The form becomes changes (parameters.c); here they become one INSERT or UPDATE of the resource's
** table. What a resource asks for beyond that is in its hooks (write_rules.c). Messages go to write_message.c.
*/
#include "write.h"

#include "clock.h"
#include "conversation_rules.h"
#include "conversation_state.h"
#include "errors.h"
#include "journal.h"
#include "limits.h"
#include "list.h"
#include "parameters.h"
#include "resource.h"
#include "write_bulk.h"
#include "write_message.h"
#include "write_rules.h"

#include <string.h>

/* Writes inside a channel count for the channel; those of channels, users and roles for the service. */
static bool write_allowed(exchange *self) {
    const resource *what = resource_kind(self->resource);
    bool channel_update = what == &resource_channels && self->key && strcmp(self->method, "POST") == 0;
    int64_t key = 0;
    if (channel_update) {
        int64_t id = list_find(self, NULL);
        key = id > 0 ? id : 0;
    } else if (what == &resource_messages || what == &resource_members || what == &resource_invites) {
        key = self->channel_id;
    } else if (what == &resource_channels || what == &resource_users || what == &resource_roles) {
        key = -self->service_id;
    }
    const options *settings = &self->emulator->options;
    if (key && !limits_take(self->emulator->limits, key, settings->write_limit, clock_milliseconds())) {
        return errors_set(self, ERROR_TOO_MANY);
    }
    return conversation_rules_open(self);
}

static void write_bind(sqlite3_stmt *statement, int parameter, const change *value) {
    if (value->type == CHANGE_INTEGER) {
        sqlite3_bind_int64(statement, parameter, value->integer);
    } else if (value->type == CHANGE_TEXT) {
        sqlite3_bind_text64(statement, parameter, value->text, value->length, SQLITE_STATIC, SQLITE_UTF8);
    } else {
        sqlite3_bind_null(statement, parameter);
    }
}

/* Runs a statement whose parameters are the changes in order. Returns false where a UNIQUE constraint refused it. */
static bool write_run(exchange *self, buffer *sql, const changes *values) {
    sqlite3_stmt *statement = store_prepare(self->emulator->store, buffer_terminated(sql));
    for (int at = 0; at < values->count; at++) {
        write_bind(statement, at + 1, &values->list[at]);
    }
    int rc = sqlite3_step(statement);
    store_done(statement);
    return rc == SQLITE_DONE;
}

static bool write_insert(exchange *self, const changes *values) {
    buffer sql = {0};
    buffer_format(&sql, "INSERT INTO %s(", self->resource->name);
    for (int at = 0; at < values->count; at++) {
        buffer_format(&sql, "%s%s", at ? "," : "", values->list[at].column);
    }
    buffer_text(&sql, ") VALUES(");
    for (int at = 0; at < values->count; at++) {
        buffer_format(&sql, "%s?%d", at ? "," : "", at + 1);
    }
    buffer_byte(&sql, ')');
    bool done = write_run(self, &sql, values);
    buffer_free(&sql);
    return done;
}

static bool write_change(exchange *self, const changes *values, int64_t id) {
    buffer sql = {0};
    buffer_format(&sql, "UPDATE %s SET ", self->resource->name);
    for (int at = 0; at < values->count; at++) {
        buffer_format(&sql, "%s%s = ?%d", at ? "," : "", values->list[at].column, at + 1);
    }
    buffer_format(&sql, " WHERE id = %lld", (long long)id);
    bool done = write_run(self, &sql, values);
    buffer_free(&sql);
    return done;
}

/* The columns that no parameter sets: SID, parents, dates. */
static void write_complete(exchange *self, changes *values) {
    const resource *what = resource_kind(self->resource);
    const resource *parent = what->parent;
    int64_t now = emulator_now(self->emulator);
    generate_sid(self->emulator->store, self->emulator->layout.data.seed, what->prefix, self->written_sid);
    changes_text(values, "sid", self->written_sid, SID_LENGTH);
    if (parent == &resource_services || what == &resource_members || what == &resource_invites) {
        changes_integer(values, "service_id", self->service_id);
    }
    if (what == &resource_channels) {
        char activity[ACTIVITY_LENGTH + 1];
        conversation_state_now(self->emulator, activity);
        changes_text(values, "activity", activity, ACTIVITY_LENGTH);
    }
    if (parent == &resource_channels) {
        changes_integer(values, "channel_id", self->channel_id);
    }
    const change *created = changes_find(values, "date_created");
    int64_t first = created ? created->integer : now;
    if (!created) {
        changes_integer(values, "date_created", first);
    }
    if (!changes_find(values, "date_updated")) {
        changes_integer(values, "date_updated", first);
    }
}

static bool write_insert_row(exchange *self, changes *values) {
    if (!parameters_read(values, self, true)) {
        return false;
    }
    changes_merge_leaves(values, self, 0);
    if (!write_rules_create(self, values)) {
        return false;
    }
    write_complete(self, values);
    if (!write_insert(self, values)) {
        return errors_set(self, write_rules_conflict(self));
    }
    write_rules_created(self);
    return true;
}

static bool write_insert_participant(exchange *self) {
    changes values;
    bool done = write_insert_row(self, &values);
    changes_free(&values);
    return done;
}

static void write_create_row(exchange *self) {
    changes values;
    store_run(self->emulator->store, "BEGIN", "");
    bool bulk = self->resource == &conversations_with_participants;
    bool done = write_insert_row(self, &values) && (!bulk || write_bulk(self, write_insert_participant));
    store_run(self->emulator->store, done ? "COMMIT" : "ROLLBACK", "");
    changes_free(&values);
    if (done) {
        self->creating = true;
        list_show(self, self->written_sid, bulk ? 202 : 201);
    }
}

static bool write_update_row(exchange *self, changes *values, int64_t id) {
    if (!parameters_read(values, self, false)) {
        return false;
    }
    changes_merge_leaves(values, self, id);
    if (!write_rules_update(self, values, id)) {
        return false;
    }
    if (!values->count) {
        return true;
    }
    if (!changes_find(values, "date_updated")) {
        changes_integer(values, "date_updated", emulator_now(self->emulator));
    }
    return write_change(self, values, id) || errors_set(self, write_rules_conflict(self));
}

static void write_update_known(exchange *self) {
    changes values = {.count = 0};
    int64_t id = list_find(self, self->written_sid);
    bool done = id >= 0 || errors_not_found(self);
    if (done && resource_kind(self->resource) == &resource_user_channels) {
        done = parameters_read(&values, self, false) && write_rules_user_channel(self, &values, id);
    } else if (done) {
        done = write_update_row(self, &values, id);
    }
    changes_free(&values);
    if (done) {
        list_show(self, self->written_sid, 200);
    }
}

static void write_remove_known(exchange *self) {
    int64_t id = list_find(self, self->written_sid);
    if (id < 0) {
        errors_not_found(self);
        return;
    }
    if (resource_kind(self->resource) == &resource_user_channels) {
        write_rules_leave(self, id);
    } else {
        const char *table = self->resource == &resource_user_bindings ? "bindings" : self->resource->name;
        buffer sql = {0};
        buffer_format(&sql, "DELETE FROM %s WHERE id = ?1", table);
        store_run(self->emulator->store, buffer_terminated(&sql), "i", id);
        buffer_free(&sql);
    }
    self->status = 204;
}

/* Notes what was applied. */
static void write_note(exchange *self) {
    if (self->status >= 200 && self->status < 300) {
        journal_write(self->emulator->journal, self);
    }
}

void write_create(exchange *self) {
    if (write_allowed(self)) {
        if (resource_kind(self->resource) == &resource_messages) {
            write_message_create(self);
        } else {
            write_create_row(self);
        }
        write_note(self);
    }
}

void write_update(exchange *self) {
    if (write_allowed(self)) {
        if (resource_kind(self->resource) == &resource_messages) {
            write_message_update(self);
        } else {
            write_update_known(self);
        }
        write_note(self);
    }
}

void write_remove(exchange *self) {
    if (write_allowed(self)) {
        if (resource_kind(self->resource) == &resource_messages) {
            write_message_remove(self);
        } else {
            write_remove_known(self);
        }
        write_note(self);
    }
}
