/*
** No value that a user, a setting or the server's own answers bring along changes what a request is: no header more, no
** other path, no other host. The server looks at every byte.
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

/* ---- what is tried ---- */

/* ELSEWHERE is replaced by the other server's port. */
static const char *const values[] = {
    "\r\nX-Evil: 1",
    "a\r\nX-Evil: 1\r\n\r\nGET /v1/Services HTTP/1.1\r\nHost: x\r\n\r\n",
    "a\nb",
    "a\rb",
    "a b",
    "a\tb",
    "a%0d%0aX-Evil:%201",
    "%2e%2e",
    ".",
    "..",
    "../../Credentials",
    "..%2f..%2fCredentials",
    "a/b",
    "a?b=c&d=e",
    "a&PageSize=1",
    "a#b",
    "a;b",
    "a\\b",
    "a\"b",
    "@127.0.0.1:ELSEWHERE",
    "//127.0.0.1:ELSEWHERE/v1",
    "http://127.0.0.1:ELSEWHERE/v1",
    "x:y@127.0.0.1:ELSEWHERE",
    "\xc3\xa9\xe2\x82\xac",
    "\x7f\x01",
    "\xff\xfe",
    "\xef\xbc\x8f..\xef\xbc\x8f",
    "CH00000000000000000000000000000001/../../..",
    "IS00000000000000000000000000000001?x=",
    "*1",
    "{each}",
    "%s%n%x",
    "",
};
enum { VALUES = sizeof values / sizeof *values };

/* The i-th value, from sqlite3_malloc. */
static char *value_at(const char *const *list, size_t i) {
    const char *port = strstr(list[i], "ELSEWHERE");
    return port ? sqlite3_mprintf("%.*s%d%s", (int)(port - list[i]), list[i], recorder_port(elsewhere), port + 9)
                : sqlite3_mprintf("%s", list[i]);
}

/* One result for what has been sent since recorder_forget: a name, with the value's number. */
static void check_wire(const char *name, const char *authorization, int least) {
    text found = {0};
    bool fine = wire_check(server, authorization, &found);
    bool enough = recorder_requests(server) >= least;
    tap_result(fine && enough && recorder_connections(elsewhere) == 0, "%s", name);
    if (!fine) {
        printf("# %s\n", found.bytes);
    }
    if (!enough) {
        printf("# %d requests\n", recorder_requests(server));
    }
    text_clear(&found);
    recorder_forget(server);
    recorder_forget(elsewhere);
}

/* ---- values of a query ---- */

#define IN_CHANNEL "service_sid = '" HOST_SERVICE "' AND channel_sid = '" HOST_CHANNEL "'"

