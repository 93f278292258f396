/*
** URLs: origins that a user sets, next pages that a server names, page numbers, escaping. The oracle is libcurl's own parser:
** what is accepted must lead to the origin and nowhere else. First byte: what to try; then texts with a NUL between.
*/
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "fuzz/fuzz.h"
#include "rest/url.h"

static CURLU *parsed(const char *text) {
    CURLU *url = curl_url();
    fuzz_check(url != NULL, "no memory for a URL");
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK) {
        curl_url_cleanup(url);
        return NULL;
    }
    return url;
}

static bool has(CURLU *url, CURLUPart part) {
    char *text = NULL;
    bool there = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return there;
}

static bool same(CURLU *one, CURLU *other, CURLUPart part) {
    char *a = NULL, *b = NULL;
    bool both = curl_url_get(one, part, &a, CURLU_DEFAULT_PORT) == CURLUE_OK &&
                curl_url_get(other, part, &b, CURLU_DEFAULT_PORT) == CURLUE_OK;
    bool equal = both && strcasecmp(a, b) == 0;
    curl_free(a);
    curl_free(b);
    return equal;
}

static bool is_https_or_loopback(CURLU *url) {
    char *scheme = NULL, *host = NULL;
    curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    curl_url_get(url, CURLUPART_HOST, &host, 0);
    bool fine = strcmp(scheme, "https") == 0 ||
                (strcmp(scheme, "http") == 0 &&
                 (strncmp(host, "127.", 4) == 0 || strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0));
    curl_free(scheme);
    curl_free(host);
    return fine;
}

/* Returns the origin, if it is accepted; sqlite3_free it. */
static char *try_origin(const char *text) {
    error problem = {0};
    char *origin = url_origin(text, &problem);
    if (!origin) {
        fuzz_check_refusal(&problem, utf8_is_valid(text, strlen(text)));
        return NULL;
    }
    CURLU *url = parsed(origin);
    fuzz_check(url != NULL, "an origin that libcurl does not take: %s", origin);
    fuzz_check(is_https_or_loopback(url), "an origin in the clear: %s", origin);
    fuzz_check(!has(url, CURLUPART_USER) && !has(url, CURLUPART_PASSWORD) && !has(url, CURLUPART_QUERY) &&
                   !has(url, CURLUPART_FRAGMENT),
               "an origin with more than scheme, host and port: %s", origin);
    fuzz_check(fuzz_is_printable(origin) && !strpbrk(origin, " @?#\\"), "an origin with strange characters: %s",
               origin);
    fuzz_check(origin[strlen(origin) - 1] != '/', "an origin with a slash at its end: %s", origin);
    curl_url_cleanup(url);
    char *again = url_origin(origin, &problem);
    fuzz_check(again && strcmp(again, origin) == 0, "not the normal form: %s, then %s", origin, again ? again : "none");
    sqlite3_free(again);
    return origin;
}

/* What is asked for must lie at the origin, on the page's own path. */
static void check_followed(const char *origin, const char *current, const char *next, const char *path) {
    char *whole = sqlite3_mprintf("%s%s", origin, path), *before = sqlite3_mprintf("%s%s", origin, current);
    CURLU *there = parsed(whole), *here = parsed(before);
    fuzz_check(path[0] == '/' && fuzz_is_printable(path) && !strchr(path, ' '), "\"%s\" became the path \"%s\"", next,
               path);
    fuzz_check(there && here, "followed from or to what is no URL: %s to %s", before, whole);
    fuzz_check(same(here, there, CURLUPART_SCHEME) && same(here, there, CURLUPART_HOST) &&
                   same(here, there, CURLUPART_PORT) && !has(there, CURLUPART_USER) && !has(there, CURLUPART_PASSWORD),
               "\"%s\" leads away from %s: %s", next, origin, whole);
    fuzz_check(same(here, there, CURLUPART_PATH), "\"%s\" is another resource than %s", next, current);
    fuzz_check(!has(there, CURLUPART_FRAGMENT), "a fragment is asked for: %s", whole);
    curl_url_cleanup(there);
    curl_url_cleanup(here);
    sqlite3_free(whole);
    sqlite3_free(before);
}

/* An absolute URL that was followed must itself be at the origin, or at the global host for a regional one. */
static void check_absolute(const char *origin, const char *next) {
    CURLU *named = parsed(next), *here = parsed(origin);
    if (named && here) {
        char *host = NULL, *own = NULL;
        curl_url_get(named, CURLUPART_HOST, &host, 0);
        curl_url_get(here, CURLUPART_HOST, &own, 0);
        bool alias = strcasecmp(host, "chat.twilio.com") == 0 && strlen(own) > 11 &&
                     strcasecmp(own + strlen(own) - 11, ".twilio.com") == 0;
        fuzz_check(same(here, named, CURLUPART_SCHEME) && same(here, named, CURLUPART_PORT) &&
                       (same(here, named, CURLUPART_HOST) || alias) && !has(named, CURLUPART_USER) &&
                       !has(named, CURLUPART_PASSWORD),
                   "\"%s\" was followed from %s", next, origin);
        curl_free(host);
        curl_free(own);
    }
    curl_url_cleanup(named);
    curl_url_cleanup(here);
}

