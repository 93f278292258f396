/* SIDs; see sid.h. */
#include "base/sid.h"

#include <string.h>

sid_shape sid_classify(const char *prefix, const char *text, size_t length) {
    if (length != SID_LENGTH || memcmp(prefix, text, 2) != 0) {
        return SID_NO;
    }
    sid_shape shape = SID_CANONICAL;
    for (size_t i = 2; i < length; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'F') {
            shape = SID_OTHER_CASE;
        } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return SID_NO;
        }
    }
    return shape;
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
