/* URLs; see url.h. */
#include "rest/url.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sqlite.h"
#include "rest/libcurl.h"

#define URL_HOST "chat.twilio.com"
#define URL_DOMAIN ".twilio.com"

enum { URL_NEXT_MAX = 16384 }; /* bytes of a next_page_url; real ones have a few hundred */

/* A part of a parsed URL; NULL where it has none, or with SQLITE_NOMEM in problem. Free with curl_free. */
static char *url_part(CURLU *url, CURLUPart part, unsigned flags, error *problem) {
    char *text = NULL;
    CURLUcode code = curl_url_get(url, part, &text, flags);
    if (code == CURLUE_OUT_OF_MEMORY) {
        error_no_memory(problem);
    }
    return code == CURLUE_OK ? text : NULL;
}

/* Does libcurl parse anything at all? When memory runs out within its parser, it calls the text malformed. */
static bool url_parser_works(void) {
    CURLU *url = curl_url();
    bool works = url && curl_url_set(url, CURLUPART_URL, "https://" URL_HOST "/", 0) == CURLUE_OK;
    curl_url_cleanup(url);
    return works;
}

/* libcurl 7 refuses them; libcurl 8 escapes them in a relative URL's query, and asks for that. */
static bool url_has_control(const char *text) {
    while ((unsigned char)*text >= ' ' && *text != 0x7f) {
        text++;
    }
    return *text != 0;
}

/* Parses a text, relative to what url holds already. False: it is no URL, or with SQLITE_NOMEM in problem. */
static bool url_parse(CURLU *url, const char *text, error *problem) {
    if (url_has_control(text)) {
        return false;
    }
    CURLUcode code = curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK && url_parser_works()) {
        code = curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME);
    } else if (code != CURLUE_OK) {
        error_no_memory(problem);
    }
    return code == CURLUE_OK;
}

/*
** Sets a problem that quotes a URL: cut, and without what stands before an '@', which may be a password. format has
** one %s for the URL, and then one for detail.
*/
static void url_refuse(error *problem, const char *format, const char *text, const char *detail) {
    const char *slashes = strstr(text, "//"), *at = strrchr(text, '@');
    const char *start = at && slashes && slashes < at ? slashes + 2 : text;
    char *shown = sqlite3_mprintf("%.*s%!.200s", (int)(at && start > text && start - text < 20 ? start - text : 0),
                                  text, at ? at + 1 : text);
    if (shown) {
        error_set(problem, SQLITE_ERROR, format, shown, detail);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(shown);
}

static bool url_is_loopback(const char *host) {
    struct in_addr v4;
    if (inet_pton(AF_INET, host, &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24) == 127;
    }
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* Does the URL hold nothing but scheme, host and port? */
static bool url_is_bare(CURLU *url, error *problem) {
    static const CURLUPart others[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY,
                                       CURLUPART_FRAGMENT};
    bool bare = true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char *text = url_part(url, others[i], 0, problem);
        bare = bare && !text;
        curl_free(text);
    }
    char *path = url_part(url, CURLUPART_PATH, 0, problem);
    bare = bare && (!path || strcmp(path, "/") == 0);
    curl_free(path);
    return bare;
}

/* Why an origin is refused: a format for url_refuse, or NULL. */
static const char *url_objection(const char *scheme, const char *host, bool bare) {
    if (!scheme || !host) {
        return "\"%s\" is not a URL: give one such as https://" URL_HOST "%s";
    }
    if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0) {
        return "\"%s\": the scheme must be https (or http to a loopback address)%s";
    }
    if (strchr(host, '%')) {
        /* libcurl has decoded it once, and would once more when it is asked for: a host of another name. */
        return "\"%s\": the host's name may not be escaped twice%s";
    }
    if (strcmp(scheme, "http") == 0 && !url_is_loopback(host)) {
        return "\"%s\": plain http would send the credentials unprotected; use https (http is only for loopback "
               "addresses such as 127.0.0.1)%s";
    }
    return bare ? NULL
                : "\"%s\": give scheme, host and port only, such as https://" URL_HOST
                  " (no user, path, version or query)%s";
}

static char *url_origin_of(CURLU *url, const char *text, error *problem) {
    char *scheme = url_part(url, CURLUPART_SCHEME, 0, problem);
    char *host = url_part(url, CURLUPART_HOST, 0, problem);
    char *port = url_part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT, problem);
    const char *objection = url_objection(scheme, host, url_is_bare(url, problem));
    char *origin = NULL;
    if (objection && !error_is_set(problem)) {
        url_refuse(problem, objection, text, "");
    } else if (!error_is_set(problem)) {
        origin = sqlite3_mprintf("%s://%s%s%s", scheme, host, port ? ":" : "", port ? port : "");
        if (!origin) {
            error_no_memory(problem);
        }
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    return origin;
}

