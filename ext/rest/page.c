/* Pages and their cells; see page.h. How they are made: page_read.c. */
#include "rest/page.h"

#include <string.h>

#include "base/sqlite.h"
#include "rest/page_blocks.h"
#include "rest/page_value.h"

page *page_of_bytes(char *bytes, size_t length) {
    page *result = sqlite3_malloc64(sizeof *result);
    page_cell *cell = sqlite3_malloc64(sizeof *cell);
    if (!result || !cell) {
        sqlite3_free(result);
        sqlite3_free(cell);
        sqlite3_free(bytes);
        return NULL;
    }
    char *exact = sqlite3_realloc64(bytes, length + 1);
    bytes = exact ? exact : bytes;
    memset(cell, 0, sizeof *cell);
    cell->type = CELL_TEXT;
    cell->length = (uint32_t)length;
    /* No row has a cell of its own: all are what an absent one is. */
    *result = (page){.references = 1,
                     .row_count = 1,
                     .column_count = 1,
                     .absent = cell,
                     .arena = bytes,
                     .bytes = sizeof *result + sizeof *cell + length + 1};
    return result;
}

/* The bytes of a cell's text. */
static char *page_bytes_of(const page *source, const page_cell *cell) {
    uint64_t offset = cell->value.offset;
    return offset & PAGE_IN_MORE ? source->more + (size_t)(offset & ~PAGE_IN_MORE) : source->arena + (size_t)offset;
}

/* The cell that a row has of a column, or NULL. Mostly it is as far behind the row's first as in the row looked at before. */
static page_cell *page_find(const page *source, size_t row, size_t column) {
    size_t first = *page_blocks_row(&source->rows, row), end = *page_blocks_row(&source->rows, row + 1);
    size_t likely = first + source->place[column];
    if (likely < end && page_blocks_cell(&source->cells, likely)->column == column) {
        return page_blocks_cell(&source->cells, likely);
    }
    for (size_t i = first; i < end; i++) {
        page_cell *cell = page_blocks_cell(&source->cells, i);
        if (cell->column == column) {
            source->place[column] = (unsigned char)(i - first);
            return cell;
        }
    }
    return NULL;
}

static const page_cell page_null = {.type = CELL_NULL};

const page_cell *page_at(const page *source, size_t row, size_t column) {
    page_cell *cell = source->rows.count ? page_find(source, row, column) : NULL;
    if (cell && cell->raw) {
        page_value_undo(cell, page_bytes_of(source, cell));
    }
    return cell ? cell : source->absent ? &source->absent[column] : &page_null;
}

const char *page_text(const page *source, const page_cell *cell) {
    return page_bytes_of(source, cell);
}

page *page_retain(page *shared) {
    shared->references++;
    return shared;
}

void page_release(page *shared) {
    if (shared && --shared->references == 0) {
        page_blocks_free(&shared->cells);
        page_blocks_free(&shared->rows);
        sqlite3_free(shared->absent);
        sqlite3_free(shared->place);
        sqlite3_free(shared->arena);
        sqlite3_free(shared->more);
        sqlite3_free(shared->next);
        sqlite3_free(shared);
    }
}
