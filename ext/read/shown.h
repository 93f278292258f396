/*
** What a statement has shown of a row that it is going to write, as one blob: what an UPDATE is measured against.
**
** The blob travels with the row. It is the value of a hidden column, which SQLite reads after all others, carries through
** its own lists (on disk, if they are long) and hands to xUpdate. So nothing is kept here from reading to writing, no
** memory grows with the rows, and no other statement's values can be taken for this one's.
*/
#ifndef CHAT_SHOWN_H
#define CHAT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "rest/page.h"

/* The hidden column's name: nobody but SQLite is to use it. */
#define SHOWN_COLUMN "_shown"

enum { SHOWN_MAX = 0x7fffffff };

/* A value as it was shown. */
typedef struct shown_value {
    page_cell_type type;
    bool asked; /* the statement has asked for it: else it can only know it as a value that it sets */
    int64_t integer;
    double real;      /* of CELL_REAL */
    const char *text; /* of CELL_TEXT and CELL_JSON; in the blob, NUL-terminated */
    size_t length;
} shown_value;

/* Begins a blob in an empty buffer. */
void shown_begin(buffer *blob);

/*
** Adds what a column shows: a cell of a page; NULL: it shows NULL. Columns that are not added are not known. asked: see
** above.
*/
void shown_add(buffer *blob, size_t column, bool asked, const page *holder, const page_cell *cell);

/* The same for a text. */
void shown_add_text(buffer *blob, size_t column, bool asked, const char *text, size_t length);

/* Is this such a blob, whole? Any bytes may be asked about. */
bool shown_is_whole(const void *blob, size_t length);

/* What a column showed, from a blob that is whole, or NULL. False: it is not known. */
bool shown_find(const void *blob, size_t length, size_t column, shown_value *value);

#endif
