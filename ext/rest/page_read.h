/* The bytes of an answer to a page, as page.h tells of it. */
#ifndef CHAT_PAGE_READ_H
#define CHAT_PAGE_READ_H

#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/page_cells.h"

/*
** A page of a list, or of a single resource. bytes: length of them, from sqlite3_malloc, with a NUL behind; taken over also when
** NULL comes back, with the reason in problem. NULL: memory ran out over them.
*/
page *page_read_list(const catalog_resource *resource, unsigned version, char *bytes, size_t length, error *problem);
page *page_read_single(const catalog_resource *resource, unsigned version, char *bytes, size_t length, error *problem);

#endif
