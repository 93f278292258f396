/* What a page is made of; see page_cells.h. */
#include "rest/page_cells.h"

size_t page_cells_trim(page_blocks *blocks, size_t used, size_t size) {
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

static void page_cells_free_blocks(page_blocks *blocks) {
    while (blocks->count > 0) {
        sqlite3_free(blocks->blocks[--blocks->count]);
    }
    sqlite3_free(blocks->blocks);
}

void page_cells_free(page *unused) {
    page_cells_free_blocks(&unused->cells);
    page_cells_free_blocks(&unused->rows);
    sqlite3_free(unused->absent);
    sqlite3_free(unused->place);
    sqlite3_free(unused->arena);
    sqlite3_free(unused->more);
    sqlite3_free(unused->next);
    sqlite3_free(unused);
}
