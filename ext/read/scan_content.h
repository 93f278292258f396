/*
** The contents of a scan's rows (content.h): that of the row it stands on, and ahead of it those of rows to come, of its own
** and of those that are mentioned (scan_mentioned.h), with the bounds of hydrate.h and as far as memory_limit_mb lets them.
*/
#ifndef CHAT_SCAN_CONTENT_H
#define CHAT_SCAN_CONTENT_H

#include <stddef.h>

#include "base/error.h"
#include "read/scan_inside.h"
#include "rest/page.h"

/* Does what a waiting scan does meanwhile. */
typedef void scan_content_waiting(scan *target, error *problem);

/* The content of the row, waited for; NULL: the row is gone, or a problem. */
const page_cell *scan_content_cell(scan *target, size_t column, scan_content_waiting *waiting, const page **holder,
                                   error *problem);

#endif
