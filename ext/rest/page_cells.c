/* What a page is made of; see page_cells.h. */
#include "rest/page_cells.h"

void page_cells_free(page *unused) {
    page_cells_free_blocks(&unused->cells);
    page_cells_free_blocks(&unused->rows);
    sqlite3_free(unused->absent);
    sqlite3_free(unused->place);
    sqlite3_free(unused->arena);
    sqlite3_free(unused->more);
    sqlite3_free(unused->next);
    sqlite3_free(unused);
}
