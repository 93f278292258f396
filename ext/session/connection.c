/* What all chat tables of one database connection share; see connection.h. */
#include "session/connection.h"

#include <string.h>

#include "session/variables.h"

void connection_show_progress(connection *shared) {
    progress_state state = {.running = client_running(shared->client), .waiting_ms = client_put_off_ms(shared->client)};
    progress_show(&shared->root->progress, settings_text(&shared->settings, SETTING_PROGRESS), &state);
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
    shared->root = shared;
    shared->loaded = true;
    shared->references = 1;
    connection_enlist(shared);
    variables_warn();
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

static connection *connection_new_account(connection *root, const char *name) {
    connection *made = sqlite3_malloc64(sizeof *made);
    char *copy = sqlite3_mprintf("%s", name);
    int account = made && copy ? client_add_account(root->client) : -1;
    if (account < 0) {
        sqlite3_free(made);
        sqlite3_free(copy);
        return NULL;
    }
    memset(made, 0, sizeof *made);
    made->db = root->db;
    made->root = root;
    made->profile = copy;
    made->account = account;
    made->client = root->client;
    made->settings.base = &root->settings;
    made->without = root->without;
    made->next = root->accounts;
    root->accounts = made;
    return made;
}

connection *connection_for_profile(connection *root, const char *name, error *problem) {
    connection *found = root->accounts;
    while (found && strcmp(found->profile, name) != 0) {
        found = found->next;
    }
    if (!found) {
        found = connection_new_account(root, name);
    }
    if (!found) {
        error_no_memory(problem);
        return NULL;
    }
    return connection_retain(found);
}

connection *connection_retain(connection *shared) {
    shared->references++;
    shared->root->references += shared != shared->root;
    return shared;
}

static void connection_tell_parts(const connection *shared) {
    for (int id = 0; id < CONNECTION_PARTS; id++) {
        if (shared->parts[id].content) {
            shared->parts[id].settings_changed(shared->parts[id].content);
        }
    }
}

/* As if the profile had never been read. */
static void connection_unload(connection *account) {
    client_config nothing;
    memset(&nothing, 0, sizeof nothing);
    settings_free(&account->settings);
    account->settings.base = &account->root->settings;
    account->loaded = false;
    connection_tell_parts(account);
    client_configure_account(account->client, account->account, &nothing); /* without texts it needs no memory */
}

static void connection_free_parts(connection *shared) {
    for (int id = 0; id < CONNECTION_PARTS; id++) {
        if (shared->parts[id].content) {
            shared->parts[id].release(shared->parts[id].content);
        }
    }
}

static void connection_free(connection *root) {
    connection_delist(root);
    client_free(root->client);
    while (root->accounts) {
        connection *account = root->accounts;
        root->accounts = account->next;
        connection_free_parts(account);
        settings_free(&account->settings);
        sqlite3_free(account->profile);
        sqlite3_free(account);
    }
    connection_free_parts(root);
    settings_free(&root->settings);
    sqlite3_free(root);
}

void connection_release(void *shared) {
    connection *self = shared;
    if (!self) {
        return;
    }
    connection *root = self->root;
    self->references--;
    root->references -= self != root;
    if (self != root && self->references == 0) {
        connection_unload(self);
    }
    if (root->references == 0) {
        connection_free(root);
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
                      "chat_settings: %s: not changed, since this transaction has queued or sent writes for the origin "
                      "and the account in force: COMMIT or ROLLBACK first",
                      settings_name(id));
        }
    }
}

/* Hands the settings of one account to the client. One that is not loaded has none. SQLITE_OK or SQLITE_NOMEM. */
static int connection_apply_one(connection *shared) {
    error problem = {0};
    shared->without = settings_without(&shared->settings);
    connection_tell_parts(shared);
    if (!shared->loaded) {
        return SQLITE_OK;
    }
    if (shared->profile) {
        settings_follow_base(&shared->settings, &problem);
    }
    client_config config = settings_client_config(&shared->settings);
    int rc = error_is_set(&problem) ? SQLITE_NOMEM
             : shared->profile      ? client_configure_account(shared->client, shared->account, &config)
                                    : client_configure(shared->client, &config);
    shared->outdated = rc != SQLITE_OK;
    error_clear(&problem);
    return rc;
}

int connection_apply_settings(connection *shared) {
    int rc = connection_apply_one(shared);
    for (connection *each = shared->accounts; each; each = each->next) {
        int one = connection_apply_one(each);
        rc = rc == SQLITE_OK ? one : rc;
    }
    return rc;
}

void connection_settle(connection *shared) {
    if (shared->root->unsettled) {
        shared->root->unsettled = false;
        (void)connection_apply_settings(shared->root); /* without memory for it: connection_prepare makes up for that */
    }
}

static void connection_load_profile(connection *account, error *problem) {
    settings_load_profile(&account->settings, &account->root->settings, account->profile, problem);
    if (error_is_set(problem)) {
        settings_free(&account->settings);
        account->settings.base = &account->root->settings;
        return;
    }
    account->loaded = true;
    account->outdated = true;
}

void connection_prepare(connection *shared, error *problem) {
    if (error_is_set(problem)) {
        return;
    }
    connection_settle(shared);
    if (!shared->loaded) {
        connection_load_profile(shared, problem);
    }
    if (!error_is_set(problem) && shared->root->outdated && connection_apply_one(shared->root) != SQLITE_OK) {
        error_no_memory(problem);
    }
    if (!error_is_set(problem) && shared->outdated && connection_apply_one(shared) != SQLITE_OK) {
        error_no_memory(problem);
    }
}

size_t connection_memory_limit(const connection *shared) {
    return (size_t)settings_integer(&shared->settings, SETTING_MEMORY_LIMIT_MB) * 1024 * 1024;
}
