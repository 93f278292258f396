/* The walk down the tree; see walk.h. */
#include "read/walk.h"

#include <string.h>

#include "plan/address.h"
#include "read/walk_early.h"
#include "read/walk_inside.h"

enum { WALK_BESIDE = 2 }; /* lists above its own that are read side by side before it is its turn */

/*
** Twice what may run at once: while rows are being read, the next request is there to take each place that falls free.
** But no more than the MiB that pages may take: a page may be a MiB, and its size is known only when it has come.
*/
static size_t walk_widest(const walk *source) {
    const connection *shared = look_connection(source->view);
    size_t limit = (size_t)settings_integer(&shared->settings, SETTING_MEMORY_LIMIT_MB);
    size_t width = 2 * (size_t)client_concurrency(shared->client);
    width = width < limit ? width : limit;
    return look_is_bound(source->view) ? 1 : width;
}

/* A query with a LIMIT may be content with the first list's rows. */
static size_t walk_first_width(const walk *source) {
    return source->plan.limited ? 1 : walk_widest(source);
}

walk *walk_open(look *view, walk_plan *plan, error *problem) {
    walk *opened = error_is_set(problem) ? NULL : sqlite3_malloc64(sizeof *opened);
    if (!opened) {
        error_no_memory(problem);
        return NULL;
    }
    memset(opened, 0, sizeof *opened);
    opened->view = view;
    opened->plan = *plan;
    memset(plan, 0, sizeof *plan);
    opened->depth = catalog_depth(opened->plan.resource);
    const catalog_resource *each = opened->plan.resource;
    for (int i = opened->depth; i >= 0; i--, each = each->parent) {
        opened->levels[i].resource = each;
        opened->levels[i].width = walk_first_width(opened);
        opened->levels[i].given = i < opened->depth && opened->plan.given[i];
        opened->levels[i].values = i < opened->depth ? &opened->plan.parents[i] : &opened->plan.segments;
    }
    return opened;
}

/* ---- the queue of a level ---- */

static void level_pop(walk *source, level *target) {
    queue_item *item = target->first;
    source->asked += feed_asked(item->source);
    source->asked_own += target == &source->levels[source->depth] ? feed_asked(item->source) : 0;
    target->first = item->next;
    if (!target->first) {
        target->last = NULL;
    }
    target->queued--;
    feed_close(item->source);
    look_put(item->above);
    sqlite3_free(item);
}

static void level_push(level *target, feed *source, error *problem) {
    queue_item *item = source ? sqlite3_malloc64(sizeof *item) : NULL;
    if (!item) {
        feed_close(source);
        error_no_memory(problem);
        return;
    }
    memset(item, 0, sizeof *item);
    item->source = source;
    item->above = target->above ? look_share(target->above) : NULL;
    item->above_row = target->above_row;
    *(target->last ? &target->last->next : &target->first) = item;
    target->last = item;
    target->queued++;
}

void walk_close(walk *target) {
    if (!target) {
        return;
    }
    for (int i = 0; i <= target->depth; i++) {
        level *each = &target->levels[i];
        while (each->first) {
            level_pop(target, each);
        }
        walk_early_close(each);
        look_put(each->above);
        sqlite3_free(each->upper);
        sqlite3_free(each->address);
    }
    walk_plan_clear(&target->plan);
    map_clear(&target->listed, NULL);
    sqlite3_free(target->list_base);
    error_clear(&target->beside);
    sqlite3_free(target);
}

/* ---- opening feeds ---- */

feed *walk_open_feed(walk *source, int depth, const char *base, const char *segment, const char *query, bool urgent,
                     error *problem) {
    feed_target wanted = {.resource = source->levels[depth].resource,
                          .version = source->plan.version,
                          .base = base,
                          .query = query ? query : "",
                          .segment = segment,
                          .known_service = source->plan.known_service,
                          .urgent = urgent,
                          .wanted = -1};
    wanted.purpose = depth == source->depth ? source->plan.purpose : PURPOSE_NONE;
    if (depth == source->depth && !segment) {
        wanted.first_query = query == source->plan.query ? source->plan.first_query : NULL;
        wanted.order = source->plan.order;
        wanted.order.other_query = source->plan.other_query;
        wanted.wanted = source->plan.wanted;
        wanted.patience = source->plan.patience;
    }
    return feed_open(source->view, &wanted, problem);
}

