/*
** Columns that are not simply a field of the row's JSON: the catalogue's makings (catalog.h). They are carried out in the
** JSON itself, before its cells are taken, so that everything behind it (cells, hints, filters, what is shown of a row)
** knows one value only, by our names.
*/
#ifndef CHAT_PAGE_MAKE_H
#define CHAT_PAGE_MAKE_H

#include "base/error.h"
#include "catalog/catalog.h"

/* jansson's; its header is for the files that use it. */
struct json_t;

/* Carries out the makings of a row in that version; row: an object that nobody else has. Problem: SQLITE_NOMEM. */
void page_make_row(const catalog_resource *resource, unsigned version, struct json_t *row, error *problem);

#endif
