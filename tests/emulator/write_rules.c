/* Rules of single resources: see write_rules.h. */
#include "write_rules.h"

#include "conversation_rules.h"
#include "errors.h"
#include "resource.h"
#include "validate.h"

#include <string.h>

static store *write_store(const exchange *self) {
    return self->emulator->store;
}

/* Adds a service's default role to a row that names none. */
static void write_default_role(exchange *self, changes *values, const char *column) {
    if (changes_find(values, "role_sid")) {
        return;
    }
    buffer sql = {0};
    buffer_format(&sql, "SELECT %s FROM services WHERE id = ?1", column);
    sqlite3_stmt *statement = store_prepare(write_store(self), buffer_terminated(&sql));
    buffer_free(&sql);
    store_bind(statement, "i", self->service_id);
    if (store_step(statement) && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        changes_text(values, "role_sid", (const char *)sqlite3_column_text(statement, 0),
                     (size_t)sqlite3_column_bytes(statement, 0));
    }
    store_done(statement);
}

static bool write_channel_name(exchange *self, changes *values) {
    const change *name = changes_find(values, "unique_name");
    return !name || name->type == CHANGE_NULL || !validate_sid(name->text, name->length, "CH") ||
           errors_set(self, ERROR_NAME_LIKE_SID);
}

static bool write_user_exists(const exchange *self, const change *identity) {
    return store_number(write_store(self), 0, "SELECT 1 FROM users WHERE service_id = ?1 AND identity = ?2", "ib",
                        self->service_id, identity->text, identity->length) != 0;
}

/* Adding a member with an unknown identity makes the user. */
static void write_make_user(exchange *self, const change *identity) {
    char sid[SID_LENGTH + 1];
    int64_t now = emulator_now(self->emulator);
    generate_sid(write_store(self), self->emulator->layout.data.seed, "US", sid);
    store_run(write_store(self),
              "INSERT INTO users(service_id, sid, identity, role_sid, date_created, date_updated)"
              " SELECT ?1, ?2, ?3, default_service_role_sid, ?4, ?4 FROM services WHERE id = ?1",
              "itbi", self->service_id, sid, identity->text, identity->length, now);
}

static bool write_is_member(const exchange *self, const change *identity) {
    return store_number(write_store(self), 0, "SELECT 1 FROM members WHERE channel_id = ?1 AND identity = ?2", "ib",
                        self->channel_id, identity->text, identity->length) != 0;
}

static bool write_member_limits(exchange *self, const change *identity) {
    int64_t room = store_number(write_store(self), 0,
                                "SELECT s.limit_channel_members - c.members_count FROM channels c"
                                " JOIN services s ON s.id = c.service_id WHERE c.id = ?1",
                                "i", self->channel_id);
    int64_t left = store_number(write_store(self), 1,
                                "SELECT s.limit_user_channels - u.joined_channels_count FROM users u"
                                " JOIN services s ON s.id = u.service_id WHERE s.id = ?1 AND u.identity = ?2",
                                "ib", self->service_id, identity->text, identity->length);
    return (room > 0 || errors_set(self, ERROR_CHANNEL_MEMBERS)) && (left > 0 || errors_set(self, ERROR_USER_CHANNELS));
}

/* A read horizon that is set has a time; one that is removed has none. */
static void write_horizon(exchange *self, changes *values) {
    const change *index = changes_find(values, "last_consumed_message_index");
    if (!index || changes_find(values, "last_consumption_timestamp")) {
        return;
    }
    if (index->type == CHANGE_NULL) {
        changes_null(values, "last_consumption_timestamp");
    } else {
        changes_integer(values, "last_consumption_timestamp", emulator_now(self->emulator));
    }
}

static bool write_create_member(exchange *self, changes *values) {
    const change *identity = changes_find(values, "identity");
    if (write_is_member(self, identity)) {
        return errors_set(self, ERROR_MEMBER_EXISTS);
    }
    if (!write_member_limits(self, identity)) {
        return false;
    }
    if (!write_user_exists(self, identity)) {
        write_make_user(self, identity);
    }
    write_default_role(self, values, "default_channel_role_sid");
    write_horizon(self, values);
    return true;
}

static bool write_create_invite(exchange *self, changes *values) {
    const change *identity = changes_find(values, "identity");
    if (!write_user_exists(self, identity)) {
        return errors_not_found(self);
    }
    if (write_is_member(self, identity)) {
        return errors_set(self, ERROR_ALREADY_MEMBER);
    }
    write_default_role(self, values, "default_channel_role_sid");
    return true;
}

