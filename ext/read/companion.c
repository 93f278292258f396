/* Companions; see companion.h. */
#include "read/companion.h"

#include <stdint.h>
#include <string.h>

#include "base/sqlite.h"

typedef struct companion_kept {
    void (*release)(void *companion);
    int64_t content[]; /* of any type; SQLite aligns to 8 bytes */
} companion_kept;

void *companion_get(map *companions, const char *key, size_t size, void (*release)(void *companion), error *problem) {
    companion_kept *kept = map_get(companions, key);
    if (!kept) {
        kept = sqlite3_malloc64(sizeof *kept + size);
        if (!kept || map_set(companions, key, kept) != SQLITE_OK) {
            sqlite3_free(kept);
            error_no_memory(problem);
            return NULL;
        }
        kept->release = release;
        memset(kept->content, 0, size);
    }
    return kept->content;
}

static void companion_free(void *value) {
    companion_kept *kept = value;
    if (kept->release) {
        kept->release(kept->content);
    }
    sqlite3_free(kept);
}

void companion_clear(map *companions) {
    map_clear(companions, companion_free);
}
