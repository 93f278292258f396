/*
** Many bytes at a time: how far a JSON text goes on without a byte that asks for a closer look. On x86-64 sixteen at a time, by
** instructions that every such processor has; elsewhere, and with PAGE_BYTES_PORTABLE for the tests, eight at a time in plain C.
*/
#ifndef CHAT_PAGE_BYTES_H
#define CHAT_PAGE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined __SSE2__ && defined __GNUC__ && !defined PAGE_BYTES_PORTABLE
#include <emmintrin.h>
#define PAGE_BYTES_VECTORS 1
#else
#define PAGE_BYTES_VECTORS 0
#endif

/* Within a string: is the byte one that stands for itself? All of ASCII but quote, backslash and the controls. */
static inline bool page_bytes_is_plain(unsigned char byte) {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Is any of eight bytes zero? Where a lower one is, a higher one may pass for zero, too: that is all it may be wrong in. */
static inline uint64_t page_bytes_zero(uint64_t eight) {
    return (eight - UINT64_C(0x0101010101010101)) & ~eight & UINT64_C(0x8080808080808080);
}

/* The first position from `at` on that is not plain, or length. */
static inline size_t page_bytes_plain_eight(const char *bytes, size_t at, size_t length) {
    uint64_t eight;
    for (; at + sizeof eight <= length; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        uint64_t control = (eight - UINT64_C(0x2020202020202020)) & ~eight;
        uint64_t other = page_bytes_zero(eight ^ UINT64_C(0x2222222222222222)) |
                         page_bytes_zero(eight ^ UINT64_C(0x5c5c5c5c5c5c5c5c));
        if ((control | other | eight) & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    while (at < length && page_bytes_is_plain((unsigned char)bytes[at])) {
        at++;
    }
    return at;
}

#if PAGE_BYTES_VECTORS
static inline size_t page_bytes_plain_sixteen(const char *bytes, size_t at, size_t length) {
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');
    for (; at + sizeof quote <= length; at += sizeof quote) {
        __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
        /* Compared as signed numbers, the bytes from 80 on are below the blank, as the controls are. */
        __m128i other = _mm_or_si128(_mm_cmplt_epi8(sixteen, blank),
                                     _mm_or_si128(_mm_cmpeq_epi8(sixteen, quote), _mm_cmpeq_epi8(sixteen, backslash)));
        int found = _mm_movemask_epi8(other);
        if (found) {
            return at + (size_t)__builtin_ctz((unsigned)found);
        }
    }
    return page_bytes_plain_eight(bytes, at, length);
}
#endif

static inline size_t page_bytes_plain(const char *bytes, size_t at, size_t length) {
#if PAGE_BYTES_VECTORS
    return page_bytes_plain_sixteen(bytes, at, length);
#else
    return page_bytes_plain_eight(bytes, at, length);
#endif
}

#endif
