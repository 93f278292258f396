/* What is kept with a look under a key that is made for it; see look.h. */
#include "base/sqlite.h"
#include "read/look.h"

void *look_companion_of(look *view, char *key, size_t size, void (*release)(void *companion), error *problem) {
    void *found = key ? look_companion(view, key, size, release, problem) : NULL;
    if (!key) {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return found;
}
