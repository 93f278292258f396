/* What a statement has shown of a row; see shown.h. */
#include "read/shown.h"

#include <string.h>

/*
** The mark, then for each column: its number, its type and whether it was asked for (a byte each), eight bytes (the
** number, or the length of the text), the text and a NUL. It never leaves this process, so numbers stand as the machine
** has them.
*/
static const char shown_mark[] = {'s', 'h', 'o', 'w'};

enum { SHOWN_NUMBER = 3, SHOWN_HEAD = SHOWN_NUMBER + sizeof(int64_t) };

void shown_begin(buffer *blob) {
    buffer_append(blob, shown_mark, sizeof shown_mark);
}

static void shown_add_head(buffer *blob, size_t column, bool asked, page_cell_type type, const void *number) {
    char head[SHOWN_HEAD] = {(char)column, (char)type, (char)asked};
    memcpy(head + SHOWN_NUMBER, number, sizeof(int64_t));
    buffer_append(blob, head, sizeof head);
}

static void shown_add_bytes(buffer *blob, size_t column, bool asked, page_cell_type type, const char *text,
                            size_t length) {
    int64_t count = (int64_t)length;
    shown_add_head(blob, column, asked, type, &count);
    buffer_append(blob, text, length);
    buffer_append(blob, "", 1);
}

void shown_add(buffer *blob, size_t column, bool asked, const page *holder, const page_cell *cell) {
    int64_t nothing = 0;
    switch (cell ? cell->type : CELL_NULL) {
    case CELL_NULL:
        shown_add_head(blob, column, asked, CELL_NULL, &nothing);
        break;
    case CELL_INTEGER:
        shown_add_head(blob, column, asked, CELL_INTEGER, &cell->value.integer);
        break;
    case CELL_REAL:
        shown_add_head(blob, column, asked, CELL_REAL, &cell->value.real);
        break;
    case CELL_TEXT:
    case CELL_JSON:
        shown_add_bytes(blob, column, asked, cell->type, page_text(holder, cell), cell->length);
        break;
    }
}

void shown_add_text(buffer *blob, size_t column, bool asked, const char *text, size_t length) {
    shown_add_bytes(blob, column, asked, CELL_TEXT, text, length);
}

/* Reads the value at a place and moves the place behind it. False: there is none, or not a whole one. */
static bool shown_read(const char *bytes, size_t length, size_t *at, size_t *column, shown_value *value) {
    size_t left = length - *at;
    memset(value, 0, sizeof *value);
    if (left < SHOWN_HEAD || (unsigned char)bytes[*at + 1] > CELL_REAL) {
        return false;
    }
    *column = (unsigned char)bytes[*at];
    value->type = (page_cell_type)bytes[*at + 1];
    value->asked = bytes[*at + 2] != 0;
    memcpy(&value->integer, bytes + *at + SHOWN_NUMBER, sizeof value->integer);
    memcpy(&value->real, bytes + *at + SHOWN_NUMBER, sizeof value->real);
    *at += SHOWN_HEAD;
    if (value->type == CELL_TEXT || value->type == CELL_JSON) {
        value->text = bytes + *at;
        value->length = (size_t)value->integer;
        if (value->integer < 0 || value->length >= left - SHOWN_HEAD || value->text[value->length]) {
            return false;
        }
        *at += value->length + 1;
    }
    return true;
}

bool shown_is_whole(const void *blob, size_t length) {
    size_t at = sizeof shown_mark, column;
    shown_value value;
    if (!blob || length < sizeof shown_mark || memcmp(blob, shown_mark, sizeof shown_mark) != 0) {
        return false;
    }
    while (at < length) {
        if (!shown_read(blob, length, &at, &column, &value)) {
            return false;
        }
    }
    return true;
}

bool shown_find(const void *blob, size_t length, size_t column, shown_value *value) {
    size_t at = sizeof shown_mark, found;
    while (blob && at < length && shown_read(blob, length, &at, &found, value)) {
        if (found == column) {
            return true;
        }
    }
    return false;
}
