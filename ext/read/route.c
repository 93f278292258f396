/* The route: what the walk is to do; see route.h. */
#include "read/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "plan/route_values.h"
#include "plan/sendable.h"
#include "rest/url.h"

/* One row alone does not show whether the server has kept the order that it was asked for. */
enum { ROUTE_ORDERED_MIN = 2 };
enum { ROUTE_QUERY_MAX = 1024 * 1024, ROUTE_FILTER_MAX = 6000 /* bytes of a URL that filters may take */ };

/* Moves a list of texts. */
static void route_move(text_list *target, text_list *source) {
    text_list_clear(target);
    *target = *source;
    memset(source, 0, sizeof *source);
}

static bool route_can_fetch(const route_source *source) {
    return (source->resource->fetch & source->version) != 0;
}

/* ---- queries of lists ---- */

static int route_page_size(const route_source *source, const catalog_resource *resource) {
    int most = catalog_page_max(resource, source->version);
    return source->page_size > 0 && source->page_size < most ? source->page_size : most;
}

static void route_separate(buffer *query) {
    if (query->length > 0) {
        buffer_text(query, "&");
    }
}

static void route_append_value(const catalog_filter *filter, const char *value, buffer *query, error *problem) {
    char *escaped = error_is_set(problem) ? NULL : url_escape(value, strlen(value), problem);
    if (escaped) {
        route_separate(query);
        buffer_format(query, "%s=%s", filter->parameter, escaped);
    }
    sqlite3_free(escaped);
}

/* The first or the last second of the day with which a bound begins. */
static void route_append_day(const catalog_filter *filter, const text_list *bound, buffer *query, error *problem) {
    char instant[SENDABLE_DAY_LENGTH + sizeof "T00:00:00Z"];
    sqlite3_snprintf((int)sizeof instant, instant, "%.*s%s", SENDABLE_DAY_LENGTH, bound->texts[0],
                     filter->comparison == FILTER_FROM ? "T00:00:00Z" : "T23:59:59Z");
    route_append_value(filter, instant, query, problem);
}

static char *route_take_query(buffer *query, error *problem) {
    char *text = buffer_take(query);
    if (!text) {
        error_no_memory(problem);
    }
    return text;
}

/* The query of a list above the target's: no filter, everything. */
static char *route_parent_query(const route_source *source, const catalog_resource *resource, error *problem) {
    buffer query;
    buffer_init(&query, ROUTE_QUERY_MAX);
    const char *always = catalog_list_query(resource, source->version);
    if (always) {
        buffer_text(&query, always);
        route_separate(&query);
    }
    buffer_format(&query, "PageSize=%d", route_page_size(source, resource));
    return route_take_query(&query, problem);
}

static bool route_has_values(const slot_values *values) {
    return values->usable && values->texts.count > 0;
}

/* A URL has its limits: a filter of very many values is left to SQLite. */
static bool route_filter_fits(const slot_values *values) {
    size_t length = 0;
    for (size_t i = 0; i < values->texts.count; i++) {
        length += 3 * strlen(values->texts.texts[i]) + 20;
    }
    return route_has_values(values) && length < ROUTE_FILTER_MAX;
}

/* Appends what a filter sends, if anything. number: of the list, where a filter takes one value at a time. */
static bool route_append_filter(const route_values *values, const catalog_filter *filter, const slot_values *given,
                                size_t number, buffer *query, error *problem) {
    const text_list *bound = filter->comparison == FILTER_FROM ? &values->since : &values->until;
    if (filter->comparison != FILTER_EQUAL) {
        if (bound->count > 0) {
            route_append_day(filter, bound, query, problem);
        }
        return bound->count > 0;
    }
    if (filter->one_value) {
        if (route_has_values(given)) {
            route_append_value(filter, given->texts.texts[number], query, problem);
        }
        return route_has_values(given);
    }
    for (size_t i = 0; route_filter_fits(given) && i < given->texts.count; i++) {
        route_append_value(filter, given->texts.texts[i], query, problem);
    }
    return route_filter_fits(given);
}

