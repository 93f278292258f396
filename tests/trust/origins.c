/*
** Where requests may go: to https anywhere that a user names, to http on a loopback address alone, however the address is
** written; and a credential only to the origin that it was given for.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"
#include "trust/wire.h"

static recorder *server, *elsewhere;

/* PORT is the server's. */
static char *with_port(const char *url) {
    const char *port = strstr(url, "PORT");
    return port ? sqlite3_mprintf("%.*s%d%s", (int)(port - url), url, recorder_port(server), port + 4)
                : sqlite3_mprintf("%s", url);
}

static const char *const refused[] = {
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT",
    "ftp://127.0.0.1:PORT",
    "dict://127.0.0.1:PORT",
    "ldap://127.0.0.1:PORT",
    "smb://127.0.0.1:PORT",
    "ws://127.0.0.1:PORT",
    "javascript:alert(1)",
    "http://chat.twilio.com",
    "http://10.0.0.1",
    "http://169.254.169.254",
    "http://0.0.0.0:PORT",
    "http://0:PORT",
    "http://[::]:PORT",
    "http://[::ffff:127.0.0.1]:PORT",
    "http://[::ffff:10.0.0.1]:PORT",
    "http://[fe80::1]:PORT",
    "http://128.0.0.1:PORT",
    "http://0x80.0.0.1:PORT",
    "http://2147483648:PORT",
    "http://126.255.255.255:PORT",
    "http://localhost.evil.example:PORT",
    "http://evil-localhost:PORT",
    "http://localhost.:PORT",
    "http://127.0.0.1.evil.example:PORT",
    "http://127.0.0.1%2eevil.example:PORT",
    "http://127.0.0.1%00.evil.example:PORT",
    "http://127.0.0.1%0d%0aX-Evil:PORT",
    "http://evil.example%2f@127.0.0.1:PORT",
    "http://user@127.0.0.1:PORT",
    "http://user:password@127.0.0.1:PORT",
    "http://127.0.0.1:PORT@evil.example",
    "http://127.0.0.1:PORT\\@evil.example",
    "http://evil.example\\@127.0.0.1:PORT",
    "http://127.0.0.1:PORT#@evil.example",
    "http://127.0.0.1:PORT?@evil.example",
    "http://127.0.0.1:PORT/v1",
    "http://127.0.0.1:PORT/../x",
    "http://127.0.0.1:PORT?x",
    "http://127.0.0.1:PORT#x",
    "http://127.0.0.1:PORT\r\nX-Evil: 1",
    "http://127.0.0.1:PORT\n",
    "http://127.0.0.1 :PORT",
    "http:// 127.0.0.1:PORT",
    "http://127.0.0.1:99999",
    "http://127.0.0.1:-1",
    "http://127.0.0.1:8 0",
    "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1:PORT",
    "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1:PORT",
    "http://127\xe3\x80\x82"
    "0\xe3\x80\x82"
    "0\xe3\x80\x82"
    "1:PORT",
    "http://",
    "https://",
    "",
    "https://chat.twilio.com@evil.example",
    "https://user@chat.twilio.com",
    "https://chat.twilio.com/v1",
    "https://chat.twilio.com?x",
    "https://chat.twilio.com#x",
    "https://chat.twilio.com:443@evil.example/",
    "https://chat.twilio.com\\.evil.example",
    "https://chat.twilio.com%40evil.example",
    "https://chat.twilio.com%2f.evil.example",
    "https://chat.twilio.com\r\nHost: evil.example",
};

/* Ways to write a loopback address. What a version of libcurl does not know may be refused; what it knows leads here. */
static const char *const loopback[] = {
    "http://127.0.0.1:PORT",  "http://127.0.0.1:PORT/", "HTTP://127.0.0.1:PORT",  "http://127.1:PORT",
    "http://127.0.1:PORT",    "http://0x7f.1:PORT",     "http://0177.0.0.1:PORT", "http://2130706433:PORT",
    "http://0x7f000001:PORT", "http://localhost:PORT",  "http://LOCALHOST:PORT",  "http:127.0.0.1:PORT",
    "http:/127.0.0.1:PORT",
};

static const char *const bad_labels[] = {
    "evil.example",   "evil.example/", "a/b", "/",        "a@b", "@evil.example", "a#b", "a?b", "a:80", "a b", " ", "",
    "a\r\nX-Evil: 1", "a\n",           "%2f", "\xc3\xa9", "a\\", "[::1]",         "..",  "a;b", "ie1,x"};

static int set(sqlite3 *db, const char *name, const char *value, text *told) {
    char *sql = sqlite3_mprintf("UPDATE chat_settings SET value = ? WHERE name = '%s'", name);
    int rc = host_run(db, sql, value, told);
    sqlite3_free(sql);
    return rc;
}

