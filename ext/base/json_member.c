/* Single members of a JSON document; see json_member.h. */
#include "base/json_member.h"

#include <string.h>

#include "base/sqlite.h"

enum { JSON_BAD = 0x110000 }; /* no character */

json_span json_member_whole(const char *text, size_t length) {
    json_span whole = {text, length};
    while (whole.length > 0 && memchr(" \t\r\n", *whole.at, 4)) {
        whole.at++;
        whole.length--;
    }
    return whole;
}

static const char *json_after_blanks(const char *at, const char *end) {
    while (at < end && memchr(" \t\r\n", *at, 4)) {
        at++;
    }
    return at;
}

/* Behind a string that begins at `at`. */
static const char *json_after_string(const char *at, const char *end) {
    for (at++; at < end && *at != '"'; at++) {
        at += *at == '\\';
    }
    return at + 1;
}

/* Behind a value that begins at `at`. */
static const char *json_after_value(const char *at, const char *end) {
    int depth = 0;
    do {
        if (*at == '"') {
            at = json_after_string(at, end);
        } else if (strchr("{[", *at)) {
            depth++;
            at++;
        } else if (strchr("}]", *at)) {
            depth--;
            at++;
        } else {
            at += depth > 0 ? 1 : strcspn(at, ",}] \t\r\n");
        }
    } while (depth > 0 && at < end);
    return at;
}

static unsigned json_hexadecimal(const char *digits) {
    unsigned number = 0;
    for (int i = 0; i < 4; i++) {
        char digit = digits[i];
        number = number * 16 + (unsigned)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return number;
}

/* The character of a \u escape, whose first digit *at stands at, both halves of a pair; goes behind it. */
static unsigned json_take_unicode(const char **at) {
    unsigned code = json_hexadecimal(*at);
    *at += 4;
    bool high = code >= 0xd800 && code < 0xdc00;
    if (high && (*at)[0] == '\\' && (*at)[1] == 'u') {
        unsigned low = json_hexadecimal(*at + 2);
        *at += 6;
        return low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : JSON_BAD;
    }
    return code == 0 || (code >= 0xd800 && code < 0xe000) ? JSON_BAD : code;
}

static size_t json_encode(unsigned code, char bytes[static 4]) {
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    bytes[0] = (char)(first[more] | (code >> (6 * more)));
    for (size_t i = 1; i <= more; i++) {
        bytes[i] = (char)(0x80 | ((code >> (6 * (more - i))) & 0x3f));
    }
    return more + 1;
}

/* The next piece of a string, from behind its opening quote on: its bytes, 1 to 4. 0: it has none that a text may have. */
static size_t json_take_piece(const char **at, char bytes[static 4]) {
    char byte = *(*at)++;
    if (byte != '\\') {
        bytes[0] = byte;
        return 1;
    }
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    byte = *(*at)++;
    if (byte != 'u') {
        bytes[0] = meanings[strchr(names, byte) - names];
        return 1;
    }
    unsigned code = json_take_unicode(at);
    return code == JSON_BAD ? 0 : json_encode(code, bytes);
}

static bool json_is_key(const char *string, const char *key) {
    const char *at = string + 1;
    char bytes[4];
    while (*at != '"') {
        size_t length = json_take_piece(&at, bytes);
        if (length == 0 || strncmp(key, bytes, length) != 0) {
            return false;
        }
        key += length;
    }
    return *key == 0;
}

bool json_member_find(json_span object, const char *key, json_span *found) {
    const char *end = object.at + object.length, *at = object.at;
    bool any = false;
    if (object.length == 0 || *at != '{') {
        return false;
    }
    at = json_after_blanks(at + 1, end);
    while (at < end && *at == '"') {
        const char *name = at;
        at = json_after_blanks(json_after_string(at, end), end) + 1; /* the colon */
        const char *value = json_after_blanks(at, end);
        at = json_after_value(value, end);
        if (json_is_key(name, key)) {
            *found = (json_span){value, (size_t)(at - value)};
            any = true;
        }
        at = json_after_blanks(at, end);
        at = at < end && *at == ',' ? json_after_blanks(at + 1, end) : end;
    }
    return any;
}

bool json_member_is_null(json_span value) {
    return value.length == 4 && memcmp(value.at, "null", 4) == 0;
}

char *json_member_text(json_span value, error *problem) {
    if (value.length == 0 || *value.at != '"' || error_is_set(problem)) {
        return NULL;
    }
    char *copy = sqlite3_malloc64(value.length + 4); /* an escape is never shorter than what it means */
    if (!copy) {
        error_no_memory(problem);
        return NULL;
    }
    size_t length = 0, piece = 1;
    for (const char *at = value.at + 1; *at != '"' && piece > 0;) {
        piece = json_take_piece(&at, copy + length);
        length += piece;
    }
    copy[length] = 0;
    if (piece == 0) {
        memset(copy, 0, value.length);
        sqlite3_free(copy);
        return NULL;
    }
    return copy;
}
