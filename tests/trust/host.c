/* What these tests share; see host.h. */
#include "trust/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static bool host_is_looked_at(const char *variable) {
    static const char *const beginnings[] = {"TWILIO_", "SSL",  "CURL", "OPENSSL_", "http_", "https_", "HTTP_",
                                             "HTTPS_",  "all_", "ALL_", "no_",      "NO_",   "NETRC"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncmp(variable, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}

void host_clear_environment(void) {
    for (char **each = environ; *each;) {
        char name[200];
        if (host_is_looked_at(*each)) {
            snprintf(name, sizeof name, "%.*s", (int)strcspn(*each, "="), *each);
            unsetenv(name);
            each = environ;
        } else {
            each++;
        }
    }
}

void host_use(const recorder *server, const char *user, const char *password) {
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(server));
    setenv("TWILIO_CHAT_URL", url, 1);
    setenv("TWILIO_CHAT_MAX_RETRIES", "0", 1);
    setenv("TWILIO_CHAT_WRITE_RATE", "0", 1);
    setenv("TWILIO_CHAT_TIMEOUT_MS", "20000", 1);
    unsetenv("TWILIO_API_KEY");
    unsetenv("TWILIO_API_KEY_SECRET");
    if (user) {
        setenv("TWILIO_API_KEY", user, 1);
        setenv("TWILIO_API_KEY_SECRET", password, 1);
    }
}

sqlite3 *host_open(const char *file) {
    const char *extension = getenv("EXTENSION");
    char *message = NULL;
    sqlite3 *db = NULL;
    if (sqlite3_open(file, &db) != SQLITE_OK ||
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL) != SQLITE_OK ||
        sqlite3_load_extension(db, extension ? extension : "build/chat", NULL, &message) != SQLITE_OK) {
        printf("Bail out! cannot load the extension: %s\n", message ? message : "no database");
        exit(70);
    }
    return db;
}

static void host_tell_row(sqlite3_stmt *statement, text *told) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        text_add(told, sqlite3_column_blob(statement, i), (size_t)sqlite3_column_bytes(statement, i));
        text_add(told, "|", 1);
    }
    text_add(told, "\n", 1);
}

int host_run_bytes(sqlite3 *db, const char *sql, const char *value, int length, text *told) {
    int rc = SQLITE_OK;
    text ignored = {0};
    text *target = told ? told : &ignored;
    for (const char *rest = sql; rest && *rest;) {
        sqlite3_stmt *statement = NULL;
        rc = sqlite3_prepare_v2(db, rest, -1, &statement, &rest);
        for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
            sqlite3_bind_text(statement, i, value, length, SQLITE_TRANSIENT);
        }
        while (rc == SQLITE_OK || rc == SQLITE_ROW) {
            rc = sqlite3_step(statement);
            if (rc == SQLITE_ROW) {
                host_tell_row(statement, target);
            }
        }
        if (!statement && rc == SQLITE_MISUSE) {
            rc = SQLITE_OK; /* white space at the end */
        } else if (rc != SQLITE_DONE) {
            text_format(target, "error %d: %s\n", rc, sqlite3_errmsg(db));
        }
        sqlite3_finalize(statement);
        rest = statement ? rest : NULL;
    }
    text_clear(&ignored);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int host_run(sqlite3 *db, const char *sql, const char *value, text *told) {
    return host_run_bytes(db, sql, value, value ? (int)strlen(value) : 0, told);
}

void host_answer(text *answer, const char *status, const char *headers, const char *body) {
    text_format(answer, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s", status,
                strlen(body), headers, body);
}

/* What a path's list is called in JSON, and how its SIDs begin. */
static const struct host_kind {
    const char *segment, *key, *prefix;
} host_kinds[] = {
    {"Services", "services", "IS"}, {"Channels", "channels", "CH"},       {"Messages", "messages", "IM"},
    {"Members", "members", "MB"},   {"Invites", "invites", "IN"},         {"Roles", "roles", "RL"},
    {"Users", "users", "US"},       {"Credentials", "credentials", "CR"}, {"Bindings", "bindings", "BS"},
    {"Webhooks", "webhooks", "WH"},
};

static const struct host_kind *host_kind_of(const char *segment, size_t length) {
    for (size_t i = 0; i < sizeof host_kinds / sizeof *host_kinds; i++) {
        if (strlen(host_kinds[i].segment) == length && memcmp(host_kinds[i].segment, segment, length) == 0) {
            return &host_kinds[i];
        }
    }
    return NULL;
}

void host_serve(void *context, const char *request, text *answer) {
    const char *path = strchr(request, ' ') + 1;
    size_t length = strcspn(path, "? ");
    const char *last = path + length;
    while (last > path && last[-1] != '/') {
        last--;
    }
    const struct host_kind *kind = host_kind_of(last, (size_t)(path + length - last));
    bool list = kind != NULL;
    if (!list && last > path) { /* a single resource: its list stands before it */
        const char *above = last - 1;
        while (above > path && above[-1] != '/') {
            above--;
        }
        kind = host_kind_of(above, (size_t)(last - 1 - above));
    }
    if (!kind) {
        host_answer(answer, "404 Not Found", "", "{\"code\":20404,\"message\":\"not found\"}");
        return;
    }
    text body = {0};
    bool read = strncmp(request, "GET", 3) == 0;
    if (list && read) {
        text_format(&body, "{\"meta\":{\"next_page_url\":null,\"key\":\"%s\"},\"%s\":[", kind->key, kind->key);
    }
    text_format(&body,
                "{%s\"sid\":\"%s00000000000000000000000000000001\",\"channel_sid\":\"" HOST_CHANNEL "\",\"index\":0}",
                context && strcmp(kind->key, "channels") == 0 ? (const char *)context : "", kind->prefix);
    text_format(&body, "%s", list && read ? "]}" : "");
    host_answer(answer, list && !read ? "201 Created" : "200 OK", "", body.bytes);
    text_clear(&body);
}