static const char *const statements[] = {
    "SELECT sid FROM channels WHERE unique_name = ?",
    "SELECT sid FROM channels WHERE unique_name IN (?, 'x')",
    "SELECT sid FROM channels WHERE type = ?",
    "SELECT sid FROM channels WHERE sid = ?",
    "SELECT sid FROM channels WHERE path = ?",
    "SELECT sid FROM channels WHERE service_sid = ?",
    "SELECT sid FROM channels WHERE service_sid IN (?, '" HOST_SERVICE "')",
    "SELECT sid FROM members WHERE identity = ?",
    "SELECT sid FROM members WHERE channel_sid = ?",
    "SELECT sid FROM messages WHERE \"index\" >= ? AND " IN_CHANNEL,
    "SELECT sid FROM messages WHERE " IN_CHANNEL " LIMIT 1 OFFSET ?",
    "SELECT sid FROM users WHERE identity = ?",
    "SELECT channel_sid FROM user_channels WHERE user_sid = ?",
    "INSERT INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', ?)",
    "INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', ?)",
    "INSERT OR REPLACE INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', ?)",
    "INSERT INTO channels(service_sid, unique_name, type) VALUES ('" HOST_SERVICE "', 'x', ?)",
    "INSERT INTO channels(service_sid) VALUES (?)",
    "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL "', ?)",
    "INSERT INTO messages(service_sid, channel_sid, body, \"from\") VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL
    "', 'x', ?)",
    "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', ?, 'x')",
    "INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL
    "', 'x', "
    "json_quote(?))",
    "INSERT INTO members(service_sid, channel_sid, identity) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL "', ?)",
    "INSERT INTO members(service_sid, channel_sid, identity, role_sid) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL
    "', 'x', ?)",
    "INSERT INTO credentials(type, friendly_name, api_key) VALUES ('gcm', 'x', ?)",
    "UPDATE channels SET unique_name = ? WHERE service_sid = '" HOST_SERVICE "'",
    "UPDATE channels SET friendly_name = ? WHERE service_sid = '" HOST_SERVICE "' AND sid = '" HOST_CHANNEL "'",
    "UPDATE services SET post_webhook_url = ?",
    "UPDATE channels SET friendly_name = 'x' WHERE path = ?",
    "UPDATE channels SET path = ?",
    "DELETE FROM channels WHERE path = ?",
    "DELETE FROM channels WHERE unique_name = ?",
    "BEGIN; INSERT OR IGNORE INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', ?1);"
    "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', ?1, 'x'); COMMIT; ROLLBACK",
};

static void answer_conflict(void *context, const char *request, text *answer) {
    if (strncmp(request, "POST", 4) == 0) {
        host_answer(answer, "409 Conflict", "", "{\"code\":50307,\"message\":\"there is one\"}");
    } else {
        host_serve(context, request, answer);
    }
}

static void check_statements(sqlite3 *db, const char *how) {
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        for (size_t j = 0; j < VALUES; j++) {
            char *value = value_at(values, j);
            host_run(db, statements[i], value, NULL);
            sqlite3_free(value);
        }
        host_run_bytes(db, statements[i], "a\0\r\nX-Evil: 1", 14, NULL);
        char name[200];
        snprintf(name, sizeof name, "%s, %.150s", how, statements[i]);
        /* Many values are refused before anything is sent. */
        check_wire(name, CANARY_BASIC, 0);
    }
}

static void check_values(void) {
    static const char *const versions[] = {"v1", "v2"};
    for (size_t i = 0; i < 2; i++) {
        host_use(server, CANARY_USER, CANARY_PASSWORD);
        setenv("TWILIO_CHAT_API_VERSION", versions[i], 1);
        sqlite3 *db = host_open(":memory:");
        recorder_set(server, host_serve, NULL);
        host_run(db, "SELECT count(*) FROM services; INSERT INTO channels(service_sid) VALUES ('" HOST_SERVICE "')",
                 NULL, NULL);
        check_wire("usual requests have the usual form", CANARY_BASIC, 2);
        check_statements(db, versions[i]);
        recorder_set(server, answer_conflict, NULL);
        check_statements(db, "409");
        sqlite3_close(db);
    }
    unsetenv("TWILIO_CHAT_API_VERSION");
}

/* ---- values of settings ---- */

static void check_settings(void) {
    static const char *const names[] = {"service_sid", "api_version", "page_size",    "max_concurrency", "timeout_ms",
                                        "max_retries", "readonly",    "webhooks",     "progress",        "request_log",
                                        "write_rate",  "without",     "write_journal"};
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    recorder_set(server, host_serve, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *set = sqlite3_mprintf("UPDATE chat_settings SET value = ? WHERE name = '%s'", names[i]);
        sqlite3 *db = host_open(":memory:");
        for (size_t j = 0; j < VALUES; j++) {
            char *value = value_at(values, j);
            host_run(db, set, value, NULL);
            host_run(db, "SELECT sid FROM channels; INSERT INTO channels(service_sid) VALUES ('" HOST_SERVICE "')",
                     NULL, NULL);
            sqlite3_free(value);
        }
        check_wire(names[i], CANARY_BASIC, 2);
        sqlite3_close(db);
        sqlite3_free(set);
    }
}

