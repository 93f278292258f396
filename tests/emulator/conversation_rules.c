/* Rules of Conversations: see conversation_rules.h. */
#include "conversation_rules.h"

#include "conversation_state.h"
#include "errors.h"
#include "list.h"
#include "resource.h"
#include "validate.h"
#include "write_rules.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

enum {
    CONVERSATION_OF_ONE = 1000,
    CONVERSATION_PARTICIPANTS = 1000,
    CONVERSATION_PHONES = 50,
    CONVERSATION_TRIGGERS = 5
};

static int64_t conversation_number(exchange *self, const char *sql, int64_t row) {
    return store_number(self->emulator->store, 0, sql, "i", row);
}

bool conversation_rules_open(exchange *self) {
    const resource *kind = resource_kind(self->resource);
    int64_t channel = self->channel_id;
    bool whole = kind == &resource_channels && self->key;
    if (whole && strcmp(self->method, "DELETE") == 0) {
        return true;
    }
    if (whole || kind == &resource_user_channels) {
        channel = list_find(self, NULL);
    }
    return channel <= 0 || conversation_is_open(self, channel);
}

/* --- conversations --- */

static bool conversation_name(exchange *self, const changes *values) {
    const change *name = changes_find((changes *)(uintptr_t)values, "unique_name");
    return !name || name->type == CHANGE_NULL || !validate_sid(name->text, name->length, "CH") ||
           errors_set(self, ERROR_CONVERSATION_LIKE_SID);
}

/* The account's settings for what was not given. */
static void conversation_defaults(exchange *self, changes *values) {
    sqlite3_stmt *account = store_prepare(self->emulator->store, "SELECT default_messaging_service_sid,"
                                                                 " default_inactive_timer, default_closed_timer FROM"
                                                                 " account");
    static const char *const timers[] = {"timer_inactive", "timer_closed"};
    bool found = store_step(account);
    if (found && !changes_find(values, "messaging_service_sid") && sqlite3_column_type(account, 0) != SQLITE_NULL) {
        changes_text(values, "messaging_service_sid", (const char *)sqlite3_column_text(account, 0), SID_LENGTH);
    }
    for (int at = 0; found && at < 2; at++) {
        const char *period = (const char *)sqlite3_column_text(account, 1 + at);
        int64_t seconds;
        if (period && !changes_find(values, timers[at]) && conversation_duration(period, &seconds)) {
            changes_integer(values, timers[at], seconds);
        }
    }
    store_done(account);
}

static bool conversation_create(exchange *self, changes *values) {
    const change *state = changes_find(values, "state");
    if (state && strcmp(state->text, "closed") == 0) {
        return errors_set(self, ERROR_CREATED_CLOSED);
    }
    if (!conversation_name(self, values)) {
        return false;
    }
    int64_t now = emulator_milliseconds(self->emulator);
    changes_text(values, "type", "private", 7);
    changes_integer(values, "idle_since", now / 1000);
    if (!changes_find(values, "bindings")) {
        changes_text(values, "bindings", "{}", 2);
    }
    if (self->resource == &conversations_with_participants) {
        if (state) {
            changes_drop(values, "state");
        }
        changes_text(values, "state", "initializing", 12);
        changes_integer(values, "ready", now + self->emulator->options.initializing);
    }
    conversation_defaults(self, values);
    return true;
}

/* A change of state, and of a timer, starts the clocks again. */
static bool conversation_update(exchange *self, changes *values, int64_t id) {
    const change *state = changes_find(values, "state");
    bool timed = changes_find(values, "timer_inactive") || changes_find(values, "timer_closed");
    if (!conversation_name(self, values)) {
        return false;
    }
    if (timed && !state) {
        /* one that came from Chat without a state gets it with its first timer */
        store_run(self->emulator->store, "UPDATE channels SET state = 'active' WHERE id = ?1 AND state IS NULL", "i",
                  id);
    }
    if (state || timed) {
        changes_integer(values, "idle_since", emulator_milliseconds(self->emulator) / 1000);
    }
    return true;
}

/* --- participants --- */

/* What stands before the colon names the channel; numbers without are phones. */
static size_t conversation_prefix(const change *address) {
    const char *colon = strchr(address->text, ':');
    return colon ? (size_t)(colon - address->text) : 0;
}

static void conversation_binding_type(changes *values, const change *address) {
    size_t length = conversation_prefix(address);
    bool mail = !length && strchr(address->text, '@');
    changes_text(values, "binding_type",
                 length ? address->text
                 : mail ? "email"
                        : "sms",
                 length ? length
                 : mail ? 5
                        : 3);
}

static bool conversation_pair(exchange *self, const change *address, const change *proxy) {
    size_t length = conversation_prefix(address);
    if (strcmp(address->text, proxy->text) == 0) {
        return errors_set(self, ERROR_ADDRESS_IS_PROXY);
    }
    if (conversation_prefix(proxy) != length || strncasecmp(address->text, proxy->text, length) != 0) {
        return errors_set(self, ERROR_PROXY_TYPE);
    }
    return true;
}

