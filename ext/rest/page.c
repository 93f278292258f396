/* Pages and their cells; see page.h. How they are made: page_read.c. */
#include "rest/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "rest/page_answer.h"
#include "rest/page_read.h"
#include "rest/page_value.h"

page *page_parse_single(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                        error *problem) {
    page_reader *reader = page_read_begin(resource, version, false, PAGE_COLUMNS_ALL);
    if (reader) {
        page_read_take(reader, body ? body : "", length);
    }
    return page_read_end(reader, problem);
}

/* Copies the server's text as one printable line, cut at a whole UTF-8 character. */
static void page_copy_line(char *target, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    memcpy(target, text, length);
    target[length] = 0;
    utf8_blank_controls(target);
}

/* Is the member a text? What it says goes into message. */
static bool page_take_message(const char *body, size_t length, const char *name, page_problem *problem) {
    buffer text;
    buffer_init(&text, SIZE_MAX / 4);
    bool is_text = page_answer_member(body, length, name, &text) == '"';
    if (is_text) {
        page_copy_line(problem->message, sizeof problem->message, text.data ? text.data : "");
    }
    problem->no_memory = problem->no_memory || text.rc == SQLITE_NOMEM;
    buffer_clear(&text);
    return is_text;
}

/* A whole number within 64 bits; else 0. */
static int64_t page_take_number(const char *body, size_t length, const char *name, page_problem *problem) {
    buffer text;
    buffer_init(&text, SIZE_MAX / 4);
    int64_t number = 0;
    if (page_answer_member(body, length, name, &text) == '0') {
        char *end = NULL;
        errno = 0;
        long long read = strtoll(text.data, &end, 10);
        number = *end == 0 && errno == 0 ? read : 0;
    }
    problem->no_memory = problem->no_memory || text.rc == SQLITE_NOMEM;
    buffer_clear(&text);
    return number;
}

void page_parse_problem(const char *body, size_t length, page_problem *problem) {
    memset(problem, 0, sizeof *problem);
    problem->code = page_take_number(body, length, "code", problem);
    problem->status = page_take_number(body, length, "status", problem);
    if (!page_take_message(body, length, "message", problem)) {
        page_take_message(body, length, "detail", problem); /* RFC 9457, which newer products send */
    }
    if (problem->no_memory) {
        *problem = (page_problem){.no_memory = true};
    }
}

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
    /* No row has a cell of its own: all are what an absent one is. */
    *cell = (page_cell){.type = CELL_TEXT, .length = (uint32_t)length, .value.text = bytes};
    *result = (page){.references = 1,
                     .row_count = 1,
                     .column_count = 1,
                     .absent = cell,
                     .columns = PAGE_COLUMNS_ALL,
                     .owned = bytes,
                     .bytes = sizeof *result + sizeof *cell + length + 1};
    return result;
}

/* The cell that a row has of a column, or NULL. Mostly it is as far behind the row's first as in the row looked at before. */
static page_cell *page_find(const page *source, size_t row, size_t column) {
    size_t first = *page_cells_row(&source->rows, row), end = *page_cells_row(&source->rows, row + 1);
    size_t likely = first + source->place[column];
    if (likely < end && page_cells_cell(&source->cells, likely)->column == column) {
        return page_cells_cell(&source->cells, likely);
    }
    for (size_t i = first; i < end; i++) {
        page_cell *cell = page_cells_cell(&source->cells, i);
        if (cell->column == column) {
            source->place[column] = (unsigned char)(i - first);
            return cell;
        }
    }
    return NULL;
}

static const page_cell page_null = {.type = CELL_NULL};

static bool page_has_absent(const page *source, size_t row, size_t column) {
    return source->absent && (row < source->usual_rows || !(source->usual >> column & 1));
}

const page_cell *page_at(const page *source, size_t row, size_t column) {
    page_cell *cell = source->rows.count ? page_find(source, row, column) : NULL;
    if (cell && cell->raw) {
        page_value_undo(cell, cell->value.text);
    }
    return cell ? cell : page_has_absent(source, row, column) ? &source->absent[column] : &page_null;
}

const char *page_text(const page *source, const page_cell *cell) {
    (void)source;
    return cell->value.text;
}

page *page_retain(page *shared) {
    shared->references++;
    return shared;
}

void page_release(page *shared) {
    if (shared && --shared->references == 0) {
        page_cells_free(shared);
    }
}
