/* The blocks that a page keeps its cells and rows in; see page.h. */
#ifndef CHAT_PAGE_BLOCKS_H
#define CHAT_PAGE_BLOCKS_H

#include <stdint.h>

#include "base/sqlite.h"
#include "rest/page.h"

enum { PAGE_BLOCK = 16 * 1024, PAGE_BLOCK_CELLS = PAGE_BLOCK / 16, PAGE_BLOCK_ROWS = PAGE_BLOCK / 4 };

/* An offset with it is one in `more`. */
#define PAGE_IN_MORE (UINT64_C(1) << 63)

static inline page_cell *page_blocks_cell(const page_blocks *cells, size_t index) {
    return (page_cell *)(void *)cells->blocks[index / PAGE_BLOCK_CELLS] + index % PAGE_BLOCK_CELLS;
}

static inline uint32_t *page_blocks_row(const page_blocks *rows, size_t index) {
    return (uint32_t *)(void *)rows->blocks[index / PAGE_BLOCK_ROWS] + index % PAGE_BLOCK_ROWS;
}

/* Makes room for one more thing, of which a block holds per_block and `index` are there. False: memory ran out. */
static inline bool page_blocks_grow(page_blocks *blocks, size_t index, size_t per_block) {
    if (index / per_block < blocks->count) {
        return true;
    }
    if (blocks->count == blocks->capacity) {
        size_t capacity = blocks->capacity ? 2 * blocks->capacity : 1;
        char **more = sqlite3_realloc64(blocks->blocks, capacity * sizeof *more);
        if (!more) {
            return false;
        }
        blocks->blocks = more;
        blocks->capacity = capacity;
    }
    char *block = sqlite3_malloc64(PAGE_BLOCK);
    if (block) {
        blocks->blocks[blocks->count++] = block;
    }
    return block != NULL;
}

/* Gives back what `used` things of a size leave unused. Returns the bytes that are held. */
static inline size_t page_blocks_trim(page_blocks *blocks, size_t used, size_t size) {
    size_t bytes = used * size, whole = bytes / PAGE_BLOCK, rest = bytes % PAGE_BLOCK;
    size_t keep = whole + (rest > 0);
    while (blocks->count > keep) {
        sqlite3_free(blocks->blocks[--blocks->count]);
    }
    char *shorter = rest > 0 ? sqlite3_realloc64(blocks->blocks[whole], rest) : NULL;
    if (shorter) {
        blocks->blocks[whole] = shorter;
    }
    return bytes + blocks->capacity * sizeof *blocks->blocks;
}

static inline void page_blocks_free(page_blocks *blocks) {
    while (blocks->count > 0) {
        sqlite3_free(blocks->blocks[--blocks->count]);
    }
    sqlite3_free(blocks->blocks);
}

#endif