/* The same pair stands in one conversation that is not closed; clients read from the text in which. */
static bool conversation_pair_is_free(exchange *self, const char *address, const change *proxy, int64_t but) {
    sqlite3_stmt *row = store_prepare(
        self->emulator->store, "SELECT c.sid FROM members m JOIN channels c ON c.id = m.channel_id WHERE"
                               " m.service_id = ?1 AND m.address = ?2 AND m.proxy_address = ?3 AND m.id <> ?4 AND"
                               " c.state IS NOT 'closed'");
    store_bind(row, "itti", self->service_id, address, proxy->text, but);
    bool taken = store_step(row);
    if (taken) {
        errors_say(self, ERROR_BINDING_EXISTS,
                   "A binding for this participant and proxy address already exists in Conversation %s",
                   (const char *)sqlite3_column_text(row, 0));
    }
    store_done(row);
    return !taken;
}

static const change *conversation_given(changes *values, const char *column) {
    const change *found = changes_find(values, column);
    return found && found->type != CHANGE_NULL ? found : NULL;
}

static bool conversation_address_parts(exchange *self, changes *values) {
    const change *identity = conversation_given(values, "identity"), *address = conversation_given(values, "address");
    const change *proxy = conversation_given(values, "proxy_address");
    const change *projected = conversation_given(values, "projected_address");
    if (identity && (address || proxy)) {
        return errors_set(self, ERROR_IDENTITY_OR_ADDRESS);
    }
    if (address && projected) {
        return errors_set(self, ERROR_ADDRESS);
    }
    if (proxy && !address) {
        return errors_set(self, ERROR_ADDRESS_EMPTY);
    }
    if (!identity && !address && !projected) {
        return errors_set(self, ERROR_IDENTITY_MISSING);
    }
    return true;
}

static bool conversation_room(exchange *self, bool phone) {
    static const char all[] = "SELECT count(*) FROM members WHERE channel_id = ?1";
    static const char phones[] = "SELECT count(*) FROM members WHERE channel_id = ?1 AND address IS NOT NULL";
    if (conversation_number(self, all, self->channel_id) >= CONVERSATION_PARTICIPANTS) {
        return errors_set(self, ERROR_PARTICIPANTS);
    }
    return !phone || conversation_number(self, phones, self->channel_id) < CONVERSATION_PHONES ||
           errors_set(self, ERROR_PHONES);
}

static bool conversation_create_phone(exchange *self, changes *values, const change *address, const change *projected) {
    const change *proxy = conversation_given(values, "proxy_address");
    int64_t served = conversation_number(self, "SELECT messaging_service_sid IS NOT NULL FROM channels WHERE id = ?1",
                                         self->channel_id);
    if (!served) {
        return errors_set(self, ERROR_NO_MESSAGING_SERVICE);
    }
    if (address && proxy &&
        (!conversation_pair(self, address, proxy) || !conversation_pair_is_free(self, address->text, proxy, 0))) {
        return false;
    }
    conversation_binding_type(values, address ? address : projected);
    return true;
}

/* Closed ones do not count. */
static bool conversation_of_one(exchange *self, changes *values) {
    const change *identity = conversation_given(values, "identity");
    return !identity ||
           store_number(self->emulator->store, 0,
                        "SELECT count(*) FROM members m JOIN channels c ON c.id = m.channel_id"
                        " WHERE m.service_id = ?1 AND m.identity = ?2 AND c.state IS NOT 'closed'",
                        "ib", self->service_id, identity->text, identity->length) < CONVERSATION_OF_ONE ||
           errors_set(self, ERROR_USER_CONVERSATIONS);
}

static bool conversation_create_participant(exchange *self, changes *values) {
    const change *address = conversation_given(values, "address");
    const change *projected = conversation_given(values, "projected_address");
    if (!conversation_address_parts(self, values) || !conversation_room(self, address != NULL)) {
        return false;
    }
    if ((address || projected) && !conversation_create_phone(self, values, address, projected)) {
        return false;
    }
    return conversation_of_one(self, values) && write_rules_person(self, values);
}

/* The text of a participant's column, into out; false where it is null. */
static bool conversation_column(exchange *self, const char *sql, int64_t id, buffer *out) {
    sqlite3_stmt *row = store_prepare(self->emulator->store, sql);
    store_bind(row, "i", id);
    bool found = store_step(row) && sqlite3_column_type(row, 0) != SQLITE_NULL;
    if (found) {
        buffer_append(out, sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0));
        buffer_terminated(out);
    }
    store_done(row);
    return found;
}

static bool conversation_update_proxy(exchange *self, const change *proxy, int64_t id) {
    buffer address = {0}, old = {0};
    bool phone = conversation_column(self, "SELECT address FROM members WHERE id = ?1", id, &address);
    bool has = conversation_column(self, "SELECT proxy_address FROM members WHERE id = ?1", id, &old);
    change other = {.text = address.data, .length = address.length};
    bool good = true;
    if (!phone) {
        good = errors_set(self, ERROR_ADDRESS_EMPTY);
    } else if (has && strcmp(old.data, proxy->text) == 0) {
        good = errors_set(self, ERROR_PROXY_SAME);
    } else {
        good = conversation_pair(self, &other, proxy) && conversation_pair_is_free(self, address.data, proxy, id);
    }
    buffer_free(&address);
    buffer_free(&old);
    return good;
}