/*
** The query of the target's list: filters first, as the service writes them itself. order: "asc", "desc" or NULL. number: of
** the list, of those that the values make.
*/
static char *route_target_query(const route_source *source, const route_values *values, size_t number,
                                const char *order, int page_size, error *problem) {
    const catalog_resource *resource = source->resource;
    const char *always = catalog_list_query(resource, source->version);
    bool replaced = false;
    buffer query;
    buffer_init(&query, ROUTE_QUERY_MAX);
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot) && plan_filter(resource, (plan_slot)slot)->column;
         slot++) {
        const catalog_filter *filter = plan_filter(resource, (plan_slot)slot);
        bool sent = (filter->versions & source->version) &&
                    route_append_filter(values, filter, &values->slots[slot], number, &query, problem);
        replaced = replaced || (sent && catalog_replaces(resource, filter));
    }
    if (always && !replaced) {
        route_separate(&query);
        buffer_text(&query, always);
    }
    if (order) {
        route_separate(&query);
        buffer_format(&query, "%s=%s", resource->order_parameter, order);
    }
    route_separate(&query);
    buffer_format(&query, "PageSize=%d", page_size);
    return route_take_query(&query, problem);
}

/* "PageSize=..." stands last in it. */
char *route_resized(const char *query, int rows) {
    int length = (int)(strrchr(query, '=') + 1 - query);
    return sqlite3_mprintf("%.*s%d", length, query, rows);
}

int route_size(const char *query) {
    return atoi(strrchr(query, '=') + 1);
}

/* How many lists there are under each parent: one for each value of a filter that takes one at a time. */
static size_t route_list_count(const route_source *source, const route_values *values) {
    size_t count = 1;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        bool several =
            plan_filter(source->resource, (plan_slot)slot)->one_value && route_has_values(&values->slots[slot]);
        count = several ? values->slots[slot].texts.count : count;
    }
    return count;
}

/* ---- how the target's list is read ---- */

/*
** Which way to read a list with bounds, where the query does not care: from the end that the bounds are nearer to.
** With one bound that is the other end. With both, the oldest row is at the near end if the upper bound lies within
** its first page; else the newest page is read first, and shows (feed.c) which end is nearer.
*/
static void route_choose_direction(const route_values *values, int page_size, feed_order *order, bool *may_turn) {
    order->descending = values->has_lower && !(values->has_upper && values->upper < page_size);
    *may_turn = order->descending && values->has_upper;
}

/*
** ORDER BY and LIMIT with a bound where the order begins: the rows wanted lie at the bound, which may be at either
** end. Ascending, they are near the oldest row if bound and LIMIT lie within one page; else the newest page shows
** (feed.c). Descending, the way to the bound leads from the newest row on. Returns the page size.
*/
static int route_begin_at_bound(const route_values *values, int most, feed_order *order, bool *may_turn) {
    bool near = values->lower >= 0 && values->lower < most && values->limit < most - values->lower;
    if (order->descending) {
        return most;
    }
    if (near && values->limit >= 0) {
        return (int)(values->lower + values->limit) > 0 ? (int)(values->lower + values->limit) : 1;
    }
    order->descending = order->from_newest = *may_turn = true;
    return most;
}

/*
** The same where the query does not care for the order, with bounds on both sides: the way leads to the rows wanted, and pages as
** short as a LIMIT would make it long. Returns the page size.
*/
static int route_between_bounds(const route_values *values, int most, int few, feed_order *order, bool *may_turn) {
    route_choose_direction(values, most, order, may_turn);
    int64_t before =
        values->lower > 0 ? values->lower : 0; /* rows in front of the first one wanted, from the oldest on */
    return !order->descending && before < most - few ? (int)before + few : most;
}