char *url_origin(const char *text, error *problem) {
    CURLU *url = curl_url();
    char *origin = NULL;
    if (!url) {
        error_no_memory(problem);
    } else if (url_parse(url, text, problem)) {
        origin = url_origin_of(url, text, problem);
    } else if (!error_is_set(problem)) {
        url_refuse(problem, url_objection(NULL, NULL, false), text, "");
    }
    curl_url_cleanup(url);
    return origin;
}

char *url_regional_origin(const char *product, const char *region, const char *edge, error *problem) {
    const char *used_region = region && *region ? region : (edge && *edge ? "us1" : "");
    const char *used_edge = edge ? edge : "";
    char *text = sqlite3_mprintf("https://%s%s%s%s%s" URL_DOMAIN, product, *used_edge ? "." : "", used_edge,
                                 *used_region ? "." : "", used_region);
    if (!text) {
        error_no_memory(problem);
        return NULL;
    }
    char *origin = url_origin(text, problem);
    sqlite3_free(text);
    return origin;
}

char *url_escape(const char *text, size_t length, error *problem) {
    /* libcurl reads a length of 0 as "measure it yourself"; an int is its largest length. */
    char *escaped = length == 0 || length > 0x1000000 ? NULL : curl_easy_escape(NULL, text, (int)length);
    char *copy = sqlite3_mprintf("%s", escaped ? escaped : "");
    if (!copy || (length > 0 && !escaped)) {
        sqlite3_free(copy);
        copy = NULL;
        error_no_memory(problem);
    }
    curl_free(escaped);
    return copy;
}

char *url_unescape(const char *escaped, size_t length, size_t *read) {
    int count = 0;
    /* As above. */
    char *text = length == 0 || length > 0x1000000 ? NULL : curl_easy_unescape(NULL, escaped, (int)length, &count);
    char *copy = length > 0 && !text ? NULL : sqlite3_malloc64((size_t)count + 1);
    if (copy) {
        memcpy(copy, text ? text : "", (size_t)count + 1);
    }
    *read = (size_t)count;
    curl_free(text);
    return copy;
}

static bool url_same_part(CURLU *one, CURLU *other, CURLUPart part, bool fold, error *problem) {
    char *a = url_part(one, part, CURLU_DEFAULT_PORT, problem);
    char *b = url_part(other, part, CURLU_DEFAULT_PORT, problem);
    bool same = a && b && (fold ? strcasecmp(a, b) : strcmp(a, b)) == 0;
    curl_free(a);
    curl_free(b);
    return same;
}

/* The SDKs' case: we talk to <product>.<edge>.<region>.twilio.com and the server names its global host. */
static bool url_is_global_alias(CURLU *base, CURLU *next, error *problem) {
    char *base_host = url_part(base, CURLUPART_HOST, 0, problem);
    char *next_host = url_part(next, CURLUPART_HOST, 0, problem);
    size_t domain = strlen(URL_DOMAIN), product = base_host ? strcspn(base_host, ".") : 0;
    bool alias = base_host && next_host && strlen(base_host) > domain &&
                 strcasecmp(base_host + strlen(base_host) - domain, URL_DOMAIN) == 0 &&
                 strncasecmp(next_host, base_host, product) == 0 && strcasecmp(next_host + product, URL_DOMAIN) == 0;
    curl_free(base_host);
    curl_free(next_host);
    return alias;
}

static bool url_has_user(CURLU *url, error *problem) {
    char *user = url_part(url, CURLUPART_USER, 0, problem);
    char *password = url_part(url, CURLUPART_PASSWORD, 0, problem);
    bool has = user || password;
    curl_free(user);
    curl_free(password);
    return has;
}

static bool url_same_origin(CURLU *base, CURLU *next, error *problem) {
    return !url_has_user(next, problem) && url_same_part(base, next, CURLUPART_SCHEME, true, problem) &&
           url_same_part(base, next, CURLUPART_PORT, false, problem) &&
           (url_same_part(base, next, CURLUPART_HOST, true, problem) || url_is_global_alias(base, next, problem));
}

static char *url_path_with_query(CURLU *url, error *problem) {
    char *path = url_part(url, CURLUPART_PATH, 0, problem);
    char *query = url_part(url, CURLUPART_QUERY, 0, problem);
    char *text =
        path && !error_is_set(problem) ? sqlite3_mprintf("%s%s%s", path, query ? "?" : "", query ? query : "") : NULL;
    if (!text) {
        error_no_memory(problem);
    }
    curl_free(path);
    curl_free(query);
    return text;
}

static char *url_follow_parsed(CURLU *base, CURLU *next, const char *origin, const char *text, error *problem) {
    bool here = url_same_origin(base, next, problem);
    bool same = here && url_same_part(base, next, CURLUPART_PATH, false, problem);
    if (error_is_set(problem)) {
        return NULL;
    }
    if (!here) {
        url_refuse(problem,
                   "the server names the next page at \"%s\", which is not at %s: not followed, and no credential was "
                   "sent there",
                   text, origin);
        return NULL;
    }
    if (!same) {
        url_refuse(problem, "the server names the next page at \"%s\", which is another resource: not followed%s", text,
                   "");
        return NULL;
    }
    return url_path_with_query(next, problem);
}

