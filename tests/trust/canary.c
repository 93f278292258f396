/* Recognizable credentials; see canary.h. */
#define _GNU_SOURCE
#include "trust/canary.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As they are, percent-encoded, with JSON's escaped slash, and the digits of base64. */
static const char *const forms[] = {CANARY_USER,
                                    CANARY_PASSWORD,
                                    "canary%2Fpass%2Bword%2500000000~secret",
                                    "canary%2Fpass%2Bword%2500000000%7Esecret",
                                    "canary\\/pass+word",
                                    "pass+word%00000000",
                                    "anary/pass",
                                    "U0tjYW5hcnktdXNlci0wMDAw",
                                    "ZCUwMDAwMDAwMH5zZWNyZXQ",
                                    "Y2FuYXJ5L3Bhc3Mrd29yZCUwMDAwMDAwMH5zZWNyZXQ"};
enum { FORMS = sizeof forms / sizeof *forms };

static const char *canary_find(const void *bytes, size_t length) {
    for (size_t i = 0; i < FORMS; i++) {
        if (memmem(bytes, length, forms[i], strlen(forms[i]))) {
            return forms[i];
        }
    }
    return NULL;
}

const char *canary_in(const text *source) {
    return source->length ? canary_find(source->bytes, source->length) : NULL;
}

/* ---- memory ---- */

static sqlite3_mem_methods real;
static atomic_int dirty_blocks;

static void canary_look(void *block) {
    if (block && canary_find(block, (size_t)real.xSize(block))) {
        dirty_blocks++;
    }
}

static void canary_free(void *block) {
    canary_look(block);
    real.xFree(block);
}

/* Cleared: what others have left there, such as libcurl, would be found again. */
static void *canary_new(int size) {
    void *block = real.xMalloc(size);
    if (block) {
        memset(block, 0, (size_t)real.xSize(block));
    }
    return block;
}

/* Always moves, so that what is left behind can be looked at. */
static void *canary_resize(void *block, int size) {
    void *moved = canary_new(size);
    if (moved) {
        int before = real.xSize(block);
        memcpy(moved, block, (size_t)(before < size ? before : size));
        canary_free(block);
    }
    return moved;
}

void canary_watch(void) {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) {
        printf("Bail out! no allocator to watch\n");
        exit(70);
    }
    sqlite3_mem_methods watched = real;
    watched.xMalloc = canary_new;
    watched.xFree = canary_free;
    watched.xRealloc = canary_resize;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &watched) != SQLITE_OK) {
        printf("Bail out! the allocator cannot be watched\n");
        exit(70);
    }
}

int canary_blocks(void) {
    return atomic_exchange(&dirty_blocks, 0);
}
