/* Is a text JSON; see json_text.h. Not recursive: a text of brackets alone must not be able to exhaust the stack. */
#include "base/json_text.h"

#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"

enum { JSON_DEPTH_MAX = 0x7fffffff };

/* Where the reading stands. */
typedef struct json_place {
    const char *at, *end;
    buffer open; /* a '[' or '{' for each that is not closed */
} json_place;

static void json_skip_blanks(json_place *place) {
    while (place->at < place->end && memchr(" \t\r\n", *place->at, 4)) {
        place->at++;
    }
}

/* Steps over a character if it is next. */
static bool json_takes(json_place *place, char wanted) {
    bool is = place->at < place->end && *place->at == wanted;
    place->at += is;
    return is;
}

static bool json_takes_word(json_place *place, const char *word) {
    size_t length = strlen(word);
    bool is = (size_t)(place->end - place->at) >= length && memcmp(place->at, word, length) == 0;
    place->at += is ? length : 0;
    return is;
}

static bool json_is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool json_takes_digits(json_place *place) {
    const char *start = place->at;
    while (place->at < place->end && json_is_digit(*place->at)) {
        place->at++;
    }
    return place->at > start;
}

static bool json_takes_number(json_place *place) {
    json_takes(place, '-');
    if (!json_takes(place, '0') && !json_takes_digits(place)) {
        return false;
    }
    if (json_takes(place, '.') && !json_takes_digits(place)) {
        return false;
    }
    if (json_takes(place, 'e') || json_takes(place, 'E')) {
        if (!json_takes(place, '+')) {
            json_takes(place, '-');
        }
        return json_takes_digits(place);
    }
    return true;
}

static bool json_is_hexadecimal(char byte) {
    return json_is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/* What follows a backslash. */
static bool json_takes_escape(json_place *place) {
    if (place->at < place->end && *place->at && strchr("\"\\/bfnrt", *place->at)) {
        place->at++;
        return true;
    }
    if (!json_takes(place, 'u') || place->end - place->at < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        if (!json_is_hexadecimal(*place->at++)) {
            return false;
        }
    }
    return true;
}

static bool json_takes_string(json_place *place) {
    if (!json_takes(place, '"')) {
        return false;
    }
    while (place->at < place->end) {
        unsigned char byte = (unsigned char)*place->at++;
        if (byte == '"') {
            return true;
        }
        if (byte < ' ' || (byte == '\\' && !json_takes_escape(place))) {
            return false;
        }
    }
    return false;
}

/* A value that holds no other, or what opens one that does. */
static bool json_takes_begin(json_place *place) {
    char byte = place->at < place->end ? *place->at : 0;
    switch (byte) {
    case '{':
    case '[':
        buffer_append(&place->open, place->at++, 1);
        return true;
    case '"':
        return json_takes_string(place);
    case 't':
        return json_takes_word(place, "true");
    case 'f':
        return json_takes_word(place, "false");
    case 'n':
        return json_takes_word(place, "null");
    default:
        return json_takes_number(place);
    }
}

static bool json_takes_key(json_place *place) {
    json_skip_blanks(place);
    if (!json_takes_string(place)) {
        return false;
    }
    json_skip_blanks(place);
    return json_takes(place, ':');
}

/* Closes what ends here, as many as do. */
static void json_close(json_place *place) {
    json_skip_blanks(place);
    while (place->open.length > 0 && json_takes(place, place->open.data[place->open.length - 1] == '{' ? '}' : ']')) {
        place->open.length--;
        json_skip_blanks(place);
    }
}

/*
** From the beginning of a value to the beginning of the next one. more: whether there is a next one; false is returned
** where the grammar is broken.
*/
static bool json_step(json_place *place, bool *more) {
    size_t depth = place->open.length;
    json_skip_blanks(place);
    if (!json_takes_begin(place) || place->open.rc != SQLITE_OK) {
        return false;
    }
    bool opened = place->open.length > depth;
    json_close(place);
    *more = place->open.length > 0;
    bool empty_or_after = !opened || place->open.length <= depth;
    if (*more && empty_or_after && !json_takes(place, ',')) {
        return false;
    }
    return !*more || place->open.data[place->open.length - 1] != '{' || json_takes_key(place);
}

bool json_text_is_valid(const char *text, size_t length, error *problem) {
    json_place place = {.at = text, .end = text + length};
    buffer_init(&place.open, JSON_DEPTH_MAX);
    bool valid = true, more = true;
    while (valid && more) {
        valid = json_step(&place, &more);
    }
    if (place.open.rc != SQLITE_OK) {
        error_no_memory(problem);
    }
    valid = valid && place.at == place.end && place.open.rc == SQLITE_OK;
    buffer_clear(&place.open);
    return valid;
}
