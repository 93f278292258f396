/* A hash of a text, eight bytes at a time: for tables of SIDs and paths, where one is made for every row. */
#ifndef CHAT_TEXT_HASH_H
#define CHAT_TEXT_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Multiplies and folds, so that every bit of a word has a part in the low bits. */
static inline uint64_t text_hash_word(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9fb21c651e98df25u;
    return hash ^ hash >> 29;
}

/* Not the same on machines of other byte order; nothing is kept longer than a connection. */
static inline uint64_t text_hash(const char *text, size_t length) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ length, word;
    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = text_hash_word(hash, word);
    }
    word = 0;
    if (length > 0) { /* of no bytes there may be no text */
        memcpy(&word, text, length);
    }
    return text_hash_word(text_hash_word(hash, word), 0);
}

#endif
