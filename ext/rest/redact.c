/* Credentials in texts of others; see redact.h. */
#include "rest/redact.h"

#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"

enum { REDACT_LEVELS = 3, REDACT_WAYS = REDACT_LEVELS + 1, REDACT_ESCAPE_MAX = 6 };

/* ---- what to look for ---- */

/* Takes over a text as a form to look for; NULL is lack of memory. */
static int redact_take(redact *target, redact_form form) {
    if (!form.text) {
        return SQLITE_NOMEM;
    }
    if (form.length >= REDACT_LEAST && target->count < REDACT_FORMS) {
        target->forms[target->count++] = form;
    } else {
        secret_free(form.text);
    }
    return SQLITE_OK;
}

static int redact_add(redact *target, const char *text, bool secret) {
    return redact_take(target, (redact_form){.text = secret_copy(text), .length = strlen(text), .secret = secret});
}

/* Bytes in base64 (RFC 4648, section 4), without padding. */
static char *redact_base64(const char *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *encoded = sqlite3_malloc64((length + 2) / 3 * 4 + 1), *to = encoded;
    for (size_t i = 0; encoded && i < length; i += 3) {
        unsigned bits = 0;
        for (size_t j = i; j < i + 3; j++) {
            bits = bits << 8 | (j < length ? (unsigned char)bytes[j] : 0);
        }
        for (size_t j = 0; j < 4 && i + j <= length; j++) {
            *to++ = digits[bits >> (18 - 6 * j) & 63];
        }
    }
    if (encoded) {
        *to = 0;
    }
    return encoded;
}

static int redact_add_base64(redact *target, const char *bytes, size_t length, bool secret) {
    char *encoded = redact_base64(bytes, length);
    return redact_take(
        target,
        (redact_form){.text = encoded, .length = encoded ? strlen(encoded) : 0, .secret = secret, .base64 = true});
}

/* As Basic authentication sends them. */
static int redact_add_basic(redact *target, const char *user, const char *password) {
    size_t first = strlen(user), length = first + 1 + strlen(password);
    char *pair = sqlite3_malloc64(length + 1);
    if (!pair) {
        return SQLITE_NOMEM;
    }
    memcpy(pair, user, first);
    pair[first] = ':';
    strcpy(pair + first + 1, password);
    int rc = redact_add_base64(target, pair, length, true);
    secret_free(pair);
    return rc;
}

/* A text by itself, as it is and in base64: that of a short one would be as little of a secret as itself. */
static int redact_add_both(redact *target, const char *text, bool secret) {
    size_t length = strlen(text);
    int rc = redact_add(target, text, secret);
    return rc == SQLITE_OK && length >= REDACT_LEAST ? redact_add_base64(target, text, length, secret) : rc;
}

/* The pair before its halves: in base64 it may begin as the user does, and end as the password. */
int redact_set(redact *target, const char *user, const char *password) {
    int rc = SQLITE_OK;
    redact_clear(target);
    if (user && password) {
        rc = redact_add_basic(target, user, password);
    }
    if (password && rc == SQLITE_OK) {
        rc = redact_add_both(target, password, true);
    }
    if (user && rc == SQLITE_OK) {
        rc = redact_add_both(target, user, false);
    }
    return rc;
}

static int redact_hex(char digit) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) % 16 : -1;
}

/* The byte that two hexadecimal digits stand for, or -1. */
static int redact_byte(const char *at, const char *end) {
    int high = end - at >= 2 ? redact_hex(at[0]) : -1;
    int low = high >= 0 ? redact_hex(at[1]) : -1;
    return low >= 0 ? high * 16 + low : -1;
}

/* Takes the escapes out of a value in place (it was made by url_escape). Returns its length. */
static size_t redact_decode(char *value) {
    const char *end = value + strlen(value);
    char *to = value;
    for (const char *at = value; at < end; at++) {
        int byte = *at == '%' ? redact_byte(at + 1, end) : -1;
        *to++ = byte >= 0 ? (char)byte : *at;
        at += byte >= 0 ? 2 : 0;
    }
    memset(to, 0, (size_t)(end - to));
    return (size_t)(to - value);
}

static bool redact_is_listed(const char *pair, const char *const *names) {
    size_t length = strcspn(pair, "=&");
    while (*names && !(strlen(*names) == length && memcmp(*names, pair, length) == 0)) {
        names++;
    }
    return *names != NULL;
}

/* The value of a parameter (escaped, so many bytes), as it is and in base64. */
static int redact_add_value(redact *target, const char *value, size_t length) {
    char *text = sqlite3_malloc64(length + 1);
    if (!text) {
        return SQLITE_NOMEM;
    }
    memcpy(text, value, length);
    text[length] = 0;
    length = redact_decode(text);
    int rc = length >= REDACT_LEAST ? redact_add_base64(target, text, length, true) : SQLITE_OK;
    if (rc != SQLITE_OK) {
        secret_free(text);
        return rc;
    }
    return redact_take(target, (redact_form){.text = text, .length = length, .secret = true});
}

