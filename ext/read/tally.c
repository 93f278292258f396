/* Counts by name; see tally.h. */
#include "read/tally.h"

#include "base/sqlite.h"

typedef struct tally_count {
    int64_t count;
} tally_count;

void tally_add(map *tally, const char *name) {
    tally_count *kept = map_get(tally, name);
    if (!kept) {
        kept = sqlite3_malloc64(sizeof *kept);
        if (!kept || map_set(tally, name, kept) != SQLITE_OK) {
            sqlite3_free(kept);
            return;
        }
        kept->count = 0;
    }
    kept->count++;
}

int64_t tally_of(const map *tally, const char *name) {
    const tally_count *kept = map_get(tally, name);
    return kept ? kept->count : 0;
}
