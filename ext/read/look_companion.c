/* What is kept with a look; see look.h. */
#include "base/sqlite.h"
#include "read/companion.h"
#include "read/look.h"
#include "read/look_inside.h"

void *look_companion(look *view, const char *key, size_t size, void (*release)(void *companion), error *problem) {
    return companion_get(&view->companions, key, size, release, problem);
}

void *look_companion_of(look *view, char *key, size_t size, void (*release)(void *companion), error *problem) {
    void *found = key ? look_companion(view, key, size, release, problem) : NULL;
    if (!key) {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return found;
}
