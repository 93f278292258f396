/*
** The bytes of an answer to a page, as page.h tells of it, while they come: what has been read of them is kept as
** cells, and of the bytes themselves no more than the row that is coming.
**
**     page_reader *reader = page_read_begin(resource, version, true, PAGE_COLUMNS_ALL);
**     while (bytes come) page_read_take(reader, bytes, length);
**     page *made = page_read_end(reader, &problem);
*/
#ifndef CHAT_PAGE_READ_H
#define CHAT_PAGE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/page_cells.h"

typedef struct page_reader page_reader;

/* All columns, for page_read_begin. */
#define PAGE_COLUMNS_ALL UINT64_MAX

/*
** For a page of a list, or of a single resource. columns: a bit for each that is wanted; what the others hold is
** not looked at, if it is JSON, and they read NULL. NULL: memory ran out.
*/
page_reader *page_read_begin(const catalog_resource *resource, unsigned version, bool list, uint64_t columns);

/* Takes the bytes that come next (any bytes; borrowed). What is wrong with them, or memory that runs out, shows at the end. */
void page_read_take(page_reader *reader, const char *bytes, size_t length);

/*
** The next_page_url that has been read so far, as the server wrote it but for escapes; NULL: none yet. It is the
** page's own where nothing follows that takes it back: whoever goes by it must be ready for another one at the end.
*/
const char *page_read_next(const page_reader *reader);

/* Bytes of memory that are held. */
size_t page_read_bytes(const page_reader *reader);

/* No more bytes come: the page, or NULL with the reason in problem. The reader is freed. NULL: memory ran out over it. */
page *page_read_end(page_reader *reader, error *problem);

/* Accepts NULL. */
void page_read_free(page_reader *reader);

#endif