static void route_set_list(const route_source *source, unsigned number, const route_values *values, walk_plan *way,
                           error *problem) {
    int most = route_page_size(source, source->resource), page_size = most;
    bool bounded = values->has_lower || values->has_upper, may_turn = false;
    bool few = values->limit >= 0 && values->limit <= page_size;
    way->limited = few;
    bool exact = plan_is_exact(number) && !values->partial;
    way->wanted = exact ? values->limit : -1;
    if (few && exact) {
        page_size = values->limit > 0 ? (int)values->limit : 1;
    }
    way->order = (feed_order){.relied = bounded || plan_is_ordered(number),
                              .descending = plan_is_descending(number),
                              .has_lower = values->has_lower,
                              .has_upper = values->has_upper,
                              .lower = values->lower,
                              .upper = values->upper};
    bool at_bound = way->order.descending ? values->has_upper : values->has_lower;
    if (values->has_lower && values->has_upper && !plan_is_ordered(number)) {
        page_size = route_between_bounds(values, most, page_size, &way->order, &may_turn);
    } else if (bounded && !plan_is_ordered(number)) {
        route_choose_direction(values, page_size, &way->order, &may_turn);
    } else if (at_bound && plan_is_ordered(number)) {
        page_size = route_begin_at_bound(values, most, &way->order, &may_turn);
    }
    if (way->order.descending && page_size < ROUTE_ORDERED_MIN) {
        page_size = ROUTE_ORDERED_MIN;
    }
    const char *order = !way->order.relied ? NULL : way->order.descending ? "desc" : "asc";
    way->query = route_target_query(source, values, 0, order, page_size, problem);
    way->other_query = may_turn ? route_target_query(source, values, 0, "asc", page_size, problem) : NULL;
    if (values->has_lower && (way->order.descending || !plan_is_ordered(number))) {
        way->newest_query = route_target_query(source, values, 0, "desc", most, problem);
    }
    for (size_t i = 1; i < route_list_count(source, values) && !error_is_set(problem); i++) {
        char *query = route_target_query(source, values, i, order, page_size, problem);
        if (query) {
            text_list_add(&way->other_lists, query, problem);
        }
        sqlite3_free(query);
    }
}

/* ---- the way down ---- */

/* Cuts the last segment off an address. */
static void route_cut_last(char *path) {
    *strrchr(path, '/') = 0;
}

static void route_use_paths(const route_source *source, text_list *paths, walk_plan *way, error *problem) {
    way->nothing_else = true;
    way->paths_are_lists = !route_can_fetch(source);
    if (!way->paths_are_lists) {
        route_move(&way->paths, paths);
        return;
    }
    for (size_t i = 0; i < paths->count; i++) {
        route_cut_last(paths->texts[i]);
        text_list_add(&way->paths, paths->texts[i], problem);
    }
}

static void route_use_names(const text_list *names, walk_plan *way, error *problem) {
    way->by_segment = true;
    for (size_t i = 0; i < names->count && !error_is_set(problem); i++) {
        char *escaped = url_escape(names->texts[i], strlen(names->texts[i]), problem);
        if (escaped) {
            text_list_add(&way->segments, escaped, problem);
        }
        sqlite3_free(escaped);
    }
}

static void route_use_parents(const route_source *source, route_values *values, walk_plan *way, error *problem) {
    for (int depth = 0; depth < catalog_depth(source->resource); depth++) {
        slot_values *given = &values->slots[SLOT_PARENT0 + depth];
        if (given->usable) {
            way->given[depth] = true;
            route_move(&way->parents[depth], &given->texts);
        } else {
            way->parent_query[depth] = route_parent_query(source, plan_ancestor(source->resource, depth), problem);
        }
    }
}

static void route_use_keys(const route_source *source, route_values *values, walk_plan *way, error *problem) {
    if (values->slots[SLOT_KEY].usable && route_can_fetch(source)) {
        way->by_segment = true;
        route_move(&way->segments, &values->slots[SLOT_KEY].texts);
    } else if (values->slots[SLOT_NAME].usable) {
        route_use_names(&values->slots[SLOT_NAME].texts, way, problem);
    }
}

/* ---- known addresses ---- */

/* Moves the SIDs whose service is known from `sids` to whole addresses in `addresses`. */
static void route_resolve(const route_source *source, const catalog_resource *resource, text_list *sids,
                          text_list *addresses, error *problem) {
    text_list unknown;
    memset(&unknown, 0, sizeof unknown);
    for (size_t i = 0; i < sids->count && !error_is_set(problem); i++) {
        const char *service = known_service(source->known, sids->texts[i]);
        char *address = service ? sqlite3_mprintf("/%s/%s/%s/%s", catalog_root(resource)->segment, service,
                                                  resource->segment, sids->texts[i])
                                : NULL;
        if (address) {
            text_list_add(addresses, address, problem);
        } else {
            text_list_add(&unknown, sids->texts[i], problem);
        }
        sqlite3_free(address);
    }
    route_move(sids, &unknown);
}

