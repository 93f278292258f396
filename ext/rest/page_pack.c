/*
** Rows of a page as bytes; see page_pack.h. A stretch is
**
**     header | cells: of rows without one, then row after row | where each row's begin, and the last one's end | texts | next
**
** and in a cell stands, in place of a text's address, where it begins among the texts.
*/
#include "rest/page_pack.h"

#include <string.h>

#include "base/sqlite.h"

typedef struct pack_header {
    uint64_t columns;
    uint64_t length; /* of the stretch, in bytes */
    uint32_t column_count, absent, rows, cells;
    uint64_t texts, next; /* in bytes; next: 0: none */
    uint64_t usual, usual_rows;
} pack_header;

/* ---- packing ---- */

static bool pack_has_text(const page_cell *cell) {
    return cell->type == CELL_TEXT || cell->type == CELL_JSON;
}

static uint32_t pack_begin_of(const page *source, size_t row) {
    return source->rows.count ? *page_cells_row(&source->rows, row) : 0;
}

/* Where the next cell goes. *texts: bytes of the texts before it. */
static char *pack_cell(char *target, const page_cell *cell, uint64_t *texts) {
    page_cell moved = *cell;
    if (pack_has_text(cell)) {
        moved.value.integer = (int64_t)*texts;
        *texts += (uint64_t)cell->length + 1;
    }
    memcpy(target, &moved, sizeof moved);
    return target + sizeof moved;
}

/* Its NUL may not be there yet. */
static char *pack_text(char *target, const page_cell *cell) {
    if (!pack_has_text(cell)) {
        return target;
    }
    memcpy(target, cell->value.text, cell->length);
    target[cell->length] = 0;
    return target + cell->length + 1;
}

/* Cells, and how many bytes of texts they have; those of absent columns stand before those of the rows. */
static void pack_cells(const page *source, size_t begin, size_t end, pack_header *header, char *target) {
    for (size_t column = 0; source->absent && column < source->column_count; column++) {
        page_cell cell = source->absent[column];
        cell.column = column & 0xff;
        target = cell.type == CELL_NULL ? target : pack_cell(target, &cell, &header->texts);
    }
    for (size_t i = begin; i < end; i++) {
        target = pack_cell(target, page_cells_cell(&source->cells, i), &header->texts);
    }
}

static void pack_texts(const page *source, size_t begin, size_t end, char *target) {
    for (size_t column = 0; source->absent && column < source->column_count; column++) {
        target = pack_text(target, &source->absent[column]);
    }
    for (size_t i = begin; i < end; i++) {
        target = pack_text(target, page_cells_cell(&source->cells, i));
    }
}

static uint32_t pack_absent(const page *source) {
    uint32_t count = 0;
    for (size_t column = 0; source->absent && column < source->column_count; column++) {
        count += source->absent[column].type != CELL_NULL;
    }
    return count;
}

/* So many of these rows have what is usual: they come first. */
static uint64_t pack_usual_rows(const page *source, size_t first, size_t count) {
    size_t left = source->usual_rows > first ? source->usual_rows - first : 0;
    return left < count ? left : count;
}

void page_pack_rows(const page *source, size_t first, size_t count, buffer *target) {
    size_t start = target->length, begin = pack_begin_of(source, first), end = pack_begin_of(source, first + count);
    pack_header header = {.columns = source->columns,
                          .column_count = (uint32_t)source->column_count,
                          .absent = pack_absent(source),
                          .rows = (uint32_t)count,
                          .cells = (uint32_t)(end - begin),
                          .next = first == 0 && source->next ? strlen(source->next) + 1 : 0,
                          .usual = source->usual,
                          .usual_rows = pack_usual_rows(source, first, count)};
    buffer_append(target, &header, sizeof header);
    char *cells = buffer_extend(target, (header.absent + (end - begin)) * sizeof(page_cell));
    if (cells) {
        pack_cells(source, begin, end, &header, cells);
    }
    for (size_t row = first; row <= first + count; row++) {
        uint32_t place = pack_begin_of(source, row) - (uint32_t)begin;
        buffer_append(target, &place, sizeof place);
    }
    char *texts = buffer_extend(target, (size_t)header.texts);
    if (texts) {
        pack_texts(source, begin, end, texts);
    }
    if (header.next) {
        buffer_append(target, source->next, (size_t)header.next);
    }
    if (target->data) {
        header.length = target->length - start;
        memcpy(target->data + start, &header, sizeof header);
    }
}

/* ---- unpacking ---- */

