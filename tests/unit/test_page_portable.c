/* test_page_pieces.c once more, over a reader that goes without vectors, as on processors for which page_bytes.h knows none. */
#define PAGE_BYTES_PORTABLE 1

#include "rest/page_read.c"
#include "rest/page_scan.c"

#include "unit/test_page_pieces.c"
