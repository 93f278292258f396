/* UTF-8; see utf8.h. */
#include "base/utf8.h"

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

bool utf8_is_valid(const char *text, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0, step; i < length; i += step) {
        step = utf8_length(bytes[i]);
        if (step == 0 || step > length - i || (step > 1 && !utf8_is_second(bytes[i], bytes[i + 1]))) {
            return false;
        }
        for (size_t j = 2; j < step; j++) {
            if ((bytes[i + j] & 0xc0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

void utf8_blank_controls(char *text) {
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        bool wide = at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f;
        if (wide) {
            *at++ = ' ';
        }
        if (wide || *at < ' ' || *at == 0x7f) {
            *at = ' ';
        }
    }
}
