/* Long lists before their turn; see walk_early.h. */
#include "read/walk_early.h"

#include <string.h>

#include "read/route.h"

enum { WALK_EARLY_ROWS = 4096 }; /* of those to come that are looked at */

/* Are whole lists read, each under a row of a list above, and are all of them wanted? The column that counts their rows, or -1. */
static int walk_early_column(const struct walk *source) {
    const walk_plan *way = &source->plan;
    const level *rows = &source->levels[source->depth];
    const catalog_resource *parent = rows->resource->parent;
    bool listed = source->depth > 0 && !rows->given && !source->levels[source->depth - 1].given &&
                  !rows->resource->single && !way->by_segment && way->paths.count == 0 && way->uppers.count == 0 &&
                  way->other_lists.count == 0;
    bool all = !way->limited && way->wanted < 0 && way->patience == 0 && !way->first_query && !way->order.has_lower &&
               !way->order.has_upper;
    int column = listed && all ? catalog_column_index(parent, rows->resource->counted_by) : -1;
    return column >= 0 && (parent->columns[column].versions & way->version) ? column : -1;
}

static bool walk_early_has(const level *target, const char *base) {
    const queue_item *item = target->early;
    while (item && strcmp(feed_base(item->source), base) != 0) {
        item = item->next;
    }
    return item != NULL;
}

static void walk_early_open(struct walk *source, const char *base, error *problem) {
    level *target = &source->levels[source->depth];
    queue_item *item = sqlite3_malloc64(sizeof *item);
    feed *opened = item ? walk_open_feed(source, source->depth, base, NULL, source->plan.query, true, problem) : NULL;
    if (!item) {
        error_no_memory(problem);
    }
    if (!opened) {
        sqlite3_free(item);
        return;
    }
    *item = (queue_item){.source = opened, .next = target->early};
    target->early = item;
    target->early_count++;
}

static bool walk_early_is_long(const struct walk *source, const page *content, size_t row, int column) {
    const page_cell *count = page_at(content, row, (size_t)column);
    int64_t size = route_size(source->plan.query);
    return count->type == CELL_INTEGER && count->value.integer > (WALK_EARLY_PAGES - 1) * size;
}

bool walk_early_is_urgent(const struct walk *source) {
    const look_entry *above = source->levels[source->depth].above;
    int column = above && look_page(above) ? walk_early_column(source) : -1;
    return column >= 0 && walk_early_is_long(source, look_page(above), source->levels[source->depth].above_row, column);
}

/* A quarter of those side by side, of which there are no more than memory has MiB: what has not come has no size yet. */
static bool walk_early_may(const struct walk *source) {
    const level *target = &source->levels[source->depth];
    return target->early_count < target->width / WALK_EARLY_PART &&
           reading_has_spare_room(look_connection(source->view));
}

/* The list under a row of the level above. */
static void walk_early_consider(struct walk *source, const feed *above, const page *content, size_t row,
                                error *problem) {
    const level *target = &source->levels[source->depth];
    char *upper = feed_address(above, content, row);
    char *base = upper ? sqlite3_mprintf("%s/%s", upper, target->resource->segment) : NULL;
    if (!base) {
        error_no_memory(problem);
    } else if (!walk_early_has(target, base)) {
        walk_early_open(source, base, problem);
    }
    sqlite3_free(upper);
    sqlite3_free(base);
}

void walk_early_begin(struct walk *source, error *problem) {
    int column = walk_early_column(source);
    size_t rows = 0;
    for (queue_item *item = column >= 0 ? source->levels[source->depth - 1].first : NULL;
         item && rows < WALK_EARLY_ROWS; item = item->next) {
        feed_place place = {.begun = false};
        page *content = NULL;
        size_t row = 0;
        while (rows++ < WALK_EARLY_ROWS && !error_is_set(problem) && feed_is_list(item->source) &&
               feed_look_ahead(item->source, &place, &content, &row)) {
            if (walk_early_is_long(source, content, row, column) && walk_early_may(source)) {
                walk_early_consider(source, item->source, content, row, problem);
            }
        }
    }
}

feed *walk_early_take(level *target, const char *base) {
    queue_item **link = &target->early;
    while (*link && strcmp(feed_base((*link)->source), base) != 0) {
        link = &(*link)->next;
    }
    queue_item *item = *link;
    if (!item) {
        return NULL;
    }
    feed *taken = item->source;
    *link = item->next;
    target->early_count--;
    sqlite3_free(item);
    return taken;
}

void walk_early_pump(const struct walk *source, error *problem) {
    const connection *shared = look_connection(source->view);
    for (queue_item *item = source->levels[source->depth].early; item && !error_is_set(problem); item = item->next) {
        if (!reading_has_spare_room(shared)) {
            return;
        }
        feed_pump(item->source, false, problem);
    }
}

int64_t walk_early_asked(const struct walk *source) {
    int64_t asked = 0;
    for (const queue_item *item = source->levels[source->depth].early; item; item = item->next) {
        asked += feed_asked(item->source);
    }
    return asked;
}

void walk_early_close(level *target) {
    while (target->early) {
        queue_item *item = target->early;
        target->early = item->next;
        feed_close(item->source);
        sqlite3_free(item);
    }
    target->early_count = 0;
}
