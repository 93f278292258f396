/* Where a scan of a recalled list looks; see recall_sight.h. */
#include "read/recall_sight.h"

#include <string.h>

void recall_sight_clear(recall_sight *sight) {
    page_release(sight->rows);
    memset(sight, 0, sizeof *sight);
}

bool recall_sight_at(recall_sight *sight, look_entry *entry, size_t row, size_t *at, error *problem) {
    bool here = sight->entry == entry && row >= sight->first && row - sight->first < sight->rows->row_count;
    if (!here && !error_is_set(problem)) {
        recall_sight_clear(sight);
        sight->rows = look_rows(entry, row, &sight->first, problem);
        sight->entry = sight->rows ? entry : NULL;
    }
    *at = row - sight->first;
    return sight->entry != NULL && !error_is_set(problem);
}