/* Credentials are base64 in one header, whatever is in them. */
static void check_credentials(void) {
    host_use(server, NULL, NULL);
    sqlite3 *db = host_open(":memory:");
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'api_key'", "SK\r\nX-Evil: 1", NULL);
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'api_key_secret'; SELECT * FROM services",
             "s\r\nX-Evil: 2", NULL);
    host_run(db, "SELECT * FROM services", NULL, NULL);
    check_wire("credentials with line ends", "Basic U0sNClgtRXZpbDogMTpzDQpYLUV2aWw6IDI=", 1);
    sqlite3_close(db);
}

/* ---- what the server says ---- */

static const char *const next_urls[] = {
    "\\r\\nX-Evil: 1",
    "/v1/Services?PageSize=2&a=\\r\\nX-Evil: 1",
    "/v1/Services?a=b c",
    "/v1/Services?a=\\u00e9\\u0001",
    "/v1/Services?a=b#c",
    "/v1/Services?a=%0d%0aX-Evil:%201",
    "/v1/Services/../Credentials",
    "/v1/Services/..%2fCredentials",
    "/v1/./Services?Page=7",
    "/v1//Services",
    "/V1/Services",
    "?Page=8",
    "Services?Page=9",
    "//127.0.0.1:ELSEWHERE/v1/Services",
    "http://127.0.0.1:ELSEWHERE/v1/Services",
    "http://localhost:ELSEWHERE/v1/Services",
    "http://[::1]:ELSEWHERE/v1/Services",
    "http://127.1:ELSEWHERE/v1/Services",
    "https://127.0.0.1:ELSEWHERE/v1/Services",
    "http:\\\\127.0.0.1:ELSEWHERE/v1/Services",
    "/\\\\127.0.0.1:ELSEWHERE/v1/Services",
    "\\\\\\\\127.0.0.1:ELSEWHERE/v1/Services",
    "http:127.0.0.1:ELSEWHERE/v1/Services",
    "http:///127.0.0.1:ELSEWHERE/v1/Services",
    "ftp://127.0.0.1:ELSEWHERE/v1/Services",
    "file:///etc/passwd",
    "gopher://127.0.0.1:ELSEWHERE/_x",
    "javascript:alert(1)",
    "http://chat.twilio.com@127.0.0.1:ELSEWHERE/v1/Services",
    "http://127.0.0.1:ELSEWHERE\\\\@chat.twilio.com/v1/Services",
    "http://127.0.0.1:0/v1/Services",
    "http://127.0.0.1:99999/v1/Services",
    "http://127.0.0.1.evil.example/v1/Services",
};

/* Lists whose next page is at `context`, once; then they end. */
static void answer_next(void *context, const char *request, text *answer) {
    static int turn;
    text body = {0};
    text_format(&body, "{\"meta\":{\"next_page_url\":%s%s%s},\"services\":[]}", turn ? "" : "\"",
                turn ? "null" : (const char *)context, turn ? "" : "\"");
    turn = !turn && strstr(request, "Services?PageSize=100 HTTP");
    host_answer(answer, "200 OK", "", body.bytes);
    text_clear(&body);
}

static void check_next(void) {
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    for (size_t i = 0; i < sizeof next_urls / sizeof *next_urls; i++) {
        char *url = value_at(next_urls, i), name[200];
        sqlite3 *db = host_open(":memory:");
        recorder_set(server, answer_next, url);
        host_run(db, "SELECT * FROM services", NULL, NULL);
        snprintf(name, sizeof name, "next page %.150s", text_shown(next_urls[i]));
        check_wire(name, CANARY_BASIC, 1);
        recorder_set(server, host_serve, NULL);
        sqlite3_close(db);
        sqlite3_free(url);
    }
}

