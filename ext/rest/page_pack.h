/*
** Rows of a page as bytes, to be put somewhere else than in memory, and back. As they are: what is still to be done to a text is
** still to be done to it afterwards. The bytes are for the process that has made them.
*/
#ifndef CHAT_PAGE_PACK_H
#define CHAT_PAGE_PACK_H

#include <stddef.h>

#include "base/buffer.h"
#include "rest/page.h"

/*
** Appends a stretch: `count` rows (0 or more) of a list's page, from `first` on. The one from row 0 on has the page's next, too.
** (buffer.h: memory that runs out shows in the buffer.)
*/
void page_pack_rows(const page *source, size_t first, size_t count, buffer *target);

/*
** A page of one stretch's rows, or of several that stand one behind the other, in one piece of memory. NULL: no memory, or these
** are no stretches.
*/
page *page_pack_undo(const char *bytes, size_t length);

#endif