static void check_refused(sqlite3 *db) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        text told = {0};
        char *url = with_port(refused[i]);
        int rc = set(db, "url", url, &told);
        host_run(db, "SELECT value FROM chat_settings WHERE name = 'url'", NULL, &told);
        char *before = sqlite3_mprintf("http://127.0.0.1:%d|", recorder_port(elsewhere));
        tap_result(rc == SQLITE_ERROR && text_has(&told, before), "url %s: refused, nothing changes",
                   text_shown(refused[i]));
        sqlite3_free(before);
        sqlite3_free(url);
        text_clear(&told);
    }
    for (size_t i = 0; i < sizeof bad_labels / sizeof *bad_labels; i++) {
        tap_result(set(db, "region", bad_labels[i], NULL) == SQLITE_ERROR &&
                       set(db, "edge", bad_labels[i], NULL) == SQLITE_ERROR,
                   "region and edge \"%s\": refused", text_shown(bad_labels[i]));
    }
    tap_result(recorder_connections(server) == 0 && recorder_connections(elsewhere) == 0, "nothing was asked for");
}

/* Is every Host header that of a loopback address? */
static bool hosts_are_loopback(void) {
    bool fine = true;
    for (int i = 0; i < recorder_requests(server); i++) {
        text request = {0};
        recorder_request(server, i, &request);
        const char *host = strstr(request.bytes, "\r\nHost: ");
        fine = fine && host &&
               (strncmp(host + 8, "127.", 4) == 0 || strncmp(host + 8, "localhost:", 10) == 0 ||
                strncmp(host + 8, "LOCALHOST:", 10) == 0);
        text_clear(&request);
    }
    return fine;
}

static void check_loopback(sqlite3 *db) {
    int reached = 0;
    for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++) {
        text told = {0};
        char *url = with_port(loopback[i]);
        recorder_forget(server);
        int rc = set(db, "url", url, &told);
        if (rc == SQLITE_OK) {
            set(db, "api_key", CANARY_USER, NULL);
            set(db, "api_key_secret", CANARY_PASSWORD, NULL);
            host_run(db, "SELECT sid FROM services", NULL, &told);
            reached += recorder_requests(server);
        }
        tap_result((rc == SQLITE_ERROR || (recorder_requests(server) == 1 && hosts_are_loopback())) &&
                       recorder_connections(elsewhere) == 0,
                   "url %s: loopback, or refused", loopback[i]);
        set(db, "url", NULL, NULL);
        sqlite3_free(url);
        text_clear(&told);
    }
    tap_result(reached >= 4, "the plain ones are reached");
}

/* Credentials of the environment are for the environment's origin; back there, they are used again. */
static void check_environment(sqlite3 *db) {
    text told = {0}, sent = {0}, found = {0};
    char *url = with_port("http://127.0.0.1:PORT");
    recorder_forget(server);
    recorder_forget(elsewhere);
    set(db, "url", url, NULL);
    host_run(db, "SELECT * FROM services; INSERT INTO channels(service_sid) VALUES ('" HOST_SERVICE "')", NULL, &told);
    set(db, "url", "https://chat.invalid", NULL);
    host_run(db, "SELECT * FROM services", NULL, &told);
    set(db, "url", NULL, NULL);
    tap_result(recorder_connections(server) == 0 && recorder_connections(elsewhere) == 0 &&
                   text_count(&told, "no credentials") == 3,
               "an origin set with SQL does not get the environment's credentials");
    set(db, "region", "ie1", NULL); /* url goes before */
    host_run(db, "SELECT sid FROM services", NULL, &told);
    tap_result(wire_check(elsewhere, CANARY_BASIC, &found) && recorder_requests(elsewhere) == 1,
               "the environment's own origin does, again");
    sqlite3_free(url);
    text_clear(&told);
    text_clear(&sent);
    text_clear(&found);
}

/* The same checks for what the environment says: the extension does not load. */
static void check_load(const char *variable, const char *value) {
    sqlite3 *db = NULL;
    char *message = NULL;
    const char *extension = getenv("EXTENSION");
    setenv(variable, value, 1);
    sqlite3_open(":memory:", &db);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    int rc = sqlite3_load_extension(db, extension ? extension : "build/chat", NULL, &message);
    tap_result(rc != SQLITE_OK && message && strstr(message, variable), "%s=%s: refused by name", variable, value);
    sqlite3_free(message);
    sqlite3_close(db);
    unsetenv(variable);
}

int trust_origins(const char *folder) {
    (void)folder;
    server = recorder_start(host_serve, NULL);
    elsewhere = recorder_start(host_serve, NULL);
    host_use(elsewhere, CANARY_USER, CANARY_PASSWORD);
    sqlite3 *db = host_open(":memory:");
    check_refused(db);
    check_loopback(db);
    check_environment(db);
    sqlite3_close(db);
    check_load("TWILIO_CHAT_URL", "http://chat.twilio.com");
    check_load("TWILIO_REGION", "evil.example/");
    check_load("TWILIO_EDGE", "a@evil.example/");
    recorder_stop(server);
    recorder_stop(elsewhere);
    return tap_end();
}
