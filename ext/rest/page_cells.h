/*
** What a page is made of: its cells, in blocks, and the bytes that they are about. page.h tells what they mean; whoever uses a page
** goes by its functions.
*/
#ifndef CHAT_PAGE_CELLS_H
#define CHAT_PAGE_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sqlite.h"

/* CELL_REAL: a whole number beyond 64 bits, infinite where it is beyond all reals. */
typedef enum { CELL_NULL, CELL_INTEGER, CELL_TEXT, CELL_JSON, CELL_REAL } page_cell_type;

/* Sixteen bytes: there are many. */
typedef struct page_cell {
    page_cell_type type : 8;
    unsigned column : 8; /* which it is of */
    unsigned raw : 8;    /* page_value.h's: what is still to be done to its text */
    uint32_t length;     /* bytes of a text */
    union {
        int64_t integer;
        double real;
        char *text; /* ends in a NUL, and may hold others; page_text says whether it can be read yet */
    } value;
} page_cell;

/* Things of one size in blocks, so that having more of them never moves or copies those that are there. */
typedef struct page_blocks {
    char **blocks;
    size_t count, capacity; /* of blocks */
} page_blocks;

/* Texts, one behind the other in pieces of memory that are never moved. */
typedef struct page_piece {
    struct page_piece *next;
    char bytes[];
} page_piece;

typedef struct page_texts {
    page_piece *first; /* texts are added to this one */
    size_t used, room; /* bytes of it */
    size_t bytes;      /* memory held */
} page_texts;

/*
** Of a row only the cells are kept that are not NULL, nor the same in all rows, and of the answer only their texts. A text is
** made readable when its cell is read for the first time, in its place.
*/
typedef struct page {
    int references; /* page_release frees it with the last one */
    size_t row_count;
    size_t column_count;
    char *next;        /* the server's next_page_url without its escapes, or NULL on the last page */
    size_t bytes;      /* memory held, for the limit */
    uint64_t columns;  /* those that were wanted of it */
    bool is_one_piece; /* all of it is in the memory that it begins */
    /* The rest is for ext/rest alone. */
    page_texts texts;
    char *owned;          /* bytes that are one text; or NULL */
    page_blocks cells;    /* row after row */
    page_blocks rows;     /* uint32_t: where each row's cells begin, and the last one's end */
    page_cell *absent;    /* for each column, what it is in a row that has no cell of it; NULL: NULL, all of them */
    uint64_t usual;       /* ... columns of which that is so in the first rows alone, NULL in the others ... */
    size_t usual_rows;    /* ... so many */
    unsigned char *place; /* for each column, which of a row's cells it was last */
} page;

enum { PAGE_BLOCK = 1024 }; /* things in a block: a page of version 1 fills one with the places of its rows */

static inline page_cell *page_cells_cell(const page_blocks *cells, size_t index) {
    return (page_cell *)(void *)cells->blocks[index / PAGE_BLOCK] + index % PAGE_BLOCK;
}

static inline uint32_t *page_cells_row(const page_blocks *rows, size_t index) {
    return (uint32_t *)(void *)rows->blocks[index / PAGE_BLOCK] + index % PAGE_BLOCK;
}

/* Makes room for one more thing of a size, of which `index` are there. False: memory ran out. */
static inline bool page_cells_grow(page_blocks *blocks, size_t index, size_t size) {
    if (index / PAGE_BLOCK < blocks->count) {
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
    char *block = sqlite3_malloc64(PAGE_BLOCK * size);
    if (block) {
        blocks->blocks[blocks->count++] = block;
    }
    return block != NULL;
}

/* Gives back what `used` things of a size leave unused. Returns the bytes that are held. */
size_t page_cells_trim(page_blocks *blocks, size_t used, size_t size);

/* Room for a text of so many bytes and the NUL behind, which is set. NULL: memory ran out. */
char *page_cells_add_text(page_texts *texts, size_t length);

/* Frees a page and all that it holds. */
void page_cells_free(page *unused);

#endif