/* What a page of several stretches has in all. False: they are none. */
static bool pack_sum(const char *bytes, size_t length, pack_header *all) {
    memset(all, 0, sizeof *all);
    for (size_t at = 0; at < length; at += (size_t)all->length) {
        pack_header one;
        if (length - at < sizeof one) {
            return false;
        }
        memcpy(&one, bytes + at, sizeof one);
        if (one.length < sizeof one || one.length > length - at) {
            return false;
        }
        all->columns = one.columns;
        all->column_count = one.column_count;
        all->absent = one.absent;
        all->usual = one.usual;
        all->usual_rows += one.usual_rows;
        all->rows += one.rows;
        all->cells += one.cells;
        all->texts += one.texts;
        all->next += one.next;
        all->length = one.length;
    }
    return length > 0;
}

static size_t pack_blocks(size_t count) {
    return (count + PAGE_BLOCK - 1) / PAGE_BLOCK;
}

/* Takes `size` bytes of the piece. */
static void *pack_take(char **piece, size_t size) {
    void *taken = *piece;
    *piece += size;
    return taken;
}

/* A page without rows in a piece of memory that has room for all; *texts: for its texts and next. */
static page *pack_new(const pack_header *all, char **texts) {
    size_t cell_blocks = pack_blocks(all->cells);
    size_t row_blocks = pack_blocks((size_t)all->rows + 1);
    size_t absent = all->absent ? all->column_count * sizeof(page_cell) : 0, cells = all->cells * sizeof(page_cell);
    size_t blocks = (cell_blocks + row_blocks) * sizeof(char *), rows = ((size_t)all->rows + 1) * sizeof(uint32_t);
    size_t size = sizeof(page) + absent + cells + blocks + rows + all->column_count + all->texts + all->next;
    char *piece = sqlite3_malloc64(size);
    if (!piece) {
        return NULL;
    }
    page *made = pack_take(&piece, sizeof *made);
    *made = (page){.references = 1,
                   .column_count = all->column_count,
                   .bytes = size,
                   .columns = all->columns,
                   .is_one_piece = true,
                   .usual = all->usual,
                   .usual_rows = (size_t)all->usual_rows,
                   .absent = pack_take(&piece, absent)};
    char *cell = pack_take(&piece, cells);
    made->cells = (page_blocks){pack_take(&piece, cell_blocks * sizeof(char *)), cell_blocks, cell_blocks};
    made->rows = (page_blocks){pack_take(&piece, row_blocks * sizeof(char *)), row_blocks, row_blocks};
    char *row = pack_take(&piece, rows);
    for (size_t i = 0; i < cell_blocks; i++) {
        made->cells.blocks[i] = cell + i * PAGE_BLOCK * sizeof(page_cell);
    }
    for (size_t i = 0; i < row_blocks; i++) {
        made->rows.blocks[i] = row + i * PAGE_BLOCK * sizeof(uint32_t);
    }
    made->absent = absent ? made->absent : NULL;
    made->place = pack_take(&piece, all->column_count);
    memset(made->place, 0, all->column_count);
    for (size_t column = 0; made->absent && column < all->column_count; column++) {
        made->absent[column] = (page_cell){.type = CELL_NULL};
    }
    *page_cells_row(&made->rows, 0) = 0;
    *texts = piece;
    return made;
}

static void pack_put_cell(page_cell *cell, const char *bytes, size_t index, char *texts) {
    memcpy(cell, bytes + index * sizeof *cell, sizeof *cell);
    if (pack_has_text(cell)) {
        cell->value.text = texts + cell->value.integer;
    }
}

/* Adds the rows of a stretch; *cells: so many are there. */
static void pack_add(page *made, const pack_header *one, const char *bytes, size_t *cells, char **texts) {
    const char *starts = bytes + ((size_t)one->absent + one->cells) * sizeof(page_cell);
    const char *text = starts + ((size_t)one->rows + 1) * sizeof(uint32_t);
    for (size_t i = 0; i < one->absent; i++) {
        page_cell cell;
        pack_put_cell(&cell, bytes, i, *texts);
        made->absent[cell.column] = cell;
    }
    for (size_t i = 0; i < one->cells; i++) {
        pack_put_cell(page_cells_cell(&made->cells, *cells + i), bytes, one->absent + i, *texts);
    }
    for (size_t row = 1; row <= one->rows; row++) {
        uint32_t start;
        memcpy(&start, starts + row * sizeof start, sizeof start);
        *page_cells_row(&made->rows, made->row_count + row) = (uint32_t)*cells + start;
    }
    memcpy(*texts, text, (size_t)(one->texts + one->next));
    made->next = one->next ? *texts + one->texts : made->next;
    made->row_count += one->rows;
    *cells += one->cells;
    *texts += one->texts + one->next;
}

page *page_pack_undo(const char *bytes, size_t length) {
    pack_header all;
    char *texts = NULL;
    size_t cells = 0;
    page *made = pack_sum(bytes, length, &all) ? pack_new(&all, &texts) : NULL;
    for (size_t at = 0; made && at < length;) {
        pack_header one;
        memcpy(&one, bytes + at, sizeof one);
        pack_add(made, &one, bytes + at + sizeof one, &cells, &texts);
        at += (size_t)one.length;
    }
    return made;
}