char *url_follow(const char *origin, const char *current, const char *next, error *problem) {
    if (strlen(next) > URL_NEXT_MAX) {
        url_refuse(problem, "the server names the next page at \"%s...\", which is too long to be a URL%s", next, "");
        return NULL;
    }
    char *base_text = sqlite3_mprintf("%s%s", origin, current);
    CURLU *base = curl_url();
    CURLU *followed = curl_url();
    char *result = NULL;
    if (!base_text || !base || !followed) {
        error_no_memory(problem);
    } else if (url_parse(base, base_text, problem) && url_parse(followed, base_text, problem) &&
               url_parse(followed, next, problem)) {
        result = url_follow_parsed(base, followed, origin, next, problem);
    } else if (!error_is_set(problem)) {
        url_refuse(problem, "the server names the next page at \"%s\", which is not a URL%s", next, "");
    }
    curl_url_cleanup(base);
    curl_url_cleanup(followed);
    sqlite3_free(base_text);
    return result;
}

/* Why a parsed URL may not be asked for; NULL: it may. */
static const char *url_objection_elsewhere(CURLU *url, bool plain, error *problem) {
    char *scheme = url_part(url, CURLUPART_SCHEME, 0, problem);
    char *host = url_part(url, CURLUPART_HOST, 0, problem);
    char *port = url_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT, problem);
    char *fragment = url_part(url, CURLUPART_FRAGMENT, 0, problem);
    const char *objection = NULL;
    if (!scheme || !host || !port || strchr(host, '%') || atoi(port) == 0) {
        objection = "it is not a URL";
    } else if (url_has_user(url, problem) || fragment) {
        objection = "it has a user or a fragment";
    } else if (strcmp(scheme, "https") != 0 && !(plain && strcmp(scheme, "http") == 0 && url_is_loopback(host))) {
        objection = "it is not https";
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_free(fragment);
    return objection;
}

/* "https://host/": what is sent is all that follows the host, so there must be no doubt where that ends. */
static bool url_has_plain_shape(const char *text) {
    const char *slashes = strstr(text, "://");
    size_t authority = slashes ? strcspn(slashes + 3, "/?#\\@ ") : 0;
    return authority > 0 && slashes[3 + authority] == '/' && !strpbrk(slashes, " \\") && strlen(text) <= URL_NEXT_MAX;
}

bool url_may_ask_elsewhere(const char *origin, const char *text, error *problem) {
    CURLU *url = curl_url();
    const char *objection = "it is not a URL";
    if (!url) {
        error_no_memory(problem);
    } else if (url_has_plain_shape(text) && url_parse(url, text, problem)) {
        objection = url_objection_elsewhere(url, strncmp(origin, "http:", 5) == 0, problem);
    }
    if (objection && !error_is_set(problem)) {
        error_set(problem, SQLITE_ERROR, "the address that the service gives is not asked for: %s", objection);
    }
    curl_url_cleanup(url);
    return !error_is_set(problem);
}

/* Where a parameter's value begins in a path's query, or NULL. */
static const char *url_parameter(const char *path, const char *name) {
    size_t length = strlen(name);
    const char *at = strchr(path, '?');
    while (at) {
        at++;
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            return at + length + 1;
        }
        at = strchr(at, '&');
    }
    return NULL;
}

/* A parameter that is a whole number of up to nine digits, or -1. */
static int url_number(const char *path, const char *name) {
    const char *value = url_parameter(path, name);
    size_t digits = value ? strspn(value, "0123456789") : 0;
    bool whole = digits > 0 && digits < 10 && (value[digits] == 0 || value[digits] == '&');
    return whole ? atoi(value) : -1;
}

/* A copy of the path with another number in that parameter, which it must have. */
static char *url_with_number(const char *path, const char *name, int number) {
    const char *value = url_parameter(path, name);
    return sqlite3_mprintf("%.*s%d%s", (int)(value - path), path, number, value + strspn(value, "0123456789"));
}

char *url_next_number(const char *path) {
    int number = url_number(path, "Page");
    return number < 0 || url_parameter(path, "PageToken") ? NULL : url_with_number(path, "Page", number + 1);
}

int url_page_size(const char *path) {
    int size = url_number(path, "PageSize");
    return size > 0 ? size : 0;
}

char *url_halve_pages(const char *path) {
    int size = url_page_size(path), number = url_number(path, "Page");
    if (size < 2) {
        return NULL;
    }
    bool counted = url_parameter(path, "Page") && !url_parameter(path, "PageToken");
    if (counted && number < 0) {
        return NULL; /* a number that cannot be read cannot be doubled */
    }
    char *halved = url_with_number(path, "PageSize", size / 2);
    if (halved && counted && number > 0) {
        /* Rows before this page: size * number. An odd size would shift them by half a row. */
        char *moved = size % 2 == 0 ? url_with_number(halved, "Page", number * 2) : NULL;
        sqlite3_free(halved);
        halved = moved;
    }
    return halved;
}