static bool is_ascii(const char *text) {
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return !*text;
}

static void try_follow(const char *origin, const char *current, const char *next) {
    error problem = {0};
    char *path = url_follow(origin, current, next, &problem);
    if (!path) {
        fuzz_check_refusal(&problem, utf8_is_valid(next, strlen(next)));
        return;
    }
    check_followed(origin, current, next, path);
    check_absolute(origin, next);
    char *again = url_follow(origin, current, path, &problem);
    /* libcurl escapes what is not ASCII in relative URLs only. */
    fuzz_check(again && (strcmp(again, path) == 0 || !is_ascii(path)), "followed twice: %s, then %s", path,
               again ? again : "none");
    sqlite3_free(again);
    sqlite3_free(path);
}

static void try_escape(const char *text, size_t length) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%";
    error problem = {0};
    char *escaped = url_escape(text, length, &problem);
    fuzz_check(escaped != NULL, "%zu bytes cannot be escaped", length);
    fuzz_check(strspn(escaped, plain) == strlen(escaped), "not escaped: %s", escaped);
    int back = 0;
    char *text_again = curl_easy_unescape(NULL, escaped, 0, &back);
    fuzz_check(text_again && (size_t)back == length && memcmp(text_again, text, length) == 0, "escaped to: %s",
               escaped);
    curl_free(text_again);
    sqlite3_free(escaped);
}

/* The first parameter of that name in a path's query: its number, -1 if it has none, -2 if it is not there. */
static int number_at(const char *path, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strchr(path, '?'); at; at = strchr(at + 1, '&')) {
        if (strncmp(at + 1, name, length) == 0 && at[length + 1] == '=') {
            const char *digits = at + length + 2;
            return *digits >= '0' && *digits <= '9' ? atoi(digits) : -1;
        }
    }
    return -2;
}

static void try_numbers(const char *path) {
    int size = url_page_size(path);
    char *next = url_next_number(path), *halved = url_halve_pages(path);
    fuzz_check(size >= 0 && size < 1000000000, "a page size of %d", size);
    if (next) {
        fuzz_check(number_at(path, "PageToken") == -2, "counted beside a token: %s", path);
        fuzz_check(number_at(next, "Page") == number_at(path, "Page") + 1, "after %s comes %s", path, next);
        fuzz_check(url_page_size(next) == size, "another size: %s", next);
    }
    if (halved) {
        fuzz_check(size >= 2 && url_page_size(halved) == size / 2, "half of %s is %s", path, halved);
        fuzz_check(strlen(halved) <= strlen(path) + 1, "half of %s is %s", path, halved);
    }
    sqlite3_free(next);
    sqlite3_free(halved);
}

static void try_region(const char *region, const char *edge) {
    error problem = {0};
    char *origin = url_regional_origin("chat", region, edge, &problem);
    if (!origin) {
        fuzz_check_refusal(&problem, utf8_is_valid(region, strlen(region)) && utf8_is_valid(edge, strlen(edge)));
        return;
    }
    sqlite3_free(try_origin(origin));
    sqlite3_free(origin);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const origins[] = {"https://chat.twilio.com",
                                          "https://chat.dublin.ie1.twilio.com",
                                          "http://127.0.0.1:8080",
                                          "https://chat.example.org:8443",
                                          "http://[::1]:9",
                                          "http://localhost",
                                          "https://xn--bcher-kva.example.org"};
    static const char *const paths[] = {"/v1/Services?PageSize=50",
                                        "/v2/Services/IS0/Channels?Type=public&PageSize=100&Page=2&PageToken=PT0"};
    fuzz_input input = {data, size};
    unsigned way = fuzz_byte(&input);
    char *first = fuzz_text(&input), *second = fuzz_text(&input);
    switch (way % 6) {
    case 0:
        try_follow(origins[(way / 6) % 7], paths[(way / 42) % 2], first);
        break;
    case 1: {
        char *origin = try_origin(first);
        if (origin) {
            try_follow(origin, paths[(way / 6) % 2], second);
        }
        sqlite3_free(origin);
        break;
    }
    case 2: {
        /* A path that a page has already been followed to. */
        error problem = {0};
        char *current = url_follow(origins[(way / 6) % 7], paths[0], first, &problem);
        if (current) {
            try_follow(origins[(way / 6) % 7], current, second);
        }
        error_clear(&problem);
        sqlite3_free(current);
        break;
    }
    case 3:
        try_escape(first, strlen(first));
        try_escape((const char *)data, size);
        break;
    case 4:
        try_numbers(first);
        break;
    default:
        try_region(first, second);
    }
    free(first);
    free(second);
    return 0;
}
