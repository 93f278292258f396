/* Pieces of JSON text; see page_string.h. */
#include "rest/page_string.h"

#include <string.h>

enum { STRING_NAME_MAX = 100 };

static unsigned string_hex(const char *digits) {
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        char digit = digits[i];
        unsigned more = digit <= '9' ? (unsigned)(digit - '0') : (unsigned)((digit | 0x20) - 'a' + 10);
        value = value << 4 | more;
    }
    return value;
}

static size_t string_put(char *target, unsigned point) {
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char firsts[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length; i-- > 1; point >>= 6) {
        target[i] = (char)(0x80 | (point & 0x3f));
    }
    target[0] = (char)(firsts[length] | point);
    return length;
}

/* The character of "\uXXXX", with the other half behind it if there is one. used: bytes of the text. */
static unsigned string_point(const char *text, size_t left, size_t *used) {
    unsigned point = string_hex(text + 2);
    *used = 6;
    if (point < 0xd800 || point > 0xdfff) {
        return point;
    }
    unsigned low = point < 0xdc00 && left >= 12 && text[6] == '\\' && text[7] == 'u' ? string_hex(text + 8) : 0;
    if (low < 0xdc00 || low > 0xdfff) {
        return 0xfffd;
    }
    *used = 12;
    return 0x10000u + ((point & 0x3ffu) << 10 | (low & 0x3ffu));
}

static char string_short(char letter) {
    static const char letters[] = "bfnrt", means[] = "\b\f\n\r\t";
    const char *found = strchr(letters, letter);
    return found ? means[found - letters] : letter;
}

size_t page_string_unescape(char *text, size_t length) {
    char *backslash = memchr(text, '\\', length);
    size_t from = backslash ? (size_t)(backslash - text) : length, to = from;
    while (from < length) {
        if (text[from] == '\\' && text[from + 1] == 'u') {
            size_t used = 0;
            unsigned point = string_point(text + from, length - from, &used);
            to += string_put(text + to, point);
            from += used;
        } else if (text[from] == '\\') {
            text[to++] = string_short(text[from + 1]);
            from += 2;
        } else {
            char *next = memchr(text + from, '\\', length - from);
            size_t run = next ? (size_t)(next - text) - from : length - from;
            memmove(text + to, text + from, run);
            to += run;
            from += run;
        }
    }
    return to;
}

bool page_string_is(const char *text, const page_token *token, const char *name) {
    char copy[6 * STRING_NAME_MAX];
    size_t length = token->length;
    text += token->offset;
    if (token->escaped) {
        if (length > sizeof copy) {
            return false;
        }
        memcpy(copy, text, length);
        length = page_string_unescape(copy, length);
        text = copy;
    }
    return strlen(name) == length && memcmp(text, name, length) == 0;
}

page_token page_string_token(const char *text, size_t length) {
    if (text[0] == '"') {
        return (page_token){1, length - 2, '"', memchr(text, '\\', length) != NULL};
    }
    return (page_token){0, length, (char)(strchr("{[tfn", text[0]) ? text[0] : '0'), false};
}

size_t page_string_begin(const page_token *token) {
    return token->offset - (token->kind == '"');
}

size_t page_string_extent(const page_token *token) {
    return token->length + (token->kind == '"' ? 2 : 0);
}

/* ---- walks ---- */

void page_string_walk(page_walk *walk, const char *text, const page_token *container) {
    walk->text = text;
    walk->at = container->offset + 1;
    walk->end = container->offset + container->length - 1;
    walk->object = container->kind == '{';
}

/* Behind the string that begins at a place. */
static size_t walk_string_end(const page_walk *walk, size_t at) {
    for (at++; walk->text[at] != '"'; at++) {
        at += walk->text[at] == '\\';
    }
    return at + 1;
}

/* Behind the value that begins at a place. */
static size_t walk_value_end(const page_walk *walk, size_t at) {
    size_t depth = 0;
    do {
        char byte = walk->text[at];
        if (byte == '"') {
            at = walk_string_end(walk, at);
            continue;
        }
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        at++;
        if (depth == 0 && byte != '}' && byte != ']') {
            while (at < walk->end && !strchr(" \t\r\n,]}", walk->text[at])) {
                at++;
            }
        }
    } while (depth > 0);
    return at;
}

static void walk_skip(page_walk *walk) {
    while (walk->at < walk->end && strchr(" \t\r\n,:", walk->text[walk->at])) {
        walk->at++;
    }
}

static page_token walk_take(page_walk *walk) {
    size_t begin = walk->at;
    walk->at = walk_value_end(walk, begin);
    page_token token = page_string_token(walk->text + begin, walk->at - begin);
    token.offset += begin;
    return token;
}

bool page_string_next(page_walk *walk, page_token *key, page_token *value) {
    walk_skip(walk);
    if (walk->at >= walk->end) {
        return false;
    }
    if (walk->object) {
        *key = walk_take(walk);
        walk_skip(walk);
    }
    *value = walk_take(walk);
    return true;
}

bool page_string_find(const char *text, const page_token *object, const char *name, page_token *value) {
    page_walk walk;
    page_token key, each;
    bool is_object = object->kind == '{', found = false;
    page_string_walk(&walk, text, object);
    while (is_object && page_string_next(&walk, &key, &each)) {
        if (page_string_is(text, &key, name)) {
            *value = each;
            found = true;
        }
    }
    return found;
}
