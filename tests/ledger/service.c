/* The emulator and connections to it: see service.h. */
#include "service.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

/* Takes away every variable that the extension might read. */
static void service_clear_environment(void) {
    char **each = environ;
    while (*each != NULL) {
        if (strncmp(*each, "TWILIO_", 7) == 0) {
            char name[256];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(*each, "="), *each);
            unsetenv(name);
            each = environ;
        } else {
            each++;
        }
    }
}

bool service_start(service *s, const char *emulator, const char *extension) {
    s->extension = extension;
    s->program = emulator;
    if (!process_start(&s->emulator, emulator, "1", PROCESS_SMALL) || !http_open(&s->client, s->emulator.url)) {
        return false;
    }
    service_clear_environment();
    setenv("TWILIO_CHAT_URL", s->emulator.url, 1);
    setenv("TWILIO_CONVERSATIONS_URL", s->emulator.conversations_url, 1);
    setenv("TWILIO_MEDIA_URL", s->emulator.media_url, 1);
    setenv("TWILIO_ACCOUNT_SID", PROCESS_ACCOUNT_SID, 1);
    setenv("TWILIO_AUTH_TOKEN", PROCESS_AUTH_TOKEN, 1);
    setenv("TWILIO_CHAT_WRITE_RATE", "0", 1);
    setenv("TWILIO_CHAT_MAX_RETRIES", "2", 1);
    return true;
}

bool service_start_beside(service *s, const service *other) {
    s->extension = other->extension;
    s->program = other->program;
    return process_start(&s->emulator, s->program, "1", PROCESS_SMALL) && http_open(&s->client, s->emulator.url);
}

void service_stop(service *s) {
    http_close(&s->client);
    process_stop(&s->emulator);
}

sqlite3 *service_connect(const service *s, const char *file) {
    sqlite3 *db = NULL;
    char *message = NULL;
    bool opened = sqlite3_open(file, &db) == SQLITE_OK;
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (!opened || sqlite3_load_extension(db, s->extension, NULL, &message) != SQLITE_OK) {
        printf("# %s: %s\n", s->extension, message != NULL ? message : sqlite3_errmsg(db));
        sqlite3_free(message);
        sqlite3_close(db);
        return NULL;
    }
    return db;
}

bool service_set(sqlite3 *db, const char *name, const char *value) {
    char *sql = sqlite3_mprintf("UPDATE chat_settings SET value = %Q WHERE name = %Q", value, name);
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(db));
    }
    sqlite3_free(sql);
    return done;
}

void service_reset(service *s) {
    service_control(s, "reset");
}

void service_control(service *s, const char *format, ...) {
    char path[400];
    int start = snprintf(path, sizeof path, "/__control/");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path + start, sizeof path - (size_t)start, format, arguments);
    va_end(arguments);
    http_control(&s->client, path);
}

json_t *service_ledger(service *s) {
    char url[200];
    snprintf(url, sizeof url, "%s/__control/ledger", s->emulator.url);
    json_t *ledger = http_get(&s->client, url);
    if (!json_is_array(ledger)) {
        fputs("Bail out! the emulator shows no ledger\n", stdout);
        exit(70);
    }
    return ledger;
}

long long service_counter(service *s, const char *name) {
    char url[200];
    snprintf(url, sizeof url, "%s/__control/stats", s->emulator.url);
    json_t *stats = http_get(&s->client, url);
    long long count = json_integer_value(json_object_get(stats, name));
    json_decref(stats);
    return count;
}