static void walk_push_query(walk *source, int depth, const char *base, const char *segment, const char *query,
                            error *problem) {
    level *target = &source->levels[depth];
    feed *opened = walk_early_take(target, base);
    bool urgent = depth == source->depth && !segment && walk_early_is_urgent(source);
    opened = opened ? opened : walk_open_feed(source, depth, base, segment, query, urgent, problem);
    if (opened) {
        level_push(target, opened, problem);
    }
}

static void walk_push(walk *source, int depth, const char *base, const char *segment, error *problem) {
    bool target = depth == source->depth;
    source->begun += target;
    walk_push_query(source, depth, base, segment, target ? source->plan.query : source->plan.parent_query[depth],
                    problem);
    if (target && !segment && source->plan.other_lists.count > 0) {
        sqlite3_free(source->list_base);
        source->list_base = sqlite3_mprintf("%s", base);
        source->next_list = 0;
        if (!source->list_base) {
            error_no_memory(problem);
        }
    }
}

/* Opens the next of the lists at the place of the last one. False: there is none left. */
static bool walk_push_other(walk *source, error *problem) {
    bool any = source->list_base && source->next_list < source->plan.other_lists.count;
    if (any) {
        walk_push_query(source, source->depth, source->list_base, NULL,
                        source->plan.other_lists.texts[source->next_list++], problem);
        if (!error_is_set(problem)) {
            source->levels[source->depth].last->goes_on = true;
        }
    }
    return any;
}

