/*
** For the tests of the emulator: starts one, sends requests with libcurl, reads answers with jansson. A header only, so
** that each test_*.c stays a program of one file.
**
** The emulator is the one beside the test program (build/emulator for build/tests/emulator/test_x), or $EMULATOR.
*/
#ifndef TEST_CLIENT_H
#define TEST_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <curl/curl.h>
#include <jansson.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ACCOUNT "AC00000000000000000000000000000001"
#define KEY "SK00000000000000000000000000000001:emulator-secret"

typedef struct client {
    char program[4096];
    pid_t process;
    char origin[64];
    char chat[64], conversations[64]; /* of the ports, after client_find_ports */
    const char *credentials;          /* user:secret; NULL: none */
    CURL *curl;
    /* the last answer */
    CURLcode result;
    long status;
    char *text;
    size_t length;
    char *headers;
    size_t headers_length;
    json_t *json; /* NULL where the body is not JSON */
} client;

static client test; /* one at a time */

static __attribute__((unused)) void client_find_program(const char *argument) {
    const char *given = getenv("EMULATOR");
    const char *slash = strrchr(argument, '/');
    if (given) {
        snprintf(test.program, sizeof test.program, "%s", given);
    } else {
        snprintf(test.program, sizeof test.program, "%.*s../../emulator", slash ? (int)(slash - argument + 1) : 0,
                 argument);
    }
}

static void client_read_origin(int from) {
    size_t length = 0;
    while (length < sizeof test.origin - 1 && read(from, test.origin + length, 1) == 1 && test.origin[length] != '\n') {
        length++;
    }
    test.origin[length] = '\0';
    close(from);
}

/* Starts an emulator with options up to a NULL. */
static __attribute__((unused)) void client_start(const char *const *options) {
    char *arguments[40] = {test.program, "--port", "0", "--exit-with-parent"};
    int count = 4, ends[2];
    for (int at = 0; options && options[at] && count < 39; at++) {
        arguments[count++] = (char *)(uintptr_t)options[at];
    }
    assert_int_equal(pipe(ends), 0);
    test.process = fork();
    if (test.process == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(test.program, arguments);
        _exit(127);
    }
    close(ends[1]);
    client_read_origin(ends[0]);
    assert_true(strncmp(test.origin, "http://127.0.0.1:", 17) == 0);
    test.credentials = KEY;
}

static __attribute__((unused)) void client_forget(void) {
    free(test.text);
    free(test.headers);
    json_decref(test.json);
    test.text = test.headers = NULL;
    test.length = test.headers_length = 0;
    test.json = NULL;
}