static bool conversation_update_participant(exchange *self, changes *values, int64_t id) {
    const change *identity = conversation_given(values, "identity");
    const change *proxy = conversation_given(values, "proxy_address");
    const change *projected = conversation_given(values, "projected_address");
    bool phone = conversation_number(self, "SELECT address IS NOT NULL FROM members WHERE id = ?1", id) != 0;
    if (phone && identity) {
        return errors_set(self, ERROR_IDENTITY_OR_ADDRESS);
    }
    if (phone && projected) {
        return errors_set(self, ERROR_ADDRESS);
    }
    if (proxy && !conversation_update_proxy(self, proxy, id)) {
        return false;
    }
    if (projected) {
        conversation_binding_type(values, projected);
    }
    return !identity || write_rules_person(self, values);
}

/* --- webhooks --- */

static bool conversation_hook_url(exchange *self, const json_t *given, bool required) {
    const char *url = json_string_value(json_object_get(given, "url"));
    if (!url) {
        return !required || errors_set(self, ERROR_HOOK_URL);
    }
    if (validate_characters(url, strlen(url)) > 512) {
        return errors_set(self, ERROR_HOOK_URL_LONG);
    }
    bool web = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
    const char *host = web ? strstr(url, "//") + 2 : "";
    return (web && *host && strncmp(host, "localhost", 9) != 0) || errors_set(self, ERROR_HOOK_URL);
}

static bool conversation_hook_triggers(exchange *self, const json_t *given, bool required) {
    const json_t *triggers = json_object_get(given, "triggers"), *one;
    size_t at;
    if (!triggers) {
        return !required || errors_set(self, ERROR_HOOK_NO_TRIGGERS);
    }
    if (json_array_size(triggers) > CONVERSATION_TRIGGERS) {
        return errors_set(self, ERROR_HOOK_TRIGGERS);
    }
    json_array_foreach(triggers, at, one) {
        size_t length = validate_characters(json_string_value(one), json_string_length(one));
        if (length < 1 || length > 248) {
            return errors_set(self, ERROR_HOOK_TRIGGER);
        }
    }
    return true;
}

/* Each target needs its own settings. */
static bool conversation_hook(exchange *self, changes *values, bool create) {
    const change *type = changes_find(values, "type"), *configuration = changes_find(values, "configuration");
    json_t *given = configuration ? json_loadb(configuration->text, configuration->length, 0, NULL) : json_object();
    const char *target = create ? type->text : "";
    bool hook = strcmp(target, "webhook") == 0, trigger = strcmp(target, "trigger") == 0;
    bool flow = strcmp(target, "studio") != 0 || json_object_get(given, "flow_sid");
    bool good = (flow || errors_set(self, ERROR_HOOK_FLOW)) && conversation_hook_url(self, given, hook || trigger) &&
                (!hook || json_object_get(given, "filters") || errors_set(self, ERROR_HOOK_NO_FILTERS)) &&
                conversation_hook_triggers(self, given, trigger);
    json_decref(given);
    return good &&
           (!create ||
            conversation_number(self, "SELECT count(*) FROM webhooks WHERE channel_id = ?1", self->channel_id) < 5 ||
            errors_set(self, ERROR_HOOK_LIMIT));
}

/* --- all of them --- */

bool conversation_rules_create(exchange *self, changes *values) {
    const resource *kind = resource_kind(self->resource);
    if (kind == &resource_channels) {
        return conversation_create(self, values);
    }
    if (kind == &resource_members) {
        return conversation_create_participant(self, values);
    }
    if (kind == &resource_users) {
        write_rules_user_role(self, values);
    }
    if (kind == &conversations_addresses && !changes_find(values, "auto_creation")) {
        changes_text(values, "auto_creation", "{\"enabled\":false,\"type\":\"default\"}", 34);
    }
    return kind != &resource_webhooks || conversation_hook(self, values, true);
}

bool conversation_rules_update(exchange *self, changes *values, int64_t id) {
    const resource *kind = resource_kind(self->resource);
    if (kind == &resource_channels) {
        return conversation_update(self, values, id);
    }
    if (kind == &resource_members) {
        return conversation_update_participant(self, values, id);
    }
    return kind != &resource_webhooks || conversation_hook(self, values, false);
}

int conversation_rules_conflict(const exchange *self) {
    const resource *kind = resource_kind(self->resource);
    return kind == &resource_channels  ? ERROR_CONVERSATION_EXISTS
           : kind == &resource_users   ? ERROR_USER_EXISTS
           : kind == &resource_members ? ERROR_PARTICIPANT_EXISTS
                                       : ERROR_ADDRESS_EXISTS;
}
