/* What lies before a walk, as far as it has come; see walk_sight.h. */
#include "read/walk_sight.h"

#include <string.h>

#include "plan/address.h"
#include "read/walk_inside.h"

/* Rows that have come in the level's lists, and have not been gone into. */
static int64_t level_rows_to_come(const level *each) {
    int64_t count = 0;
    for (const queue_item *item = each->first; item; item = item->next) {
        feed_place place = {.begun = false};
        page *content;
        size_t row;
        while (feed_is_list(item->source) && feed_look_ahead(item->source, &place, &content, &row)) {
            count++;
        }
    }
    return count;
}

static int64_t walk_to_come(const walk *source, bool rows) {
    int64_t count = (int64_t)(source->plan.paths.count - source->next_path) +
                    (int64_t)(source->plan.uppers.count - source->next_upper);
    for (int i = 0; i <= source->depth; i++) {
        const level *each = &source->levels[i];
        count += each->upper ? (int64_t)(each->values->count - each->next_value) : 0;
        count += i < source->depth || rows ? level_rows_to_come(each) : 0;
    }
    return count;
}

int64_t walk_sight_requests(const walk *source, bool rows) {
    return source->plan.limited ? 0 : walk_to_come(source, rows);
}

int64_t walk_sight_lists(const walk *source) {
    return walk_to_come(source, false);
}

int64_t walk_sight_begun(const walk *source) {
    return source->begun;
}

/* Are there addresses at a level whose lists have not been asked for? */
static bool level_has_more(const level *each) {
    bool given = each->given && each->upper && each->next_value < each->values->count;
    return given || level_rows_to_come(each) > 0;
}

bool walk_sight_goes_on(const walk *source) {
    bool more = source->depth > 1 && source->next_upper < source->plan.uppers.count &&
                source->plan.uppers_below < source->depth - 1;
    for (int i = 0; i < source->depth; i++) {
        const level *each = &source->levels[i];
        more = more || walk_level_growing(each) > 0 || (i < source->depth - 1 && level_has_more(each));
    }
    return more;
}

/* ---- services to come ---- */

/* That of an address, unless it is the one given. */
static char *walk_service_beside(const char *address, const char *sid) {
    address_part root = address_root(address);
    bool same = root.text && root.length == strlen(sid) && memcmp(root.text, sid, root.length) == 0;
    return root.text && !same ? sqlite3_mprintf("%.*s", (int)root.length, root.text) : NULL;
}

/* ... of the lists of a level that are being read or wait for their turn. */
static char *level_service_beside(const level *each, const char *sid) {
    char *found = NULL;
    for (const queue_item *item = each->first; item && !found; item = item->next) {
        found = walk_service_beside(feed_base(item->source), sid);
    }
    return found;
}

/* ... of the services that have come, and have not been gone into. */
static char *level_service_to_come(const level *services, const char *sid) {
    char *found = NULL;
    for (const queue_item *item = services->first; item && !found; item = item->next) {
        feed_place place = {.begun = false};
        page *content;
        size_t row;
        while (!found && feed_is_list(item->source) && feed_look_ahead(item->source, &place, &content, &row)) {
            char *address = feed_address(item->source, content, row);
            found = address ? walk_service_beside(address, sid) : NULL;
            sqlite3_free(address);
        }
    }
    return found;
}

static char *level_service_given(const level *services, const char *sid) {
    size_t next = services->given && services->upper ? services->next_value : services->values->count;
    while (next < services->values->count && strcmp(services->values->texts[next], sid) == 0) {
        next++;
    }
    return next < services->values->count ? sqlite3_mprintf("%s", services->values->texts[next]) : NULL;
}

char *walk_sight_service(const walk *source, const char *sid) {
    char *found = NULL;
    for (int i = source->plan.limited ? 0 : source->depth; i > 0 && !found; i--) {
        found = level_service_beside(&source->levels[i], sid);
    }
    if (!found && source->depth > 0 && !source->plan.limited) {
        const level *services = &source->levels[0];
        found = services->given ? level_service_given(services, sid) : level_service_to_come(services, sid);
    }
    return found;
}

const feed *walk_sight_list(const walk *source, size_t number) {
    const queue_item *item = source->depth > 0 ? source->levels[1].first : NULL;
    for (; item && number > 0; number--) {
        item = item->next;
    }
    return item ? item->source : NULL;
}
