/*
** Columns that are not simply a field of the row's JSON: the catalogue's makings (catalog.h). They are carried out on the text
** of the fields, so that everything behind it (cells, hints, filters, what is shown of a row) knows one value only, by our names,
** and whatever they leave alone stays as the server wrote it.
*/
#ifndef CHAT_PAGE_MAKE_H
#define CHAT_PAGE_MAKE_H

#include "base/buffer.h"
#include "rest/page_fields.h"
#include "rest/page_scan.h"

/* The fields of a row: for each of page_fields where it stands in the text; kind 0: the row does not have it. */
typedef struct page_row {
    const char *text;
    const page_token *fields;
} page_row;

/*
** Appends the JSON of a column that is made, at its end; false: there is none, the column is NULL. (buffer.h: memory that runs
** out shows in the buffer.)
*/
bool page_make_column(const page_fields *fields, const page_derived *column, const page_row *row, buffer *made);

#endif