/* Opens the feed for one whole address. */
static void walk_push_path(walk *source, const char *path, error *problem) {
    if (source->plan.paths_are_lists) {
        walk_push(source, source->depth, path, NULL, problem);
        return;
    }
    const catalog_resource *resource = source->plan.resource;
    const char *segment = resource->single ? path + strlen(path) - strlen(resource->segment) : strrchr(path, '/') + 1;
    char *base = sqlite3_mprintf("%.*s", (int)(segment - 1 - path), path);
    if (base) {
        walk_push(source, source->depth, base, segment, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(base);
}

/* ---- stepping ---- */

static step_result level_step(walk *source, int depth, error *problem);

/* The address that a level stands on; sqlite3_malloc'ed. */
static char *level_address(const walk *source, int depth) {
    const level *each = &source->levels[depth];
    if (each->given) {
        return sqlite3_mprintf("%s", each->address);
    }
    return feed_row_path(each->first->source, feed_row(each->first->source));
}

/* Keeps the page of the row that the level above stands on, if it stands on a listed one. */
static void level_note_above(walk *source, int depth, bool stands) {
    level *target = &source->levels[depth];
    const feed *above = stands && !source->levels[depth - 1].given ? source->levels[depth - 1].first->source : NULL;
    look_put(target->above);
    target->above = above ? look_share(feed_entry(above)) : NULL;
    target->above_row = above ? feed_row(above) : 0;
}

/* Moves `upper` to the next address of the level above. STEP_ROW: it has one. */
static step_result level_next_upper(walk *source, int depth, error *problem) {
    level *target = &source->levels[depth];
    step_result result = STEP_ROW;
    char *upper = NULL;
    if (target->upper_done) {
        return STEP_DONE;
    }
    int last = source->plan.uppers.count > 0 ? source->plan.uppers_below + 1 : source->depth;
    bool stands = false; /* the level above, on a row */
    if (depth == last && source->next_upper < source->plan.uppers.count) {
        upper = sqlite3_mprintf("%s", source->plan.uppers.texts[source->next_upper++]);
    } else if (depth == last && source->plan.nothing_else) {
        target->upper_done = true;
        result = STEP_DONE;
    } else if (depth == 0) {
        upper = sqlite3_mprintf("%s", "");
        target->upper_done = true;
    } else {
        result = level_step(source, depth - 1, problem);
        stands = result == STEP_ROW;
        upper = stands ? level_address(source, depth - 1) : NULL;
        target->upper_done = result == STEP_DONE;
    }
    if (result == STEP_ROW && !upper) {
        error_no_memory(problem);
        return STEP_FAILED;
    }
    if (upper) {
        level_note_above(source, depth, stands);
        sqlite3_free(target->upper);
        target->upper = upper;
        target->next_value = 0;
    }
    return result;
}

/* A given level: each value below each upper address, with no request. */
static step_result level_step_given(walk *source, int depth, error *problem) {
    level *target = &source->levels[depth];
    while (!target->upper || target->next_value >= target->values->count) {
        step_result result = level_next_upper(source, depth, problem);
        if (result != STEP_ROW) {
            return result;
        }
    }
    sqlite3_free(target->address);
    target->address = sqlite3_mprintf("%s/%s/%s", target->upper, target->resource->segment,
                                      target->values->texts[target->next_value++]);
    if (!target->address) {
        error_no_memory(problem);
        return STEP_FAILED;
    }
    return STEP_ROW;
}

/* Opens one feed more at a listed or fetched level. STEP_ROW: done; STEP_DONE: there is none left. */
static step_result level_open_one(walk *source, int depth, error *problem) {
    level *target = &source->levels[depth];
    bool fetched = depth == source->depth && source->plan.by_segment;
    if (depth == source->depth && walk_push_other(source, problem)) {
        return error_is_set(problem) ? STEP_FAILED : STEP_ROW;
    }
    if (depth == source->depth && source->next_path < source->plan.paths.count) {
        walk_push_path(source, source->plan.paths.texts[source->next_path++], problem);
        return error_is_set(problem) ? STEP_FAILED : STEP_ROW;
    }
    bool single = target->resource->single;
    while (!target->upper || !fetched || target->next_value >= target->values->count) {
        step_result result = level_next_upper(source, depth, problem);
        if (result != STEP_ROW) {
            return result;
        }
        if (!fetched) {
            break;
        }
    }
    char *base = sqlite3_mprintf("%s%s%s", target->upper, single ? "" : "/", single ? "" : target->resource->segment);
    if (base) {
        const char *segment = single ? target->resource->segment : NULL;
        walk_push(source, depth, base, fetched ? target->values->texts[target->next_value++] : segment, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(base);
    return error_is_set(problem) ? STEP_FAILED : STEP_ROW;
}

/* Keeps the level's queue filled: `width` feeds, while memory lasts; one always. */
static step_result level_fill(walk *source, int depth, error *problem) {
    const connection *shared = look_connection(source->view);
    level *target = &source->levels[depth];
    step_result result = STEP_ROW;
    while (result == STEP_ROW && !target->all_open && target->queued < target->width &&
           (target->queued == 0 || reading_has_much_room(shared))) {
        result = level_open_one(source, depth, problem);
        target->all_open = result == STEP_DONE;
    }
    return result == STEP_ROW && target->all_open ? STEP_DONE : result;
}

/* Ends the feed being read. Each one that did not satisfy the query doubles the number read side by side. */
static void level_advance(walk *source, level *target) {
    size_t pages = feed_pages(target->first->source);
    if (pages > 0) {
        target->typical = growth_learn(target->typical, pages + 1);
    }
    level_pop(source, target);
    if (target->width < walk_widest(source)) {
        target->width *= 2;
    }
}

/*
** Has another list at the same place given the row? Each list holds rows of one value, so one whose value changes between
** two of them would come with both. (One that changes the other way is in neither: sql/limits.md.)
*/
static bool walk_is_listed(walk *source, queue_item *from, error *problem) {
    if (source->plan.other_lists.count == 0 || !feed_is_list(from->source)) {
        return false;
    }
    if (!from->begun && !from->goes_on) {
        map_clear(&source->listed, NULL);
    }
    from->begun = true;
    const char *key = feed_key(from->source, feed_row(from->source));
    bool listed = map_has(&source->listed, key);
    if (!listed && map_set(&source->listed, key, NULL) != SQLITE_OK) {
        error_no_memory(problem);
    }
    return listed && !error_is_set(problem);
}

static step_result level_step(walk *source, int depth, error *problem) {
    level *target = &source->levels[depth];
    if (target->given) {
        return level_step_given(source, depth, problem);
    }
    for (;;) {
        step_result filled = level_fill(source, depth, problem);
        if (filled == STEP_FAILED || !target->first) {
            return filled;
        }
        step_result result = feed_step(target->first->source, problem);
        if (result == STEP_ROW && depth == source->depth && walk_is_listed(source, target->first, problem)) {
            continue;
        }
        if (result != STEP_DONE) {
            return error_is_set(problem) ? STEP_FAILED : result;
        }
        level_advance(source, target);
    }
}

/* Each may ask ahead in its turn, while there is room for those before it. */
static void level_pump(const walk *source, const level *target, error *problem) {
    const connection *shared = look_connection(source->view);
    growth all = reading_growth(shared, look_page_bytes(source->view), target->typical);
    for (queue_item *item = target->first; item && !error_is_set(problem); item = item->next) {
        if (item != target->first && !growth_allows(&all)) {
            if (growth_lacks_room(&all)) {
                reading_deny_room(shared);
            }
            return;
        }
        feed_pump(item->source, item == target->first, problem);
        feed_count(item->source, &all);
    }
}

void walk_pump(walk *target, error *problem) {
    for (int i = 0; i <= target->depth && !error_is_set(problem); i++) {
        level_pump(target, &target->levels[i], problem);
    }
    walk_early_pump(target, problem);
}

size_t walk_level_growing(const level *target) {
    growth all = growth_of(0, 0, 0, 0);
    for (const queue_item *item = target->first; item; item = item->next) {
        feed_count(item->source, &all);
    }
    return all.growing;
}

/* As many lists of its own. One that could not be begun has been passed by: the walk must not go on as if there were none. */
static void walk_fill_beside(walk *target, size_t queued) {
    level *rows = &target->levels[target->depth];
    size_t width = rows->width;
    rows->width = queued;
    level_fill(target, target->depth, &target->beside);
    rows->width = width;
}

void walk_pump_beside(walk *target, error *problem) {
    const level *rows = &target->levels[target->depth];
    bool begun = rows->first && !rows->given && !target->plan.limited;
    if (begun && !error_is_set(&target->beside)) {
        walk_early_begin(target, &target->beside);
        walk_fill_beside(target, rows->queued - walk_level_growing(rows) + rows->width);
    }
    walk_pump(target, problem);
}

void walk_begin_beside(walk *target, int64_t most, error *problem) {
    const level *rows = &target->levels[target->depth];
    int64_t until = walk_asked(target) + most;
    for (int i = 0; i < target->depth; i++) {
        target->levels[i].width = WALK_BESIDE;
    }
    bool more = true;
    while (more && rows->queued < rows->width && walk_asked(target) < until && !error_is_set(&target->beside)) {
        size_t before = rows->queued;
        walk_fill_beside(target, before + 1);
        more = rows->queued > before;
    }
    if (walk_asked(target) < until) {
        walk_pump(target, problem);
    }
}

void walk_begin_turn(walk *target) {
    for (int i = 0; i <= target->depth; i++) {
        target->levels[i].width = walk_first_width(target);
    }
}

void walk_rest(walk *target) {
    for (int i = 0; i <= target->depth; i++) {
        for (queue_item *item = target->levels[i].first; item; item = item->next) {
            feed_rest(item->source);
        }
        for (queue_item *item = target->levels[i].early; item; item = item->next) {
            feed_rest(item->source);
        }
    }
}

const walk_plan *walk_way(const walk *source) {
    return &source->plan;
}

int64_t walk_asked(const walk *target) {
    int64_t asked = target->asked + walk_early_asked(target);
    for (int i = 0; i <= target->depth; i++) {
        for (const queue_item *item = target->levels[i].first; item; item = item->next) {
            asked += feed_asked(item->source);
        }
    }
    return asked;
}

int64_t walk_asked_own(const walk *target) {
    int64_t asked = target->asked_own + walk_early_asked(target);
    for (const queue_item *item = target->levels[target->depth].first; item; item = item->next) {
        asked += feed_asked(item->source);
    }
    return asked;
}

void walk_hurry(walk *target, int64_t rows) {
    level *lists = &target->levels[target->depth];
    target->plan.wanted = rows;
    lists->width = rows < 0 ? walk_widest(target) : lists->width;
    for (queue_item *item = lists->first; item; item = item->next) {
        feed_want(item->source, target->plan.wanted);
    }
}

void walk_widen(walk *target, int64_t lists) {
    size_t widest = walk_widest(target);
    bool all = lists >= (int64_t)widest;
    for (int i = all ? 0 : target->depth; i <= target->depth; i++) {
        size_t width = all ? widest : (size_t)lists;
        target->levels[i].width = target->levels[i].width < width ? width : target->levels[i].width;
    }
}

step_result walk_step(walk *target, error *problem) {
    if (target->beside.message) {
        error_set(problem, target->beside.rc, "%s", target->beside.message);
    } else if (error_is_set(&target->beside)) {
        error_no_memory(problem);
    }
    if (error_is_set(problem)) {
        return STEP_FAILED;
    }
    return level_step(target, target->depth, problem);
}

feed *walk_feed(walk *target) {
    return target->levels[target->depth].first->source;
}

bool walk_is_at_page_end(const walk *source) {
    const queue_item *item = source->levels[source->depth].first;
    return item && feed_is_at_page_end(item->source);
}

const page *walk_above(const walk *source, const feed *of, size_t *row) {
    const queue_item *item = source->levels[source->depth].first;
    while (item && item->source != of) {
        item = item->next;
    }
    *row = item ? item->above_row : 0;
    return item && item->above ? look_page(item->above) : NULL;
}

/* The row above the next of the lists that are begun. */
static bool walk_next_begun(walk_upper *place) {
    for (place->list = NULL; place->waiting && !place->list; place->waiting = place->waiting->next) {
        const queue_item *item = place->waiting;
        const page *above = item->above ? look_page(item->above) : NULL;
        if (above) {
            place->list = item->source;
            place->content = above;
            place->row = item->above_row;
        }
    }
    return place->list != NULL;
}

bool walk_next_upper(const walk *source, walk_upper *place) {
    if (source->depth == 0) {
        return false;
    }
    if (!place->begun) {
        place->begun = true;
        place->waiting = source->levels[source->depth].first;
        place->item = source->levels[source->depth - 1].first;
    }
    if (walk_next_begun(place)) {
        return true;
    }
    for (; place->item; place->item = place->item->next) {
        page *content = NULL;
        place->upper = place->item->source;
        if (feed_is_list(place->upper) && feed_look_ahead(place->upper, &place->within, &content, &place->row)) {
            place->content = content;
            return true;
        }
        place->within = (feed_place){.begun = false};
    }
    return false;
}

char *walk_upper_address(const walk_upper *place) {
    const char *base = place->list ? feed_base(place->list) : NULL;
    return base ? sqlite3_mprintf("%.*s", (int)(strrchr(base, '/') - base), base)
                : feed_address(place->upper, place->content, place->row);
}

const feed *walk_look_ahead(const walk *source, walk_place *place, bool singles, page **content, size_t *row) {
    if (!place->within.begun) {
        place->item = source->levels[source->depth].first;
    }
    while (place->item) {
        if ((singles || feed_is_list(place->item->source)) &&
            feed_look_ahead(place->item->source, &place->within, content, row)) {
            return place->item->source;
        }
        place->item = place->item->next;
        place->within = (feed_place){.begun = place->item == NULL};
    }
    return NULL;
}
