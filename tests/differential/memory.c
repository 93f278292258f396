/* Allocation that cannot fail: see memory.h. */
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *memory_checked(void *block) {
    if (block == NULL) {
        fputs("Bail out! out of memory\n", stdout);
        exit(70);
    }
    return block;
}

void *memory_resize(void *block, size_t count, size_t size) {
    if (size != 0 && count > (size_t)-1 / 2 / size) {
        memory_checked(NULL);
    }
    size_t bytes = count * size;
    return memory_checked(realloc(block, bytes == 0 ? 1 : bytes));
}

void *memory_zeroed(size_t count, size_t size) {
    return memory_checked(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

char *memory_copy(const char *bytes, size_t length) {
    char *copy = memory_resize(NULL, length + 1, 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    return copy;
}
