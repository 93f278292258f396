/* Paths: see route.h. The tree of resource.h is walked segment by segment, collection and key in turn. */
#include "route.h"

#include "conversation_state.h"
#include "errors.h"
#include "list.h"
#include "ports.h"
#include "resource.h"
#include "write.h"

#include <stdio.h>
#include <string.h>

void route_split(exchange *self) {
    const char *question = strchr(self->uri, '?');
    self->path_length = question ? (size_t)(question - self->uri) : strlen(self->uri);
    if (question) {
        form_parse(&self->query, question + 1, strlen(question + 1));
    }
    size_t start = 1;
    while (start < self->path_length && self->segment_count < EXCHANGE_SEGMENTS) {
        const char *slash = memchr(self->uri + start, '/', self->path_length - start);
        size_t end = slash ? (size_t)(slash - self->uri) : self->path_length;
        char *segment = buffer_duplicate(self->uri + start, end - start);
        form_decode(segment, end - start, false);
        self->segments[self->segment_count++] = segment;
        start = end + 1;
    }
}

/* Of Conversations there is one version, told by the tree. */
static int route_version(const exchange *self) {
    const char *segment = self->segments[0];
    if (self->port == PORT_CONVERSATIONS) {
        bool below = self->segment_count > 3 && strcmp(self->segments[1], "Services") == 0;
        return strcmp(segment, "v1") != 0 ? 0 : below ? API_SERVICE : API_ACCOUNT;
    }
    return strcmp(segment, "v1") == 0   ? API_V1
           : strcmp(segment, "v2") == 0 ? API_V2
           : strcmp(segment, "v3") == 0 ? API_V3
                                        : 0;
}

static void route_keep_sid(char *out, sqlite3_stmt *row) {
    memcpy(out, sqlite3_column_text(row, 1), SID_LENGTH);
    out[SID_LENGTH] = '\0';
}

/* Notes the row as the scope of what follows in the path. */
static void route_enter_row(exchange *self, const resource *what, sqlite3_stmt *row) {
    self->scope_id = sqlite3_column_int64(row, 0);
    if (what->scope == SCOPE_SERVICE) {
        self->service_id = self->scope_id;
        route_keep_sid(self->service_sid, row);
    } else if (what->scope == SCOPE_CHANNEL) {
        self->channel_id = self->scope_id;
        route_keep_sid(self->channel_sid, row);
    } else {
        self->user_id = self->scope_id;
    }
}

/* Only the row id and SID of a parent are wanted: its counts and links would cost too much on every request. */
static bool route_enter_by(exchange *self, const resource *what, const char *column, const char *key) {
    buffer sql = {0};
    buffer_format(&sql, "SELECT r.id, r.sid FROM %s r WHERE %s AND %s = ?2", what->name, what->where, column);
    sqlite3_stmt *row = store_prepare(self->emulator->store, buffer_terminated(&sql));
    buffer_free(&sql);
    sqlite3_bind_int64(row, 1, self->scope_id);
    sqlite3_bind_text(row, 2, key, -1, SQLITE_STATIC);
    bool found = store_step(row);
    if (found) {
        route_enter_row(self, what, row);
    }
    store_done(row);
    return found;
}

static bool route_enter_message(exchange *self, const char *key) {
    message_channel channel;
    message_cursor cursor;
    message found;
    if (!message_channel_load(&channel, &self->emulator->messages, self->channel_id)) {
        return false;
    }
    bool known = message_find(&cursor, &channel, key, &found);
    message_walk_end(&cursor);
    message_channel_free(&channel);
    snprintf(self->message_sid, sizeof self->message_sid, "%s", key);
    return known;
}

/* Resolves a parent in the path, by SID or, where the version takes it, by name. */
static bool route_enter(exchange *self, const resource *what, const char *key) {
    if (what->scope == SCOPE_MESSAGE) {
        return route_enter_message(self, key) || errors_not_found(self);
    }
    bool named = what->alias && (what->alias_scope & self->version) != 0;
    bool found = what->scope != SCOPE_NONE && (route_enter_by(self, what, what->key, key) ||
                                               (named && route_enter_by(self, what, what->alias, key)));
    return found || errors_not_found(self);
}

static bool route_slash_refused(const exchange *self) {
    for (size_t at = 0; self->emulator->options.refuse_encoded_slash && at + 2 < self->path_length; at++) {
        if (strncmp(self->uri + at, "%2F", 3) == 0 || strncmp(self->uri + at, "%2f", 3) == 0) {
            return true;
        }
    }
    return false;
}

/* Where the path begins: NULL, or, for what belongs to the account's default service, at its services. */
static const resource *route_root(exchange *self) {
    if (self->version != API_ACCOUNT || resource_find(API_ACCOUNT, NULL, self->segments[1])) {
        return NULL;
    }
    self->scope_id = self->service_id =
        store_number(self->emulator->store, 0,
                     "SELECT s.id FROM account a JOIN services s ON s.sid = a.default_chat_service_sid", "");
    sqlite3_stmt *row = store_prepare(self->emulator->store, "SELECT id, sid FROM services WHERE id = ?1");
    store_bind(row, "i", self->service_id);
    if (store_step(row)) {
        route_keep_sid(self->service_sid, row);
    }
    store_done(row);
    return &conversations_services;
}

/* Collections and keys in turn; what exists once has no key in the path. */
static bool route_walk(exchange *self, const resource *parent) {
    for (int at = 1; at < self->segment_count;) {
        self->resource = resource_find(self->version, parent, self->segments[at++]);
        if (!self->resource) {
            return errors_not_found(self);
        }
        if (self->resource->singleton) {
            self->key = self->version == API_SERVICE ? self->service_sid : self->emulator->options.account_sid;
        } else {
            self->key = at < self->segment_count ? self->segments[at++] : NULL;
        }
        if (at < self->segment_count && !self->resource->singleton && !route_enter(self, self->resource, self->key)) {
            return false;
        }
        parent = self->resource;
    }
    return true;
}

bool route_resolve(exchange *self) {
    self->version = self->segment_count ? route_version(self) : 0;
    if (!self->version || self->segment_count < 2 || route_slash_refused(self)) {
        return errors_not_found(self);
    }
    if (!route_walk(self, route_root(self))) {
        return false;
    }
    const resource *what = self->resource;
    int known = self->key ? what->fetch | what->update | what->remove : what->list | what->create;
    return (known & self->version) || errors_not_found(self);
}

void route_answer(exchange *self) {
    if (self->port == PORT_CONVERSATIONS || strcmp(self->method, "GET") != 0) {
        conversation_state_advance(self->emulator);
    }
    if (!route_resolve(self)) {
        return;
    }
    const resource *what = self->resource;
    bool get = strcmp(self->method, "GET") == 0, post = strcmp(self->method, "POST") == 0;
    bool remove = strcmp(self->method, "DELETE") == 0;
    if (self->key && get && (what->fetch & self->version)) {
        list_fetch(self);
    } else if (!self->key && get && (what->list & self->version)) {
        list_answer(self);
    } else if (self->key && post && (what->update & self->version)) {
        write_update(self);
    } else if (!self->key && post && (what->create & self->version)) {
        write_create(self);
    } else if (self->key && remove && (what->remove & self->version)) {
        write_remove(self);
    } else {
        errors_set(self, ERROR_METHOD);
    }
}
