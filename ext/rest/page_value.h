/*
** From a value, as it stands in an answer, to a cell of its column's type. A text is not touched before its cell is read
** (page_value_undo): its escapes, its end and a date's form are then undone in its place.
*/
#ifndef CHAT_PAGE_VALUE_H
#define CHAT_PAGE_VALUE_H

#include "catalog/catalog.h"
#include "rest/page_cells.h"
#include "rest/page_scan.h"

/* What is still to be done to the bytes of a text before it can be read. */
enum { PAGE_RAW_END = 1, PAGE_RAW_ESCAPES = 2, PAGE_RAW_TIME = 4 };

/*
** Sets type, length, value and what is still to be done; a text itself is left to the caller. NULL, or in words what is missing
** where the value is none of the column's kind and cannot become one.
*/
const char *page_value_put(page_cell *cell, catalog_kind kind, const char *bytes, const page_token *value);

/* Does what is still to be done to the text of a cell, which begins there. */
void page_value_undo(page_cell *cell, char *text);

/*
** A date in another form than ours whose place is too short for ours: writes ours (iso: CLOCK_TEXT_SIZE bytes). False: it is
** another text.
*/
bool page_value_is_tight(const page_cell *cell, const char *text, char *iso);

#endif
