/* Credentials in texts of others; see redact.h. */
#include "rest/redact.h"

#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"
#include "rest/url.h"

/* Takes over a text as a form to look for. */
static void redact_take(redact *target, char *form) {
    bool wanted = form && strlen(form) >= REDACT_LEAST && target->count < REDACT_FORMS;
    for (size_t i = 0; wanted && i < target->count; i++) {
        wanted = strcmp(target->forms[i], form) != 0;
    }
    if (wanted) {
        target->forms[target->count++] = form;
    } else {
        secret_free(form);
    }
}

/* The text as JSON may write it: with "\/" for "/". */
static char *redact_with_escaped_slashes(const char *text) {
    char *escaped = sqlite3_malloc64(2 * strlen(text) + 1), *to = escaped;
    for (; to && *text; text++) {
        if (*text == '/') {
            *to++ = '\\';
        }
        *to++ = *text;
    }
    if (to) {
        *to = 0;
    }
    return escaped;
}

/* user:password as Basic authentication sends it (RFC 4648, section 4). */
static char *redact_basic(const char *user, const char *password) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t first = strlen(user), length = first + 1 + strlen(password);
    char *encoded = sqlite3_malloc64((length + 2) / 3 * 4 + 1), *to = encoded;
    for (size_t i = 0; encoded && i < length; i += 3) {
        unsigned bits = 0;
        for (size_t j = i; j < i + 3; j++) {
            const char *at = j < first ? user + j : j == first ? ":" : j < length ? password + (j - first - 1) : "";
            bits = bits << 8 | (unsigned char)*at;
        }
        for (size_t j = 0; j < 4; j++) {
            *to++ = i + j > length ? '=' : digits[bits >> (18 - 6 * j) & 63];
        }
    }
    if (encoded) {
        *to = 0;
    }
    return encoded;
}

/* Adds one text and what it looks like in JSON. Takes it over; NULL is lack of memory. */
static int redact_add(redact *target, char *text) {
    char *escaped = text ? redact_with_escaped_slashes(text) : NULL;
    int rc = text && escaped ? SQLITE_OK : SQLITE_NOMEM;
    redact_take(target, text);
    redact_take(target, escaped);
    return rc;
}

static int redact_add_credential(redact *target, const char *text) {
    error problem = {0};
    int rc = redact_add(target, secret_copy(text));
    if (rc == SQLITE_OK && *text) {
        rc = redact_add(target, url_escape(text, strlen(text), &problem));
    }
    error_clear(&problem);
    return rc;
}

int redact_set(redact *target, const char *user, const char *password) {
    int rc = SQLITE_OK;
    redact_clear(target);
    if (password) {
        rc = redact_add_credential(target, password);
    }
    if (user && password && rc == SQLITE_OK) {
        rc = redact_add(target, redact_basic(user, password));
    }
    target->secret_count = target->count;
    if (user && rc == SQLITE_OK) {
        rc = redact_add_credential(target, user);
    }
    return rc;
}

void redact_clear(redact *target) {
    while (target->count > 0) {
        secret_free(target->forms[--target->count]);
    }
    target->secret_count = 0;
}

/* A text may have been cut within a form: what is left of it, unless it is short. */
static void redact_apply_end(const char *form, size_t size, char *text, size_t length) {
    size_t left = size - 1 < length ? size - 1 : length;
    while (left >= REDACT_LEAST && memcmp(text + length - left, form, left) != 0) {
        left--;
    }
    if (left >= REDACT_LEAST) {
        memset(text + length - left, '*', left);
    }
}

void redact_apply(const redact *source, char *text, size_t length) {
    for (size_t i = 0; i < source->count; i++) {
        const char *form = source->forms[i];
        size_t size = strlen(form);
        for (size_t at = 0; at + size <= length; at++) {
            const char *next = memchr(text + at, form[0], length - size - at + 1);
            if (!next) {
                break;
            }
            at = (size_t)(next - text);
            if (memcmp(next, form, size) == 0) {
                memset(text + at, '*', size);
            }
        }
        redact_apply_end(form, size, text, length);
    }
}

bool redact_finds_secret(const redact *source, const char *text) {
    for (size_t i = 0; i < source->secret_count; i++) {
        if (strstr(text, source->forms[i])) {
            return true;
        }
    }
    return false;
}
