/* What a walk is to go over; see walk_plan.h. */
#include "read/walk_plan.h"

#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"

enum { WALK_PLAN_NAME_MAX = 1 << 28 };

void walk_plan_clear(walk_plan *plan) {
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        text_list_clear(&plan->parents[depth]);
        sqlite3_free(plan->parent_query[depth]);
    }
    text_list_clear(&plan->paths);
    text_list_clear(&plan->uppers);
    text_list_clear(&plan->segments);
    text_list_clear(&plan->other_lists);
    sqlite3_free(plan->query);
    sqlite3_free(plan->first_query);
    sqlite3_free(plan->newest_query);
    sqlite3_free(plan->other_query);
    memset(plan, 0, sizeof *plan);
}

/* ---- copies ---- */

static char *walk_plan_text(const char *text, error *problem) {
    char *copy = text ? sqlite3_mprintf("%s", text) : NULL;
    if (text && !copy) {
        error_no_memory(problem);
    }
    return copy;
}

static void walk_plan_list(text_list *target, const text_list *source, error *problem) {
    memset(target, 0, sizeof *target);
    for (size_t i = 0; i < source->count && !error_is_set(problem); i++) {
        text_list_add(target, source->texts[i], problem);
    }
}

void walk_plan_copy(walk_plan *target, const walk_plan *source, error *problem) {
    *target = *source;
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        walk_plan_list(&target->parents[depth], &source->parents[depth], problem);
        target->parent_query[depth] = walk_plan_text(source->parent_query[depth], problem);
    }
    walk_plan_list(&target->paths, &source->paths, problem);
    walk_plan_list(&target->uppers, &source->uppers, problem);
    walk_plan_list(&target->segments, &source->segments, problem);
    walk_plan_list(&target->other_lists, &source->other_lists, problem);
    target->query = walk_plan_text(source->query, problem);
    target->first_query = walk_plan_text(source->first_query, problem);
    target->newest_query = walk_plan_text(source->newest_query, problem);
    target->other_query = walk_plan_text(source->other_query, problem);
    target->order.other_query = NULL; /* walk.c puts other_query there */
}

/* ---- what lists are under ---- */

static bool walk_plan_is_of_service(const walk_plan *lists) {
    return catalog_depth(lists->resource) == 2 && lists->given[0] && lists->parents[0].count == 1 && !lists->given[1] &&
           !lists->nothing_else && lists->uppers.count == 0 && lists->paths.count == 0;
}

bool walk_plan_above(walk_plan *target, const walk_plan *lists, const char *service_sid, error *problem) {
    if (!walk_plan_is_of_service(lists)) {
        return false;
    }
    *target = (walk_plan){.resource = lists->resource->parent, .version = lists->version, .wanted = 0};
    target->given[0] = true;
    target->query = walk_plan_text(lists->parent_query[1], problem);
    text_list_add(&target->parents[0], service_sid, problem);
    return !error_is_set(problem);
}

/* ---- the one list ---- */

bool walk_plan_is_one_list(const walk_plan *plan) {
    int depth = catalog_depth(plan->resource);
    bool listed =
        !plan->by_segment && plan->paths.count == 0 && plan->other_lists.count == 0 && !plan->resource->single;
    if (plan->uppers.count > 0) {
        return listed && plan->uppers.count == 1 && plan->nothing_else && plan->uppers_below == depth - 1;
    }
    return listed && !plan->nothing_else &&
           (depth == 0 || (plan->given[depth - 1] && plan->parents[depth - 1].count == 1));
}

/* Goes down from the address by the one parent of each level that is given. */
static char *walk_plan_descend(const walk_plan *plan, int from, char *address) {
    int depth = catalog_depth(plan->resource);
    const catalog_resource *path[CATALOG_MAX_PARENTS + 1] = {NULL};
    int at = depth;
    for (const catalog_resource *each = plan->resource; each && at >= 0; each = each->parent) {
        path[at--] = each;
    }
    for (int i = from; address && i < depth; i++) {
        bool one = plan->given[i] && plan->parents[i].count == 1;
        char *below = one ? sqlite3_mprintf("%s/%s/%s", address, path[i]->segment, plan->parents[i].texts[0]) : NULL;
        sqlite3_free(address);
        address = below;
    }
    return address;
}

char *walk_plan_address(const walk_plan *plan) {
    if (!walk_plan_is_one_list(plan)) {
        return NULL;
    }
    bool below = plan->uppers.count > 0;
    char *parent = walk_plan_descend(plan, below ? plan->uppers_below + 1 : 0,
                                     sqlite3_mprintf("%s", below ? plan->uppers.texts[0] : ""));
    char *list = parent ? sqlite3_mprintf("%s/%s", parent, plan->resource->segment) : NULL;
    sqlite3_free(parent);
    return list;
}

/* ---- names ---- */

/* Each text has a mark before it, so that no two plans read the same. Addresses and queries hold no line ends. */
static void walk_plan_name_text(buffer *name, char mark, const char *text) {
    char before[] = {'\n', mark};
    if (text) {
        buffer_append(name, before, sizeof before);
        buffer_text(name, text);
    }
}

static void walk_plan_name_list(buffer *name, char mark, const text_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        walk_plan_name_text(name, mark, list->texts[i]);
    }
}

static void walk_plan_name_order(buffer *name, const feed_order *order) {
    char bits = (char)('0' + order->relied + 2 * order->descending + 4 * order->has_lower + 8 * order->has_upper +
                       16 * order->from_newest);
    buffer_append(name, &bits, 1);
    if (order->has_lower) {
        buffer_format(name, " %lld", (sqlite3_int64)order->lower);
    }
    if (order->has_upper) {
        buffer_format(name, " %lld", (sqlite3_int64)order->upper);
    }
}

char *walk_plan_name(const walk_plan *plan, error *problem) {
    buffer name;
    buffer_init(&name, WALK_PLAN_NAME_MAX);
    buffer_text(&name, plan->resource->name);
    char bits[] = {' ', (char)('0' + plan->paths_are_lists + 2 * plan->nothing_else + 4 * plan->by_segment),
                   (char)('0' + plan->uppers_below), (char)('0' + catalog_generation_of(plan->version)->origin)};
    buffer_append(&name, bits, sizeof bits);
    buffer_text(&name, catalog_generation_of(plan->version)->name);
    walk_plan_name_order(&name, &plan->order);
    walk_plan_name_text(&name, 'k', plan->known_service);
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        walk_plan_name_text(&name, (char)('0' + depth), plan->given[depth] ? "" : plan->parent_query[depth]);
        walk_plan_name_list(&name, (char)('a' + depth), &plan->parents[depth]);
    }
    walk_plan_name_list(&name, 'p', &plan->paths);
    walk_plan_name_list(&name, 'u', &plan->uppers);
    walk_plan_name_list(&name, 's', &plan->segments);
    walk_plan_name_text(&name, 'q', plan->query);
    walk_plan_name_list(&name, 'l', &plan->other_lists);
    walk_plan_name_text(&name, 'o', plan->other_query);
    char *text = buffer_take(&name);
    if (!text) {
        error_no_memory(problem);
    }
    return text;
}