/* The same for rows two levels down. */
static void route_resolve_rows(const route_source *source, const catalog_resource *resource, text_list *sids,
                               text_list *addresses, error *problem) {
    text_list unknown;
    memset(&unknown, 0, sizeof unknown);
    for (size_t i = 0; i < sids->count && !error_is_set(problem); i++) {
        char *address = known_row_address(source->known, resource, sids->texts[i], problem);
        text_list_add(address ? addresses : &unknown, address ? address : sids->texts[i], problem);
        sqlite3_free(address);
    }
    route_move(sids, &unknown);
}

/* Spares the search for a service where only the SID of something below it is given. */
static void route_use_known(const route_source *source, const route_values *values, walk_plan *way, error *problem) {
    int depth = catalog_depth(source->resource);
    bool by_sid = way->by_segment && values->slots[SLOT_KEY].usable && route_can_fetch(source);
    if (!source->known || way->given[0] || way->nothing_else) {
        return;
    }
    if (depth == 2 && by_sid && !way->given[1]) {
        route_resolve_rows(source, source->resource, &way->segments, &way->paths, problem);
        way->nothing_else = way->segments.count == 0;
    } else if (source->service_sid) {
        return;
    } else if (depth == 3 && way->given[2] && !way->given[1]) {
        route_resolve_rows(source, source->resource->parent, &way->parents[2], &way->uppers, problem);
        way->uppers_below = 2;
        way->nothing_else = way->parents[2].count == 0;
    } else if (depth >= 2 && way->given[1]) {
        route_resolve(source, plan_ancestor(source->resource, 1), &way->parents[1], &way->uppers, problem);
        way->uppers_below = 1;
        way->nothing_else = way->parents[1].count == 0;
    } else if (depth == 1 && by_sid && catalog_is_parent(source->resource)) {
        route_resolve(source, source->resource, &way->segments, &way->paths, problem);
        way->nothing_else = way->segments.count == 0;
    }
}

/* ---- the configured service ---- */

/* Keeps of a list of SIDs or addresses only those of the configured service. */
static void route_keep_service(const route_source *source, text_list *list, bool addresses, error *problem) {
    text_list kept;
    memset(&kept, 0, sizeof kept);
    for (size_t i = 0; i < list->count; i++) {
        const char *sid = addresses ? address_root(list->texts[i]).text : list->texts[i];
        if (strncmp(sid, source->service_sid, SID_LENGTH) == 0) {
            text_list_add(&kept, list->texts[i], problem);
        }
    }
    route_move(list, &kept);
}

static void route_apply_service(const route_source *source, walk_plan *way, error *problem) {
    if (!source->service_sid || !catalog_is_of_service(source->resource)) {
        return;
    }
    bool is_root = source->resource->parent == NULL;
    text_list *list = is_root ? &way->segments : &way->parents[0];
    bool *given = is_root ? &way->by_segment : &way->given[0];
    way->known_service = source->service_sid;
    route_keep_service(source, &way->paths, true, problem);
    if (way->nothing_else) {
        return;
    }
    if (*given) {
        route_keep_service(source, list, false, problem);
    } else {
        text_list_add(list, source->service_sid, problem);
        *given = true;
    }
}

/* ---- the first list ---- */

/* The deepest parent given as one SID, when the level below it is listed. */
static void route_find_lead(const route_source *source, const walk_plan *way, const char *const *single,
                            route_lead *lead) {
    int depth = catalog_depth(source->resource);
    memset(lead, 0, sizeof *lead);
    for (int i = depth - 1; i >= 0 && !way->by_segment && way->paths.count == 0; i--) {
        if (single[i]) {
            lead->parent = plan_ancestor(source->resource, i);
            memcpy(lead->parent_sid, single[i], SID_LENGTH);
            lead->listed = i == depth - 1 ? source->resource : plan_ancestor(source->resource, i + 1);
            lead->query = i == depth - 1 ? way->query : way->parent_query[i + 1];
            return;
        }
        if (way->given[i]) {
            return;
        }
    }
}

