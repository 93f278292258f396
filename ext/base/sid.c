/* SIDs; see sid.h. */
#include "base/sid.h"

#include <string.h>

/* Asked for every row: without a branch for a character, so that a compiler may take many at a time. */
sid_shape sid_classify(const char *prefix, const char *text, size_t length) {
    if (length != SID_LENGTH || memcmp(prefix, text, 2) != 0) {
        return SID_NO;
    }
    unsigned odd = 0, capitals = 0;
    for (size_t i = 2; i < SID_LENGTH; i++) {
        unsigned character = (unsigned char)text[i], capital = character - 'A' < 6;
        odd |= !(character - '0' < 10 || character - 'a' < 6) & !capital;
        capitals |= capital;
    }
    return odd ? SID_NO : capitals ? SID_OTHER_CASE : SID_CANONICAL;
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
