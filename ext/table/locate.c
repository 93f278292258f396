/* Finding the service that something lives in; see locate.h. */
#include "table/locate.h"

#include <string.h>

#include "table/walk.h"

/* Asks every service for the SID. A row that comes is learnt by the feed that reads it. */
static void locate_ask(look *view, const catalog_resource *resource, unsigned version, const char *sid,
                       error *problem) {
    walk_plan way;
    memset(&way, 0, sizeof way);
    way.resource = resource;
    way.version = version;
    way.by_segment = true;
    text_list_add(&way.segments, sid, problem);
    way.parent_query[0] = sqlite3_mprintf("PageSize=%d", catalog_page_max(catalog_root(resource), version));
    walk *search = walk_open(view, &way, problem);
    step_result result = STEP_BUSY;
    while (search && result == STEP_BUSY && !error_is_set(problem)) {
        result = walk_step(search, problem);
        if (result == STEP_BUSY && !error_is_set(problem)) {
            look_wait(view, problem);
        }
    }
    walk_close(search);
    walk_plan_clear(&way);
}

const char *locate_service(connection *shared, const catalog_resource *resource, unsigned version, const char *sid,
                           error *problem) {
    if (!known_service(&shared->known, sid)) {
        look *view = look_open(shared);
        if (!view) {
            error_no_memory(problem);
            return NULL;
        }
        locate_ask(view, resource, version, sid, problem);
        look_close(view);
    }
    return error_is_set(problem) ? NULL : known_service(&shared->known, sid);
}
