/* Texts that must not stay in memory; see secret.h. */
#include "base/secret.h"

#include <string.h>

#include "base/sqlite.h"

char *secret_copy(const char *text) {
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? sqlite3_malloc64(size) : NULL;
    if (copy) {
        memcpy(copy, text, size);
    }
    return copy;
}

void secret_free(char *text) {
    /* Through volatile, since a compiler may leave out a memset of memory that is about to be freed. */
    for (volatile char *at = text; at && *at; at++) {
        *at = 0;
    }
    sqlite3_free(text);
}