/* Ends the emulator; it must end well. */
static __attribute__((unused)) void client_stop(void) {
    int status = -1;
    client_forget();
    curl_easy_cleanup(test.curl);
    test.curl = NULL;
    kill(test.process, SIGTERM);
    assert_int_equal(waitpid(test.process, &status, 0), test.process);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static size_t client_append(char **to, size_t *length, const char *data, size_t size) {
    char *grown = realloc(*to, *length + size + 1);
    if (!grown) {
        return 0;
    }
    memcpy(grown + *length, data, size);
    *length += size;
    grown[*length] = '\0';
    *to = grown;
    return size;
}

static size_t client_body(char *data, size_t one, size_t count, void *context) {
    (void)context;
    return client_append(&test.text, &test.length, data, one * count);
}

static size_t client_header(char *data, size_t one, size_t count, void *context) {
    (void)context;
    return client_append(&test.headers, &test.headers_length, data, one * count);
}

static void client_options(const char *method, const char *url, const char *form) {
    curl_easy_reset(test.curl);
    curl_easy_setopt(test.curl, CURLOPT_URL, url);
    curl_easy_setopt(test.curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(test.curl, CURLOPT_PATH_AS_IS, 1L);
    /* on a reused connection libcurl repeats a request whose connection breaks, which would hide the fault */
    curl_easy_setopt(test.curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(test.curl, CURLOPT_PROXY, "");
    curl_easy_setopt(test.curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(test.curl, CURLOPT_WRITEFUNCTION, client_body);
    curl_easy_setopt(test.curl, CURLOPT_HEADERFUNCTION, client_header);
    if (test.credentials) {
        curl_easy_setopt(test.curl, CURLOPT_USERPWD, test.credentials);
    }
    if (form) {
        curl_easy_setopt(test.curl, CURLOPT_POSTFIELDS, form);
    }
}

/* Sends a request; path is below the origin, or a whole URL. form NULL: no body. Returns the status, 0 for none. */
static __attribute__((unused)) long client_send(const char *method, const char *path, const char *form) {
    char url[8192];
    bool whole = strncmp(path, "http", 4) == 0;
    snprintf(url, sizeof url, "%s%s", whole ? "" : test.origin, path);
    client_forget();
    test.curl = test.curl ? test.curl : curl_easy_init();
    client_options(method, url, form);
    test.status = 0;
    test.result = curl_easy_perform(test.curl);
    curl_easy_getinfo(test.curl, CURLINFO_RESPONSE_CODE, &test.status);
    test.json = test.length ? json_loadb(test.text, test.length, JSON_ALLOW_NUL, NULL) : NULL;
    return test.status;
}

/* The same with a printf path. */
static __attribute__((format(printf, 2, 3), unused)) long client_get(long expected, const char *format, ...) {
    char path[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    long status = client_send("GET", path, NULL);
    if (expected) {
        assert_int_equal(status, expected);
    }
    return status;
}

/* A POST that must answer this status. */
static __attribute__((unused)) void client_post(long expected, const char *path, const char *form) {
    long status = client_send("POST", path, form);
    if (status != expected) {
        print_error("POST %s %s: %s\n", path, form, test.text ? test.text : "");
    }
    assert_int_equal(status, expected);
}

/* A POST that must be refused with this code. */
static __attribute__((unused)) void client_refused(long status, int code, const char *path, const char *form) {
    client_post(status, path, form);
    assert_int_equal(json_integer_value(json_object_get(test.json, "code")), code);
    assert_int_equal(json_integer_value(json_object_get(test.json, "status")), status);
    assert_true(json_is_string(json_object_get(test.json, "message")));
    assert_true(strstr(json_string_value(json_object_get(test.json, "more_info")), "/docs/errors/") != NULL);
}

/* A field of an object; NULL value for null or none. */
static __attribute__((unused)) const char *client_text(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

/* The last answer's fields. */
static __attribute__((unused)) const char *answer_text(const char *name) {
    return client_text(test.json, name);
}

static __attribute__((unused)) int64_t answer_number(const char *name) {
    return json_integer_value(json_object_get(test.json, name));
}

static __attribute__((unused)) int answer_code(void) {
    return (int)answer_number("code");
}

/* All rows of a list, following next_page_url. The caller owns the array. */
static __attribute__((unused)) json_t *client_list(const char *key, const char *path) {
    json_t *rows = json_array();
    char next[8192];
    snprintf(next, sizeof next, "%s", path);
    for (int page = 0; next[0] && page < 10000; page++) {
        assert_int_equal(client_send("GET", next, NULL), 200);
        json_array_extend(rows, json_object_get(test.json, key));
        const char *url = client_text(json_object_get(test.json, "meta"), "next_page_url");
        snprintf(next, sizeof next, "%s", url ? url : "");
    }
    return rows;
}

/* Learns where the ports are. client_to(test.conversations) and client_to(test.chat) change over. */
static __attribute__((unused)) void client_find_ports(void) {
    client_get(200, "/__control/ports");
    snprintf(test.chat, sizeof test.chat, "%s", answer_text("chat"));
    snprintf(test.conversations, sizeof test.conversations, "%s", answer_text("conversations"));
}

static __attribute__((unused)) void client_to(const char *origin) {
    snprintf(test.origin, sizeof test.origin, "%s", origin);
}

/* Writes the SID of the service with that friendly name. */
static __attribute__((unused)) void client_service(char *sid, const char *friendly_name) {
    json_t *rows = client_list("services", "/v2/Services");
    json_t *row;
    size_t at;
    sid[0] = '\0';
    json_array_foreach(rows, at, row) {
        if (strcmp(client_text(row, "friendly_name"), friendly_name) == 0) {
            snprintf(sid, 35, "%s", client_text(row, "sid"));
        }
    }
    json_decref(rows);
    assert_int_equal(strlen(sid), 34);
}

#endif