/* SIDs and names of rows become parts of paths. */
static const char *const sids[] = {"..",
                                   "../../evil",
                                   "a/b",
                                   "a?b",
                                   "a#b",
                                   "a%2fb",
                                   "\\r\\nX-Evil: 1",
                                   "a b",
                                   "\\u0000",
                                   "IS1\\u0000/../x",
                                   "\\u00e9",
                                   "",
                                   "@127.0.0.1:ELSEWHERE",
                                   "*1",
                                   "%00"};

static void answer_sid(void *context, const char *request, text *answer) {
    text body = {0};
    bool list = strncmp(request, "GET", 3) == 0 && strstr(request, "?PageSize");
    const char *key = strstr(request, "/Channels") ? "channels" : "services";
    if (list) {
        text_format(&body, "{\"meta\":{\"next_page_url\":null},\"%s\":[", key);
    }
    text_format(&body, "{\"sid\":\"%s\",\"unique_name\":\"%s\",\"channel_sid\":\"%s\"}%s", (const char *)context,
                (const char *)context, (const char *)context, list ? "]}" : "");
    host_answer(answer, "200 OK", "", body.bytes);
    text_clear(&body);
}

static void check_sids(void) {
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    for (size_t i = 0; i < sizeof sids / sizeof *sids; i++) {
        char *sid = value_at(sids, i), name[100];
        sqlite3 *db = host_open(":memory:");
        recorder_set(server, answer_sid, sid);
        host_run(db, "SELECT sid FROM messages", NULL, NULL);
        host_run(db, "SELECT attributes FROM channels WHERE service_sid = '" HOST_SERVICE "'", NULL, NULL);
        host_run(db, "DELETE FROM channels WHERE service_sid = '" HOST_SERVICE "'", NULL, NULL);
        host_run(db,
                 "BEGIN; INSERT INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', 'new');"
                 "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', 'new', 'x');"
                 "COMMIT; ROLLBACK",
                 NULL, NULL);
        snprintf(name, sizeof name, "a SID of the server's: %.60s", text_shown(sids[i]));
        check_wire(name, CANARY_BASIC, 3);
        recorder_set(server, host_serve, NULL);
        sqlite3_close(db);
        sqlite3_free(sid);
    }
}

/* ---- redirects ---- */

static void answer_redirect(void *context, const char *request, text *answer) {
    char status[40], headers[100];
    (void)request;
    snprintf(status, sizeof status, "%d Elsewhere", *(const int *)context);
    snprintf(headers, sizeof headers, "Location: http://127.0.0.1:%d/v1/Services\r\nRefresh: 0;url=/v1/Services\r\n",
             recorder_port(elsewhere));
    host_answer(answer, status, headers, "{}");
}

/* One request each, and none at the other place; the answer is an error. */
static void check_redirects(void) {
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    sqlite3 *db = host_open(":memory:");
    for (int status = 300; status < 309; status++) {
        text told = {0};
        recorder_set(server, answer_redirect, &status);
        host_run(db, "SELECT * FROM services", NULL, &told);
        host_run(db, "INSERT INTO channels(service_sid) VALUES ('" HOST_SERVICE "')", NULL, &told);
        tap_result(recorder_requests(server) == 2 && recorder_connections(elsewhere) == 0 &&
                       text_count(&told, "redirects are not followed") == 2,
                   "%d: not followed", status);
        check_wire("... and asked once each, as usual", CANARY_BASIC, 2);
        text_clear(&told);
        recorder_set(server, host_serve, NULL);
    }
    sqlite3_close(db);
}

int trust_requests(const char *folder) {
    (void)folder;
    server = recorder_start(host_serve, NULL);
    elsewhere = recorder_start(host_serve, NULL);
    check_values();
    check_settings();
    check_credentials();
    check_next();
    check_sids();
    check_redirects();
    recorder_stop(server);
    recorder_stop(elsewhere);
    return tap_end();
}