/* Each kind of channel webhook needs its own settings. */
static bool write_check_webhook(exchange *self, changes *values) {
    const change *type = changes_find(values, "type");
    const change *given = changes_find(values, "configuration");
    const char *json = given ? given->text : "{}";
    bool studio = strcmp(type->text, "studio") == 0, trigger = strcmp(type->text, "trigger") == 0;
    bool complete = studio    ? strstr(json, "\"flow_sid\":") != NULL
                    : trigger ? strstr(json, "\"url\":") && strstr(json, "\"triggers\":")
                              : strstr(json, "\"url\":") != NULL;
    if (!complete) {
        return errors_set(self, ERROR_WEBHOOK_CONFIGURATION);
    }
    return store_number(write_store(self), 0, "SELECT count(*) FROM webhooks WHERE channel_id = ?1", "i",
                        self->channel_id) < 5 ||
           errors_set(self, ERROR_WEBHOOK_LIMIT);
}

bool write_rules_person(exchange *self, changes *values) {
    const change *identity = changes_find(values, "identity");
    if (identity && !self->key && write_is_member(self, identity)) {
        return errors_set(self, ERROR_PARTICIPANT_EXISTS);
    }
    if (identity && !write_user_exists(self, identity)) {
        write_make_user(self, identity);
    }
    if (!self->key) {
        write_default_role(self, values, "default_channel_role_sid");
    }
    return true;
}

void write_rules_user_role(exchange *self, changes *values) {
    write_default_role(self, values, "default_service_role_sid");
}

bool write_rules_create(exchange *self, changes *values) {
    if (self->version & API_CONVERSATIONS) {
        return conversation_rules_create(self, values);
    }
    if (resource_kind(self->resource) == &resource_channels) {
        return write_channel_name(self, values);
    }
    if (resource_kind(self->resource) == &resource_members) {
        return write_create_member(self, values);
    }
    if (resource_kind(self->resource) == &resource_invites) {
        return write_create_invite(self, values);
    }
    if (resource_kind(self->resource) == &resource_users) {
        write_default_role(self, values, "default_service_role_sid");
    }
    return resource_kind(self->resource) != &resource_webhooks || write_check_webhook(self, values);
}

void write_rules_created(exchange *self) {
    if (resource_kind(self->resource) == &resource_services) {
        int64_t id = sqlite3_last_insert_rowid(store_handle(write_store(self)));
        generate_default_roles(write_store(self), self->emulator->layout.data.seed, id, emulator_now(self->emulator));
    }
}

bool write_rules_update(exchange *self, changes *values, int64_t id) {
    if (resource_kind(self->resource) == &resource_members) {
        write_horizon(self, values);
    }
    if (self->version & API_CONVERSATIONS) {
        return conversation_rules_update(self, values, id);
    }
    return resource_kind(self->resource) != &resource_channels || write_channel_name(self, values);
}

int write_rules_conflict(const exchange *self) {
    if (self->version & API_CONVERSATIONS) {
        return conversation_rules_conflict(self);
    }
    return resource_kind(self->resource) == &resource_channels  ? ERROR_CHANNEL_EXISTS
           : resource_kind(self->resource) == &resource_users   ? ERROR_USER_EXISTS
           : resource_kind(self->resource) == &resource_members ? ERROR_MEMBER_EXISTS
                                                                : ERROR_INVITED;
}

bool write_rules_user_channel(exchange *self, changes *values, int64_t id) {
    static const char member[] = " WHERE channel_id = ?1 AND identity = (SELECT identity FROM users WHERE id = ?2)";
    write_horizon(self, values);
    for (int at = 0; at < values->count; at++) {
        const change *one = &values->list[at];
        buffer sql = {0};
        bool level = strcmp(one->column, "notification_level") == 0;
        buffer_format(&sql, "UPDATE %s SET %s = ?3%s", level ? "user_channels" : "members", one->column,
                      level ? " WHERE channel_id = ?1 AND user_id = ?2" : member);
        const char *text = buffer_terminated(&sql);
        if (one->type == CHANGE_INTEGER) {
            store_run(write_store(self), text, "iii", id, self->user_id, one->integer);
        } else {
            store_run(write_store(self), text, "iib", id, self->user_id, one->text, one->length);
        }
        buffer_free(&sql);
    }
    return true;
}

void write_rules_leave(exchange *self, int64_t id) {
    static const char *const statements[] = {
        "DELETE FROM members WHERE channel_id = ?1 AND identity = (SELECT identity FROM users WHERE id = ?2)",
        "DELETE FROM invites WHERE channel_id = ?1 AND identity = (SELECT identity FROM users WHERE id = ?2)",
        "DELETE FROM user_channels WHERE channel_id = ?1 AND user_id = ?2",
    };
    for (size_t at = 0; at < sizeof statements / sizeof *statements; at++) {
        store_run(write_store(self), statements[at], "ii", id, self->user_id);
    }
}
