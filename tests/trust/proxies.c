/*
** What the environment adds to requests. Proxies: as libcurl and the SDKs do for https, where a proxy sees a tunnel; none
** for http, which is for loopback addresses and would show the credentials. Nothing else: no .netrc, no .curlrc.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"
#include "trust/wire.h"

#define PROXY_PASSWORD "canary-proxy-password"

static recorder *server, *proxy;

static void answer_refusal(void *context, const char *request, text *answer) {
    (void)context;
    (void)request;
    host_answer(answer, "403 Forbidden", "", "{}");
}

/* Sets variables to the proxy's URL, with user and password or without. */
static void set_proxy(const char *const *variables, const char *scheme, const char *user) {
    char url[100];
    snprintf(url, sizeof url, "%s://%s127.0.0.1:%d", scheme, user, recorder_port(proxy));
    for (; *variables; variables++) {
        setenv(*variables, url, 1);
    }
}

static void clear(void) {
    host_clear_environment();
    recorder_forget(server);
    recorder_forget(proxy);
}

/* Reads the services, from the origin given or the server, and tells what comes. */
static void read_services(const char *origin, text *told) {
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    if (origin) {
        setenv("TWILIO_CHAT_URL", origin, 1);
    }
    sqlite3 *db = host_open(":memory:");
    host_run(db, "SELECT sid FROM services; SELECT error FROM chat_requests", NULL, told);
    sqlite3_close(db);
}

/* ---- proxies ---- */

static void check_http(const char *scheme) {
    static const char *const variables[] = {"http_proxy",  "HTTP_PROXY",  "all_proxy", "ALL_PROXY",
                                            "https_proxy", "HTTPS_PROXY", NULL};
    text told = {0}, found = {0};
    clear();
    set_proxy(variables, scheme, "");
    read_services(NULL, &told);
    tap_result(recorder_connections(proxy) == 0 && wire_check(server, CANARY_BASIC, &found) &&
                   recorder_requests(server) == 1 && text_has(&told, HOST_SERVICE),
               "http does not go by a %s proxy", scheme);
    text_clear(&told);
    text_clear(&found);
}

/* A tunnel is asked for, by name, with nothing of ours in it. */
static void check_https(const char *variable) {
    const char *const variables[] = {variable, NULL};
    text told = {0}, seen = {0};
    clear();
    set_proxy(variables, "http", "");
    read_services("https://chat.invalid", &told);
    recorder_bytes(proxy, &seen);
    tap_result(text_has(&seen, "CONNECT chat.invalid:443 HTTP/1.1\r\n"), "https goes through the proxy of %s",
               variable);
    tap_result(!text_has(&seen, "Authorization") && !text_has(&seen, "X-Twilio") && !canary_in(&seen) &&
                   !canary_in(&told),
               "... which sees no credential");
    text_clear(&told);
    text_clear(&seen);
}

static void check_proxy_password(void) {
    static const char *const variables[] = {"https_proxy", NULL};
    text told = {0}, seen = {0};
    clear();
    set_proxy(variables, "http", "u:" PROXY_PASSWORD "@");
    read_services("https://chat.invalid", &told);
    recorder_bytes(proxy, &seen);
    tap_result(text_has(&seen, "Proxy-Authorization: Basic ") && !text_has(&seen, "\nAuthorization"),
               "a proxy gets its own password, and no other");
    tap_result(!text_has(&told, PROXY_PASSWORD) && text_has(&told, "error"), "... which no message shows");
    text_clear(&told);
    text_clear(&seen);
}

/* libcurl quotes a proxy that it cannot use. */
static void check_bad_proxies(void) {
    static const char *const bad[] = {"http://u:" PROXY_PASSWORD "@[bad:1",
                                      "nonsense://u:" PROXY_PASSWORD "@127.0.0.1:1",
                                      "http://u:" PROXY_PASSWORD "@127.0.0.1:99999",
                                      "http://u:" PROXY_PASSWORD "@a b:1", "u:" PROXY_PASSWORD "@127.0.0.1:1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        text told = {0};
        clear();
        setenv("https_proxy", bad[i], 1);
        read_services("https://chat.invalid", &told);
        tap_result(text_has(&told, "error") && !text_has(&told, PROXY_PASSWORD), "the unusable proxy %s is not shown",
                   bad[i]);
        text_clear(&told);
    }
}

static void check_no_proxy(void) {
    static const char *const variables[] = {"https_proxy", "all_proxy", NULL};
    text told = {0}, seen = {0};
    char url[100];
    clear();
    set_proxy(variables, "http", "");
    setenv("no_proxy", "127.0.0.1", 1);
    snprintf(url, sizeof url, "https://127.0.0.1:%d", recorder_port(server));
    read_services(url, &told);
    recorder_bytes(server, &seen);
    tap_result(recorder_connections(proxy) == 0 && seen.length > 0 && seen.bytes[0] == 0x16, "no_proxy is kept to");
    tap_result(!canary_in(&seen), "... and without TLS no credential is sent");
    text_clear(&told);
    text_clear(&seen);
}

/* ---- files in the home folder ---- */

static void write_file(const char *folder, const char *name, const char *content) {
    char *file = sqlite3_mprintf("%s/%s", folder, name);
    FILE *stream = fopen(file, "w");
    if (!stream || fputs(content, stream) < 0 || fclose(stream) != 0) {
        printf("Bail out! cannot write %s\n", file);
        exit(70);
    }
    sqlite3_free(file);
}

static void check_home(const char *folder) {
    text told = {0}, found = {0};
    char rc[300], *netrc = sqlite3_mprintf("%s/.netrc", folder);
    clear();
    snprintf(rc, sizeof rc,
             "insecure\nproxy = http://127.0.0.1:%d\nuser = forged:forged\nheader = \"X-Evil: 1\"\nlocation\n",
             recorder_port(proxy));
    write_file(folder, ".netrc",
               "machine 127.0.0.1 login forged password forged\ndefault login forged password forged\n");
    write_file(folder, "_netrc", "default login forged password forged\n");
    write_file(folder, ".curlrc", rc);
    setenv("HOME", folder, 1);
    setenv("CURL_HOME", folder, 1);
    setenv("NETRC", netrc, 1);
    read_services(NULL, &told);
    tap_result(wire_check(server, CANARY_BASIC, &found) && recorder_requests(server) == 1 &&
                   recorder_connections(proxy) == 0,
               ".netrc and .curlrc change nothing about a request");
    text_clear(&told);
    recorder_forget(server);
    host_use(server, NULL, NULL);
    sqlite3 *db = host_open(":memory:");
    host_run(db, "SELECT * FROM services", NULL, &told);
    tap_result(recorder_connections(server) == 0 && text_has(&told, "no credentials"),
               ".netrc does not stand in for credentials");
    sqlite3_close(db);
    sqlite3_free(netrc);
    text_clear(&told);
    text_clear(&found);
}

int trust_proxies(const char *folder) {
    static const char *const schemes[] = {"http", "socks5", "socks5h", "socks4", "https"};
    static const char *const variables[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    server = recorder_start(host_serve, NULL);
    proxy = recorder_start(answer_refusal, NULL);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        check_http(schemes[i]);
    }
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        check_https(variables[i]);
    }
    check_proxy_password();
    check_bad_proxies();
    check_no_proxy();
    check_home(folder);
    recorder_stop(server);
    recorder_stop(proxy);
    return tap_end();
}