int redact_add_parameters(redact *target, const char *body, const char *const *names) {
    int rc = SQLITE_OK;
    for (const char *pair = names ? body : NULL; pair && rc == SQLITE_OK; pair = strchr(pair, '&')) {
        pair += *pair == '&';
        if (redact_is_listed(pair, names)) {
            const char *value = pair + strcspn(pair, "=&");
            value += *value == '=';
            rc = redact_add_value(target, value, strcspn(value, "&"));
        }
    }
    return rc;
}

void redact_clear(redact *target) {
    while (target->count > 0) {
        secret_free(target->forms[--target->count].text);
    }
}

/* ---- where it stands ---- */

/* The character that a backslash and what follows stand for in JSON, or -1; how many bytes they are. */
static int redact_json(const char *at, const char *end, size_t *width) {
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *name = end - at >= 2 && at[1] ? strchr(names, at[1]) : NULL;
    *width = 2;
    if (end - at >= 6 && at[1] == 'u') {
        *width = 6;
        return redact_byte(at + 2, end) == 0 ? redact_byte(at + 4, end) : -1;
    }
    return name ? meanings[name - names] : -1;
}

/* Is it a character of base64 as the alphabet for URLs writes it, or a blank as a form does? */
static bool redact_is_other_writing(const redact_form *form, char wanted, char found) {
    return form->base64 ? (wanted == '+' && found == '-') || (wanted == '/' && found == '_')
                        : wanted == ' ' && found == '+';
}

/* The ways in which a character can stand at a place, as it is or escaped: how many bytes each takes. */
static size_t redact_ways(const redact_form *form, char wanted, const char *at, const char *end,
                          size_t widths[REDACT_WAYS]) {
    size_t count = 0, width;
    if (at >= end) {
        return 0;
    }
    if (*at == wanted || redact_is_other_writing(form, wanted, *at)) {
        widths[count++] = 1;
    }
    if (*at == '\\' && redact_json(at, end, &width) == (unsigned char)wanted) {
        widths[count++] = width;
    }
    for (int level = 0, byte = '%'; *at == '%' && level < REDACT_LEVELS && byte == '%'; level++) {
        width = 3 + 2 * (size_t)level;
        byte = redact_byte(at + width - 2, end);
        if (byte == (unsigned char)wanted) {
            widths[count++] = width;
        }
    }
    return count;
}

/* May a form begin there? Told apart at once: every address that is asked for is looked through, byte by byte. */
static bool redact_may_begin(const redact_form *form, char found) {
    char wanted = form->text[0];
    return found == wanted || found == '%' || found == '\\' || redact_is_other_writing(form, wanted, found);
}

/* How much of a form stands at a place. */
typedef struct redact_found {
    size_t characters;
    const char *end;
} redact_found;

static redact_found redact_match(const redact_form *form, size_t from, const char *at, const char *end) {
    redact_found longest = {from, at}, other;
    size_t widths[REDACT_WAYS], count = 1;
    while (from < form->length && (count = redact_ways(form, form->text[from], at, end, widths)) > 0) {
        from++;
        for (size_t i = 1; i < count; i++) {
            other = redact_match(form, from, at + widths[i], end);
            longest = other.characters > longest.characters ? other : longest;
        }
        at += widths[0];
    }
    return from >= longest.characters ? (redact_found){from, at} : longest;
}

/* Has the text been cut there, maybe within an escape? */
static bool redact_is_cut(const char *at, const char *end) {
    return at == end || (end - at < REDACT_ESCAPE_MAX && (*at == '%' || *at == '\\'));
}

static const char *redact_pass_padding(const redact_form *form, const char *at, const char *end) {
    size_t widths[REDACT_WAYS];
    while (form->base64 && redact_ways(form, '=', at, end, widths) > 0) {
        at += widths[0];
    }
    return at;
}

/* Where what is to be covered ends; `at` itself: nothing is. */
static const char *redact_cover(const redact_form *form, const char *at, const char *end) {
    redact_found found = redact_may_begin(form, *at) ? redact_match(form, 0, at, end) : (redact_found){0, at};
    if (found.characters == form->length) {
        return redact_pass_padding(form, found.end, end);
    }
    if (found.characters >= REDACT_LEAST && redact_is_cut(found.end, end)) {
        return end;
    }
    return form->secret && found.characters >= REDACT_PIECE ? found.end : at;
}

void redact_apply(const redact *source, char *text, size_t length) {
    for (size_t i = 0; i < source->count; i++) {
        for (size_t at = 0; at < length;) {
            size_t covered = (size_t)(redact_cover(&source->forms[i], text + at, text + length) - (text + at));
            memset(text + at, '*', covered);
            at += covered ? covered : 1;
        }
    }
}

bool redact_finds_secret(const redact *source, const char *text) {
    const char *end = text + strlen(text);
    for (size_t i = 0; i < source->count; i++) {
        const redact_form *form = &source->forms[i];
        for (const char *at = text; form->secret && at < end; at++) {
            if (redact_may_begin(form, *at) && redact_match(form, 0, at, end).characters == form->length) {
                return true;
            }
        }
    }
    return false;
}