/* A list that must be given a value for one of some filters has been given none. */
static void route_check_required(const route_source *source, unsigned number, const route_values *values,
                                 error *problem) {
    buffer choices;
    const char *refused = NULL;
    bool text = false, given = values->slots[SLOT_PATH].usable && route_can_fetch(source);
    buffer_init(&choices, ROUTE_FILTER_MAX);
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        const catalog_filter *filter = plan_filter(source->resource, (plan_slot)slot);
        if (filter->required & source->version) {
            given = given || route_has_values(&values->slots[slot]);
            refused = plan_has(number, (plan_slot)slot) ? filter->column : refused;
            text = text || values->slots[slot].is_text;
            buffer_format(&choices, "%s%s = ...", choices.length ? " or " : "", filter->column);
        }
    }
    if (choices.length && !given && refused) {
        error_set(
            problem, SQLITE_ERROR,
            text ? "%s: the API cannot be asked for a %s with a NUL character in it"
                 : "%s: the API cannot be asked for that value of %s: give a text, or CAST(... AS TEXT) of a number",
            source->resource->name, refused);
    } else if (choices.length && !given) {
        error_set(problem, SQLITE_ERROR, "%s: the API lists these by one value only: give %s, in WHERE or by a join",
                  source->resource->name, choices.data);
    }
    buffer_clear(&choices);
}

/* There is no list, and what is given is no whole address. */
static void route_check_address(const route_source *source, const walk_plan *way, error *problem) {
    const catalog_resource *resource = source->resource;
    bool whole = way->by_segment;
    buffer needed;
    buffer_init(&needed, ROUTE_FILTER_MAX);
    for (int depth = 0; depth < catalog_depth(resource); depth++) {
        int column = plan_slot_column(resource, (plan_slot)(SLOT_PARENT0 + depth));
        whole = whole && way->given[depth];
        buffer_format(&needed, "%s = ... and ", resource->columns[column].name);
    }
    if (catalog_is_unlisted(resource, source->version) && !whole && way->paths.count == 0 && !way->nothing_else) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: the API has no list of these: give %s%s = ..., in WHERE or by a join with the rows that name them",
            resource->name, needed.data ? needed.data : "", resource->key_column);
    }
    buffer_clear(&needed);
}

static void route_compose(const route_source *source, unsigned number, route_values *values, walk_plan *way,
                          route_lead *lead, error *problem) {
    char sids[CATALOG_MAX_PARENTS][SID_LENGTH + 1];
    const char *single[CATALOG_MAX_PARENTS] = {NULL};
    for (int depth = 0; depth < CATALOG_MAX_PARENTS; depth++) {
        const slot_values *given = &values->slots[SLOT_PARENT0 + depth];
        if (given->usable && given->texts.count == 1) {
            memcpy(sids[depth], given->texts.texts[0], sizeof sids[depth]);
            single[depth] = sids[depth];
        }
    }
    way->resource = source->resource;
    way->version = source->version;
    route_check_required(source, number, values, problem);
    route_set_list(source, number, values, way, problem);
    if (values->slots[SLOT_PATH].usable) {
        route_use_paths(source, &values->slots[SLOT_PATH].texts, way, problem);
    } else {
        route_use_parents(source, values, way, problem);
        route_use_keys(source, values, way, problem);
        route_use_known(source, values, way, problem);
    }
    route_apply_service(source, way, problem);
    route_check_address(source, way, problem);
    route_find_lead(source, way, single, lead);
}

bool route_make(const route_source *source, unsigned number, int value_count, sqlite3_value **values, walk_plan *way,
                route_lead *lead, error *problem) {
    route_values taken;
    memset(&taken, 0, sizeof taken);
    memset(lead, 0, sizeof *lead);
    route_values_read(&taken, source->resource, source->version, number, value_count, values, problem);
    if (!taken.empty && !error_is_set(problem)) {
        route_compose(source, number, &taken, way, lead, problem);
    }
    route_values_clear(&taken);
    return !taken.empty && !error_is_set(problem);
}

bool route_make_whole(const route_source *source, walk_plan *way, error *problem) {
    route_lead lead;
    return route_make(source, 0, 0, NULL, way, &lead, problem);
}
