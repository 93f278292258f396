/* SIDs; see sid.h. */
#include "base/sid.h"

#include <stdint.h>
#include <string.h>

/* The bytes of a word (all below 0x80) that lie from `first` to `last`: each has its highest bit. */
static uint64_t sid_between(uint64_t word, unsigned first, unsigned last) {
    static const uint64_t each = UINT64_C(0x0101010101010101);
    return (word + (0x80 - first) * each) & ~(word + (0x7f - last) * each);
}

/* Asked for every row: eight digits at a time. */
sid_shape sid_classify(const char *prefix, const char *text, size_t length) {
    static const uint64_t highest = UINT64_C(0x8080808080808080);
    uint64_t odd = 0, capitals = 0, word;
    if (length != SID_LENGTH || text[0] != prefix[0] || text[1] != prefix[1]) {
        return SID_NO;
    }
    for (size_t i = 2; i < SID_LENGTH; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        uint64_t low = word & ~highest, capital = sid_between(low, 'A', 'F');
        odd |= word | ~(sid_between(low, '0', '9') | sid_between(low, 'a', 'f') | capital);
        capitals |= capital;
    }
    return odd & highest ? SID_NO : capitals & highest ? SID_OTHER_CASE : SID_CANONICAL;
}

bool sid_is_plain_segment(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
        if (!plain) {
            return false;
        }
    }
    return length > 0;
}
