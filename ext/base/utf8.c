/* UTF-8; see utf8.h. */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Length of the sequence that a byte begins; 0: it begins none. */
static size_t utf8_length(unsigned char first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return 2;
    }
    if (first >= 0xe0 && first <= 0xef) {
        return 3;
    }
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* What the second byte must lie between, for the first bytes that leave it less room than 80 to BF. */
static bool utf8_is_second(unsigned char first, unsigned char second) {
    unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
}

size_t utf8_step(const char *text, size_t left) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t step = utf8_length(bytes[0]);
    if (step > 1 && left > 1 && !utf8_is_second(bytes[0], bytes[1])) {
        return 0;
    }
    for (size_t i = 2; i < step && i < left; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return step;
}

/* The same, but 0 also if it is not all there. */
static size_t utf8_whole_step(const unsigned char *bytes, size_t left) {
    size_t step = utf8_step((const char *)bytes, left);
    return step > left ? 0 : step;
}

/* Bytes at the beginning that are ASCII, as far as that is seen eight at a time: most texts are, from end to end. */
static size_t utf8_ascii(const unsigned char *bytes, size_t length) {
    uint64_t eight;
    size_t seen = 0;
    for (; seen + sizeof eight <= length; seen += sizeof eight) {
        memcpy(&eight, bytes + seen, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    return seen;
}

bool utf8_is_valid(const char *text, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    while ((i += utf8_ascii(bytes + i, length - i)) < length) {
        size_t step = utf8_whole_step(bytes + i, length - i);
        if (step == 0) {
            return false;
        }
        i += step;
    }
    return true;
}

/* The surrogate that three bytes encode: ED A0 80 to ED BF BF stand for U+D800 to U+DFFF. 0: it is none. */
static unsigned utf8_surrogate(const unsigned char *bytes, size_t left) {
    bool is = left >= 3 && bytes[0] == 0xed && bytes[1] >= 0xa0 && bytes[1] <= 0xbf && (bytes[2] & 0xc0) == 0x80;
    return is ? 0xd000u | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu) : 0;
}

/* Appends the character that two halves make. False: there are no two halves that do. */
static bool utf8_append_pair(buffer *target, const unsigned char *bytes, size_t left) {
    unsigned high = utf8_surrogate(bytes, left), low = left >= 6 ? utf8_surrogate(bytes + 3, left - 3) : 0;
    if (high < 0xd800 || high > 0xdbff || low < 0xdc00) {
        return false;
    }
    unsigned point = 0x10000u + ((high & 0x3ffu) << 10 | (low & 0x3ffu));
    const unsigned char joined[] = {
        (unsigned char)(0xf0u | point >> 18), (unsigned char)(0x80u | (point >> 12 & 0x3fu)),
        (unsigned char)(0x80u | (point >> 6 & 0x3fu)), (unsigned char)(0x80u | (point & 0x3fu))};
    buffer_append(target, joined, sizeof joined);
    return true;
}

bool utf8_append_joined(buffer *target, const char *text, size_t length, size_t *bad) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t whole = 0; /* up to here it has been appended */
    size_t i = 0;
    while ((i += utf8_ascii(bytes + i, length - i)) < length) {
        size_t step = utf8_whole_step(bytes + i, length - i);
        if (step == 0) {
            buffer_append(target, text + whole, i - whole);
            if (!utf8_append_pair(target, bytes + i, length - i)) {
                *bad = i;
                return false;
            }
            step = 6;
            whole = i + step;
        }
        i += step;
    }
    buffer_append(target, text + whole, length - whole);
    return true;
}

/*
** Controls below U+0020, U+007F, U+0080 to U+009F; line and paragraph separators and what turns the direction of text
** (U+2028 to U+202E, U+2066 to U+2069), with which a message can be made to look like another.
*/
static bool utf8_is_control(const unsigned char *at, size_t length) {
    switch (length) {
    case 1:
        return at[0] < ' ' || at[0] == 0x7f;
    case 2:
        return at[0] == 0xc2 && at[1] <= 0x9f;
    case 3:
        return at[0] == 0xe2 &&
               ((at[1] == 0x80 && at[2] >= 0xa8 && at[2] <= 0xae) || (at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9));
    default:
        return false;
    }
}

void utf8_blank_controls(char *text) {
    size_t left = strlen(text), step;
    for (char *at = text; left > 0; at += step, left -= step) {
        step = utf8_whole_step((const unsigned char *)at, left);
        if (step == 0) {
            step = 1;
            *at = '?';
        } else if (utf8_is_control((const unsigned char *)at, step)) {
            memset(at, ' ', step);
        }
    }
}
