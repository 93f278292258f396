/* What a page is made of; see page_cells.h. */
#include "rest/page_cells.h"

size_t page_cells_trim(page_blocks *blocks, size_t used, size_t size) {
    size_t bytes = used * size, whole = used / PAGE_BLOCK, rest = used % PAGE_BLOCK * size;
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

/*
** Pieces grow with the page, since most pages are short. A text that is long for them has a piece of its own,
** behind the first, whose rest stays in use.
*/
static bool page_cells_add_piece(page_texts *texts, size_t needed) {
    enum { PIECE_FIRST = 512, PIECE_MAX = 16 * 1024 };
    size_t twice = 2 * texts->room, usual = twice < PIECE_FIRST ? PIECE_FIRST : twice < PIECE_MAX ? twice : PIECE_MAX;
    bool alone = texts->first && needed > usual / 4;
    size_t room = alone || needed > usual ? needed : usual;
    page_piece *piece = sqlite3_malloc64(sizeof *piece + room);
    if (!piece) {
        return false;
    }
    texts->bytes += sizeof *piece + room;
    if (alone) {
        piece->next = texts->first->next;
        texts->first->next = piece;
    } else {
        *piece = (page_piece){.next = texts->first};
        texts->first = piece;
        texts->room = room;
        texts->used = 0;
    }
    return true;
}

char *page_cells_add_text(page_texts *texts, size_t length) {
    size_t needed = length + 1;
    bool fits = texts->room - texts->used >= needed;
    if (!fits && !page_cells_add_piece(texts, needed)) {
        return NULL;
    }
    bool here = texts->room - texts->used >= needed;
    char *text = here ? texts->first->bytes + texts->used : texts->first->next->bytes;
    texts->used += here ? needed : 0;
    text[length] = 0;
    return text;
}

static void page_cells_free_texts(page_texts *texts) {
    while (texts->first) {
        page_piece *next = texts->first->next;
        sqlite3_free(texts->first);
        texts->first = next;
    }
}

static void page_cells_free_blocks(page_blocks *blocks) {
    while (blocks->count > 0) {
        sqlite3_free(blocks->blocks[--blocks->count]);
    }
    sqlite3_free(blocks->blocks);
}

static void page_cells_free_parts(page *unused) {
    page_cells_free_blocks(&unused->cells);
    page_cells_free_blocks(&unused->rows);
    sqlite3_free(unused->absent);
    sqlite3_free(unused->place);
    page_cells_free_texts(&unused->texts);
    sqlite3_free(unused->owned);
    sqlite3_free(unused->next);
}

void page_cells_free(page *unused) {
    if (!unused->is_one_piece) {
        page_cells_free_parts(unused);
    }
    sqlite3_free(unused);
}
