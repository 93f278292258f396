/* Finding the service that something lives in; see locate.h. */
#include "read/locate.h"

#include <string.h>

#include "read/walk.h"

enum { LOCATE_SINGLY_MAX = 4 };

static char *locate_query(const catalog_resource *resource, unsigned version) {
    const char *always = catalog_list_query(resource, version);
    return sqlite3_mprintf("%s%sPageSize=%d", always ? always : "", always ? "&" : "",
                           catalog_page_max(resource, version));
}

/*
** Asks every service for the SID, or, with sid NULL, for its whole list. The rows that come are learnt by the feeds
** that read them.
*/
static void locate_ask(look *view, const catalog_resource *resource, unsigned version, const char *sid,
                       error *problem) {
    walk_plan way;
    memset(&way, 0, sizeof way);
    way.resource = resource;
    way.version = version;
    way.query = locate_query(resource, version);
    way.parent_query[0] = locate_query(catalog_root(resource), version);
    if (sid) {
        way.by_segment = true;
        text_list_add(&way.segments, sid, problem);
    }
    if (!way.query || !way.parent_query[0]) {
        error_no_memory(problem);
    }
    walk *search = walk_open(view, &way, problem);
    step_result result = STEP_BUSY;
    while (search && !error_is_set(problem) && (result == STEP_BUSY || (result == STEP_ROW && !sid))) {
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
    if (known_service(&reading_of(shared)->known, sid)) {
        return known_service(&reading_of(shared)->known, sid);
    }
    look *view = look_open(shared);
    if (!view) {
        error_no_memory(problem);
        return NULL;
    }
    if (++reading_of(shared)->located == LOCATE_SINGLY_MAX) {
        locate_ask(view, resource, version, NULL, problem);
    }
    if (!error_is_set(problem) && !known_service(&reading_of(shared)->known, sid)) {
        locate_ask(view, resource, version, sid, problem);
    }
    look_close(view);
    return error_is_set(problem) ? NULL : known_service(&reading_of(shared)->known, sid);
}
