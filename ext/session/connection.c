/* What all chat tables of one database connection share; see connection.h. */
#include "session/connection.h"

#include <string.h>

void connection_show_progress(connection *shared) {
    progress_state state = {.running = client_running(shared->client), .waiting_ms = client_put_off_ms(shared->client)};
    progress_show(&shared->progress, settings_text(&shared->settings, SETTING_PROGRESS), &state);
}

static bool connection_is_interrupted(void *context) {
    connection *shared = context;
    connection_show_progress(shared);
    return probe_is_stopped(&shared->probe, shared->db);
}

/* All of the process: database connections are opened and closed by any thread. */
static connection *connections;

static sqlite3_mutex *connections_enter(void) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1); /* NULL where SQLite has no threads: fine */
    sqlite3_mutex_enter(mutex);
    return mutex;
}

static void connection_enlist(connection *shared) {
    sqlite3_mutex *mutex = connections_enter();
    shared->next = connections;
    connections = shared;
    sqlite3_mutex_leave(mutex);
}

static void connection_delist(const connection *shared) {
    sqlite3_mutex *mutex = connections_enter();
    for (connection **each = &connections; *each; each = &(*each)->next) {
        if (*each == shared) {
            *each = shared->next;
            break;
        }
    }
    sqlite3_mutex_leave(mutex);
}

connection *connection_find(const sqlite3 *db) {
    sqlite3_mutex *mutex = connections_enter();
    connection *found = connections;
    while (found && found->db != db) {
        found = found->next;
    }
    sqlite3_mutex_leave(mutex);
    return found;
}

connection *connection_open(sqlite3 *db, error *problem) {
    connection *shared = sqlite3_malloc64(sizeof *shared);
    if (!shared) {
        error_no_memory(problem);
        return NULL;
    }
    memset(shared, 0, sizeof *shared);
    shared->db = db;
    shared->references = 1;
    connection_enlist(shared);
    settings_load(&shared->settings, problem);
    if (!error_is_set(problem)) {
        shared->client = client_new(connection_is_interrupted, shared);
        if (!shared->client || connection_apply_settings(shared) != SQLITE_OK) {
            error_no_memory(problem);
        }
    }
    if (error_is_set(problem)) {
        connection_release(shared);
        shared = NULL;
    }
    return shared;
}

connection *connection_retain(connection *shared) {
    shared->references++;
    return shared;
}

void connection_release(void *shared) {
    connection *self = shared;
    if (self && --self->references == 0) {
        connection_delist(self);
        client_free(self->client);
        for (int id = 0; id < CONNECTION_PARTS; id++) {
            if (self->parts[id].content) {
                self->parts[id].release(self->parts[id].content);
            }
        }
        settings_free(&self->settings);
        sqlite3_free(self);
    }
}

int connection_add_part(connection *shared, connection_part_id id, size_t size, connection_part part) {
    if (shared->parts[id].content) {
        return SQLITE_OK;
    }
    part.content = sqlite3_malloc64(size);
    if (!part.content) {
        return SQLITE_NOMEM;
    }
    memset(part.content, 0, size);
    shared->parts[id] = part;
    return SQLITE_OK;
}

void connection_check_change(const connection *shared, setting_id id, error *problem) {
    unsigned origins = settings_origins_of(&shared->settings, id);
    for (int part = 0; part < CONNECTION_PARTS && origins; part++) {
        const connection_part *each = &shared->parts[part];
        if (each->content && each->held_origins && (each->held_origins(each->content) & origins)) {
            error_set(problem, SQLITE_ERROR,
                      "chat_settings: %s: not changed, since this transaction has queued writes for the origin and the "
                      "account in force: COMMIT or ROLLBACK first",
                      settings_name(id));
        }
    }
}

int connection_apply_settings(connection *shared) {
    shared->without = settings_without(&shared->settings);
    for (int id = 0; id < CONNECTION_PARTS; id++) {
        if (shared->parts[id].content) {
            shared->parts[id].settings_changed(shared->parts[id].content);
        }
    }
    client_config config = settings_client_config(&shared->settings);
    int rc = client_configure(shared->client, &config);
    shared->outdated = rc != SQLITE_OK;
    return rc;
}

void connection_prepare(connection *shared, error *problem) {
    if (!error_is_set(problem) && shared->outdated && connection_apply_settings(shared) != SQLITE_OK) {
        error_no_memory(problem);
    }
}

size_t connection_memory_limit(const connection *shared) {
    return (size_t)settings_integer(&shared->settings, SETTING_MEMORY_LIMIT_MB) * 1024 * 1024;
}
