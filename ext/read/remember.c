/* The rows that a writing statement has read; see remember.h. */
#include "read/remember.h"

typedef struct remembered_row {
    page *content;
    size_t row;
} remembered_row;

static void remember_free_row(void *value) {
    remembered_row *row = value;
    page_release(row->content);
    sqlite3_free(row);
}

void remember_forget(remembered_rows *kept) {
    map_clear(&kept->rows, remember_free_row);
}

void remember_row(remembered_rows *kept, const void *by, const char *address, page *content, size_t row,
                  error *problem) {
    if (kept->by != by) {
        remember_forget(kept);
        kept->by = by;
    }
    if (!by || map_has(&kept->rows, address)) {
        return;
    }
    remembered_row *added = sqlite3_malloc64(sizeof *added);
    if (!added || map_set(&kept->rows, address, added) != SQLITE_OK) {
        sqlite3_free(added);
        error_no_memory(problem);
        return;
    }
    added->content = page_retain(content);
    added->row = row;
}

const page *remember_recall(const remembered_rows *kept, const void *by, const char *address, size_t *row) {
    const remembered_row *found = address && kept->by == by ? map_get(&kept->rows, address) : NULL;
    if (found) {
        *row = found->row;
    }
    return found ? found->content : NULL;
}
