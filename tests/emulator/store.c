/* SQLite underneath: see store.h. */
#include "store.h"

#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORE_CACHE = 256 };

struct store {
    sqlite3 *handle;
    bool filled;
    int cached;
    struct {
        char *sql;
        sqlite3_stmt *statement;
    } cache[STORE_CACHE];
};

static const char store_schema[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE sequences(name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;"
    "CREATE TABLE services(id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT UNIQUE, friendly_name TEXT,"
    " date_created INTEGER, date_updated INTEGER, default_service_role_sid TEXT, default_channel_role_sid TEXT,"
    " default_channel_creator_role_sid TEXT, read_status_enabled INTEGER DEFAULT 1,"
    " reachability_enabled INTEGER DEFAULT 0, typing_indicator_timeout INTEGER DEFAULT 5,"
    " consumption_report_interval INTEGER DEFAULT 10, limit_channel_members INTEGER DEFAULT 100,"
    " limit_user_channels INTEGER DEFAULT 250, webhooks TEXT DEFAULT '{}', notifications TEXT DEFAULT '{}',"
    " pre_webhook_url TEXT, post_webhook_url TEXT, webhook_method TEXT, webhook_filters TEXT,"
    " pre_webhook_retry_count INTEGER DEFAULT 0, post_webhook_retry_count INTEGER DEFAULT 0, media_message TEXT);"
    "CREATE TABLE channels(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER REFERENCES services ON DELETE CASCADE, sid TEXT UNIQUE, friendly_name TEXT, unique_name TEXT,"
    " attributes TEXT, type TEXT DEFAULT 'public', date_created INTEGER, date_updated INTEGER,"
    " created_by TEXT DEFAULT 'system', messaging_service_sid TEXT, members_count INTEGER DEFAULT 0,"
    /* as a conversation: see conversation_state.h; null state: one that came from Chat long ago */
    " state TEXT DEFAULT 'active', activity TEXT, idle_since INTEGER, timer_inactive INTEGER, timer_closed INTEGER,"
    " ready INTEGER, bindings TEXT,"
    /* messages: how many are computed, deleted of those, changed of those, stored after them; the next index */
    " ordinal INTEGER DEFAULT -1, generated INTEGER DEFAULT 0, holes INTEGER DEFAULT 0, edits INTEGER DEFAULT 0,"
    " stored INTEGER DEFAULT 0, next_index INTEGER DEFAULT 0, UNIQUE(service_id, unique_name));"
    "CREATE INDEX channels_by_service ON channels(service_id, sid);"
    "CREATE INDEX channels_by_activity ON channels(service_id, activity || '_' || sid);"
    "CREATE INDEX channels_of_no_activity ON channels(id) WHERE activity IS NULL;"
    "CREATE INDEX channels_initializing ON channels(id) WHERE state = 'initializing';"
    "CREATE INDEX channels_timed ON channels(id) WHERE (timer_inactive IS NOT NULL OR timer_closed IS NOT NULL);"
    "CREATE TABLE messages(channel_id INTEGER REFERENCES channels ON DELETE CASCADE, idx INTEGER, sid TEXT UNIQUE,"
    " date_created INTEGER, date_updated INTEGER, was_edited INTEGER DEFAULT 0, author TEXT, body TEXT,"
    " attributes TEXT, last_updated_by TEXT, media TEXT, content_sid TEXT, PRIMARY KEY(channel_id, idx)) WITHOUT"
    " ROWID;"
    "CREATE TABLE holes(channel_id INTEGER REFERENCES channels ON DELETE CASCADE, position INTEGER,"
    " PRIMARY KEY(channel_id, position)) WITHOUT ROWID;"
    "CREATE TABLE members(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER, channel_id INTEGER REFERENCES channels ON DELETE CASCADE, sid TEXT UNIQUE, identity TEXT,"
    " role_sid TEXT, last_consumed_message_index INTEGER, last_consumption_timestamp INTEGER, date_created INTEGER,"
    " date_updated INTEGER, attributes TEXT,"
    /* a participant outside chat has no identity, or a projected address beside it */
    " binding_type TEXT, address TEXT, proxy_address TEXT, projected_address TEXT, UNIQUE(channel_id, identity));"
    "CREATE INDEX members_by_channel ON members(channel_id, sid);"
    "CREATE INDEX members_by_address ON members(service_id, address) WHERE address IS NOT NULL;"
    "CREATE INDEX phones_by_channel ON members(channel_id, sid) WHERE address IS NOT NULL;"
    "CREATE INDEX members_by_identity ON members(service_id, identity);"
    "CREATE TABLE invites(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER, channel_id INTEGER REFERENCES channels ON DELETE CASCADE, sid TEXT UNIQUE, identity TEXT,"
    " role_sid TEXT, created_by TEXT DEFAULT 'system', date_created INTEGER, date_updated INTEGER,"
    " UNIQUE(channel_id, identity));"
    "CREATE INDEX invites_by_channel ON invites(channel_id, sid);"
    "CREATE INDEX invites_by_identity ON invites(service_id, identity);"
    "CREATE TABLE roles(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER REFERENCES services ON DELETE CASCADE, sid TEXT UNIQUE, friendly_name TEXT, type TEXT,"
    " permissions TEXT, date_created INTEGER, date_updated INTEGER);"
    "CREATE INDEX roles_by_service ON roles(service_id, sid);"
    "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER REFERENCES services ON DELETE CASCADE, sid TEXT UNIQUE, identity TEXT, role_sid TEXT,"
    " friendly_name TEXT, attributes TEXT, is_online INTEGER DEFAULT 0, is_notifiable INTEGER DEFAULT 0,"
    " joined_channels_count INTEGER DEFAULT 0, date_created INTEGER, date_updated INTEGER,"
    " UNIQUE(service_id, identity));"
    "CREATE INDEX users_by_service ON users(service_id, sid);"
    /* A user's view of a channel: kept while joined or invited, and now and then after leaving. */
    "CREATE TABLE user_channels(user_id INTEGER REFERENCES users ON DELETE CASCADE,"
    " channel_id INTEGER REFERENCES channels ON DELETE CASCADE, channel_sid TEXT,"
    " notification_level TEXT DEFAULT 'default', PRIMARY KEY(user_id, channel_sid)) WITHOUT ROWID;"
    "CREATE INDEX user_channels_by_channel ON user_channels(channel_id);"
    "CREATE TABLE credentials(id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT UNIQUE, friendly_name TEXT, type TEXT,"
    " sandbox TEXT DEFAULT 'False', certificate TEXT, private_key TEXT, api_key TEXT, secret TEXT,"
    " date_created INTEGER, date_updated INTEGER);"
    "CREATE TABLE bindings(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service_id INTEGER REFERENCES services ON DELETE CASCADE, sid TEXT UNIQUE, endpoint TEXT, identity TEXT,"
    " credential_sid TEXT, binding_type TEXT, message_types TEXT, date_created INTEGER, date_updated INTEGER);"
    "CREATE INDEX bindings_by_service ON bindings(service_id, sid);"
    "CREATE INDEX bindings_by_identity ON bindings(service_id, identity, sid);"
    "CREATE TABLE webhooks(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " channel_id INTEGER REFERENCES channels ON DELETE CASCADE, sid TEXT UNIQUE, type TEXT, configuration TEXT,"
    " date_created INTEGER, date_updated INTEGER);"
    "CREATE INDEX webhooks_by_channel ON webhooks(channel_id, sid);"
    /* what Conversations has beside all that */
    "CREATE TABLE account(id INTEGER PRIMARY KEY, sid TEXT, default_chat_service_sid TEXT,"
    " default_messaging_service_sid TEXT, default_inactive_timer TEXT, default_closed_timer TEXT, method TEXT DEFAULT"
    " 'GET', filters TEXT, pre_webhook_url TEXT, post_webhook_url TEXT, target TEXT DEFAULT 'webhook',"
    " date_updated INTEGER);"
    "CREATE TABLE addresses(id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT UNIQUE, type TEXT, address TEXT UNIQUE,"
    " friendly_name TEXT, auto_creation TEXT, address_country TEXT, date_created INTEGER, date_updated INTEGER);"
    /* media that were uploaded; those of other messages are computed (media.h) */
    "CREATE TABLE media(id INTEGER PRIMARY KEY AUTOINCREMENT, service_id INTEGER REFERENCES services ON DELETE CASCADE,"
    " sid TEXT UNIQUE, content_type TEXT, filename TEXT, content BLOB, date_created INTEGER);";

static const char store_triggers[] =
    "CREATE TRIGGER IF NOT EXISTS member_added AFTER INSERT ON members BEGIN"
    " UPDATE channels SET members_count = members_count + (new.identity IS NOT NULL) WHERE id = new.channel_id;"
    " UPDATE users SET joined_channels_count = joined_channels_count + 1"
    "  WHERE service_id = new.service_id AND identity = new.identity;"
    " INSERT OR IGNORE INTO user_channels(user_id, channel_id, channel_sid)"
    "  SELECT u.id, c.id, c.sid FROM users u, channels c"
    "  WHERE u.service_id = new.service_id AND u.identity = new.identity AND c.id = new.channel_id;"
    " DELETE FROM invites WHERE channel_id = new.channel_id AND identity = new.identity;"
    " END;"
    "CREATE TRIGGER IF NOT EXISTS member_removed AFTER DELETE ON members BEGIN"
    " UPDATE channels SET members_count = members_count - (old.identity IS NOT NULL) WHERE id = old.channel_id;"
    " UPDATE users SET joined_channels_count = joined_channels_count - 1"
    "  WHERE service_id = old.service_id AND identity = old.identity;"
    " DELETE FROM user_channels WHERE channel_id = old.channel_id AND user_id ="
    "  (SELECT id FROM users WHERE service_id = old.service_id AND identity = old.identity);"
    " END;"
    "CREATE TRIGGER IF NOT EXISTS invite_added AFTER INSERT ON invites BEGIN"
    " INSERT OR IGNORE INTO user_channels(user_id, channel_id, channel_sid)"
    "  SELECT u.id, c.id, c.sid FROM users u, channels c"
    "  WHERE u.service_id = new.service_id AND u.identity = new.identity AND c.id = new.channel_id;"
    " END;"
    "CREATE TRIGGER IF NOT EXISTS invite_removed AFTER DELETE ON invites"
    " WHEN NOT EXISTS (SELECT 1 FROM members WHERE channel_id = old.channel_id AND identity = old.identity) BEGIN"
    " DELETE FROM user_channels WHERE channel_id = old.channel_id AND user_id ="
    "  (SELECT id FROM users WHERE service_id = old.service_id AND identity = old.identity);"
    " END;"
    "CREATE TRIGGER IF NOT EXISTS user_removed BEFORE DELETE ON users BEGIN"
    " DELETE FROM members WHERE service_id = old.service_id AND identity = old.identity;"
    " DELETE FROM invites WHERE service_id = old.service_id AND identity = old.identity;"
    " DELETE FROM bindings WHERE service_id = old.service_id AND identity = old.identity;"
    " END;";

static void store_fail(store *self, const char *what) {
    fprintf(stderr, "emulator: SQLite: %s: %s\n", what, sqlite3_errmsg(self->handle));
    abort();
}

static void store_execute(store *self, const char *sql) {
    if (sqlite3_exec(self->handle, sql, NULL, NULL, NULL) != SQLITE_OK) {
        store_fail(self, sql);
    }
}

store *store_open(const char *path) {
    store *self = buffer_allocate(sizeof *self);
    if (sqlite3_open(path ? path : ":memory:", &self->handle) != SQLITE_OK) {
        store_fail(self, path ? path : "memory");
    }
    store_execute(self, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;"
                        "PRAGMA recursive_triggers = ON; PRAGMA temp_store = MEMORY");
    self->filled = store_number(self, 0, "SELECT count(*) FROM sqlite_master WHERE name = 'meta'", "") > 0;
    if (!self->filled) {
        store_execute(self, store_schema);
    }
    return self;
}

void store_close(store *self) {
    for (int position = 0; position < self->cached; position++) {
        sqlite3_finalize(self->cache[position].statement);
        free(self->cache[position].sql);
    }
    sqlite3_close(self->handle);
    free(self);
}

sqlite3 *store_handle(store *self) {
    return self->handle;
}

bool store_was_filled(const store *self) {
    return self->filled;
}

void store_add_triggers(store *self) {
    store_execute(self, store_triggers);
}

static sqlite3_stmt *store_cached(store *self, const char *sql) {
    for (int position = 0; position < self->cached; position++) {
        if (strcmp(self->cache[position].sql, sql) == 0) {
            return self->cache[position].statement;
        }
    }
    return NULL;
}

/* Statements with many filter values come in many texts, so a full cache starts again; those in use stay. */
static void store_evict(store *self) {
    int kept = 0;
    for (int position = 0; position < self->cached; position++) {
        if (sqlite3_stmt_busy(self->cache[position].statement)) {
            self->cache[kept++] = self->cache[position];
        } else {
            sqlite3_finalize(self->cache[position].statement);
            free(self->cache[position].sql);
        }
    }
    self->cached = kept;
}

sqlite3_stmt *store_prepare(store *self, const char *sql) {
    sqlite3_stmt *statement = store_cached(self, sql);
    if (statement) {
        return statement;
    }
    if (sqlite3_prepare_v3(self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        store_fail(self, sql);
    }
    if (self->cached == STORE_CACHE) {
        store_evict(self);
    }
    self->cache[self->cached].sql = buffer_duplicate(sql, strlen(sql));
    self->cache[self->cached++].statement = statement;
    return statement;
}

void store_done(sqlite3_stmt *statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

bool store_step(sqlite3_stmt *statement) {
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        fprintf(stderr, "emulator: SQLite: %s: %s\n", sqlite3_sql(statement),
                sqlite3_errmsg(sqlite3_db_handle(statement)));
        abort();
    }
    return rc == SQLITE_ROW;
}

static void store_bind_list(sqlite3_stmt *statement, const char *format, va_list arguments) {
    for (int position = 1; *format; position++, format++) {
        if (*format == 'i') {
            sqlite3_bind_int64(statement, position, va_arg(arguments, int64_t));
        } else {
            const char *text = va_arg(arguments, const char *);
            size_t length = *format == 'b' ? va_arg(arguments, size_t) : text ? strlen(text) : 0;
            sqlite3_bind_text64(statement, position, text, length, SQLITE_STATIC, SQLITE_UTF8);
        }
    }
}

void store_bind(sqlite3_stmt *statement, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    store_bind_list(statement, format, arguments);
    va_end(arguments);
}

bool store_run(store *self, const char *sql, const char *format, ...) {
    sqlite3_stmt *statement = store_prepare(self, sql);
    va_list arguments;
    va_start(arguments, format);
    store_bind_list(statement, format, arguments);
    va_end(arguments);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_DONE && rc != SQLITE_CONSTRAINT) {
        store_fail(self, sql);
    }
    store_done(statement);
    return rc == SQLITE_DONE;
}

int64_t store_number(store *self, int64_t fallback, const char *sql, const char *format, ...) {
    sqlite3_stmt *statement = store_prepare(self, sql);
    va_list arguments;
    va_start(arguments, format);
    store_bind_list(statement, format, arguments);
    va_end(arguments);
    int64_t number = store_step(statement) ? sqlite3_column_int64(statement, 0) : fallback;
    store_done(statement);
    return number;
}

int64_t store_sequence(store *self, const char *name) {
    store_run(self, "INSERT INTO sequences VALUES(?1, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1", "t", name);
    return store_number(self, 0, "SELECT value FROM sequences WHERE name = ?1", "t", name);
}
