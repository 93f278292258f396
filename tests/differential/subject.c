/* Loading the extension: see subject.h. */
#include "subject.h"

#include "process.h"
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void subject_environment(const char *url, const char *conversations_url) {
    static const char *const removed[] = {"TWILIO_API_KEY",
                                          "TWILIO_API_KEY_SECRET",
                                          "TWILIO_API_SECRET",
                                          "TWILIO_REGION",
                                          "TWILIO_EDGE",
                                          "TWILIO_CHAT_SERVICE_SID",
                                          "TWILIO_CHAT_API_VERSION",
                                          "TWILIO_CHAT_PAGE_SIZE",
                                          "TWILIO_CHAT_READONLY",
                                          "TWILIO_CHAT_MAX_CONCURRENCY",
                                          "TWILIO_CHAT_TIMEOUT_MS",
                                          "TWILIO_CHAT_MAX_RETRIES",
                                          "TWILIO_CHAT_WEBHOOKS",
                                          "TWILIO_CHAT_PROGRESS",
                                          "TWILIO_CHAT_REQUEST_LOG",
                                          "TWILIO_CHAT_MEMORY_LIMIT_MB"};
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        unsetenv(removed[i]);
    }
    setenv("TWILIO_CHAT_URL", url, 1);
    setenv("TWILIO_CONVERSATIONS_URL", conversations_url, 1);
    setenv("TWILIO_ACCOUNT_SID", PROCESS_ACCOUNT_SID, 1);
    setenv("TWILIO_AUTH_TOKEN", PROCESS_AUTH_TOKEN, 1);
}

static bool subject_exec(sqlite3 *db, char *sql) {
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(db));
    }
    sqlite3_free(sql);
    return done;
}

static bool subject_set(sqlite3 *db, const char *name, const char *value) {
    return subject_exec(db, sqlite3_mprintf("UPDATE chat_settings SET value = %Q WHERE name = %Q", value, name));
}

static bool subject_load(sqlite3 *db, const char *extension) {
    char *message = NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    bool loaded = sqlite3_load_extension(db, extension, NULL, &message) == SQLITE_OK;
    if (!loaded) {
        printf("# %s: %s\n", extension, message == NULL ? "cannot be loaded" : message);
    }
    sqlite3_free(message);
    return loaded;
}

/* Tables that hold one service shadow the eponymous ones of the same names. Credentials belong to no service. */
static bool subject_create_tables(sqlite3 *db, unsigned version, const char *service_sid) {
    int count;
    const table *tables = tables_chat(&count);
    bool created = true;
    for (int i = 0; created && i < count; i++) {
        const char *name = tables[i].name;
        if ((tables[i].versions & version) != 0 && !table_is_of_account(&tables[i])) {
            created = subject_exec(db, sqlite3_mprintf("CREATE VIRTUAL TABLE \"%w\" USING \"%w\"(service_sid=%Q)", name,
                                                       name, service_sid));
        }
    }
    return created;
}

static bool subject_configure(sqlite3 *db, const configuration *c, const char *service_sid) {
    char size[16];
    snprintf(size, sizeof size, "%d", c->page_size);
    const char *version = c->version == VERSION_MIGRATED ? "conversations" : tables_version_name(c->version);
    bool set = (c->version == VERSION_C || subject_set(db, "api_version", version)) &&
               (c->page_size == 0 || subject_set(db, "page_size", size)) && subject_set(db, "request_log", "20000");
    if (set && c->scope == SCOPE_SETTING) {
        set = subject_set(db, "service_sid", service_sid);
    }
    return set && (c->scope != SCOPE_TABLES || subject_create_tables(db, c->version, service_sid));
}

sqlite3 *subject_open(const char *extension, const configuration *c, const char *service_sid) {
    sqlite3 *db = NULL;
    bool opened = sqlite3_open(":memory:", &db) == SQLITE_OK && subject_load(db, extension) &&
                  subject_configure(db, c, service_sid);
    if (!opened) {
        sqlite3_close(db);
        return NULL;
    }
    return db;
}
