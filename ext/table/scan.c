/* A scan: from a plan and its values to rows; see scan.h. */
#include "table/scan.h"

#include <string.h>

#include "base/buffer.h"
#include "rest/url.h"
#include "table/address.h"
#include "table/hydrate.h"
#include "table/plan.h"
#include "table/sendable.h"
#include "table/walk.h"

enum { SCAN_QUERY_MAX = 1024 * 1024, SCAN_POLL_ROWS = 64, SCAN_JSON_SUBTYPE = 'J' };

struct scan {
    look *view;
    const catalog_resource *resource;
    unsigned version;
    char *service_sid; /* owned */
    bool empty;        /* a term that no row can meet */
    walk *rows;
    hydrate hidden;
    unsigned steps;
};

/* ---- from values to what can be asked ---- */

/* What the values of one slot come to. */
typedef struct slot_values {
    bool usable; /* the terms can be answered by asking for exactly these texts */
    text_list texts;
} slot_values;

static void scan_take_value(const scan_source *source, plan_slot slot, sqlite3_value *value, slot_values *taken,
                            error *problem) {
    switch (sendable_check(source->resource, slot, source->version, value)) {
    case SENDABLE_YES:
        text_list_add(&taken->texts, (const char *)sqlite3_value_text(value), problem);
        break;
    case SENDABLE_NEVER:
        break;
    case SENDABLE_NO:
        taken->usable = false;
    }
}

/* The values of an IN list that SQLite hands over whole (since 3.38; a plan has none before). */
static void scan_take_list(const scan_source *source, plan_slot slot, sqlite3_value *list, slot_values *taken,
                           error *problem) {
#if SQLITE_VERSION_NUMBER >= 3038000
    sqlite3_value *value = NULL;
    int rc = sqlite3_vtab_in_first(list, &value);
    for (; rc == SQLITE_OK && value; rc = sqlite3_vtab_in_next(list, &value)) {
        scan_take_value(source, slot, value, taken, problem);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_OK) {
        error_set(problem, rc, "%s: the values of an IN list cannot be read", source->resource->name);
    }
#else
    (void)source;
    (void)slot;
    (void)list;
    (void)problem;
    taken->usable = false;
#endif
}

static void scan_take_slot(const scan_source *source, unsigned number, plan_slot slot, sqlite3_value *value,
                           slot_values *taken, error *problem) {
    taken->usable = true;
    if (plan_is_list(number, slot)) {
        scan_take_list(source, slot, value, taken, problem);
    } else {
        scan_take_value(source, slot, value, taken, problem);
    }
    if (!taken->usable) {
        text_list_clear(&taken->texts);
    }
}

/* Moves a list of texts. */
static void scan_move(text_list *target, text_list *source) {
    *target = *source;
    memset(source, 0, sizeof *source);
}

/* ---- the configured service ---- */

/* Keeps of a list of SIDs or addresses only those of the configured service. */
static void scan_keep_service(const scan_source *source, text_list *list, bool addresses, error *problem) {
    text_list kept;
    memset(&kept, 0, sizeof kept);
    for (size_t i = 0; i < list->count; i++) {
        const char *sid = list->texts[i];
        if (addresses) {
            sid = address_root(sid).text;
        }
        if (strncmp(sid, source->service_sid, SID_LENGTH) == 0) {
            text_list_add(&kept, list->texts[i], problem);
        }
    }
    text_list_clear(list);
    scan_move(list, &kept);
}

/* The setting names a service; credentials hang under none. */
static bool scan_in_service_tree(const catalog_resource *resource) {
    return strcmp(catalog_root(resource)->key_prefix, SID_SERVICE) == 0;
}

static void scan_apply_service(const scan_source *source, walk_plan *way, error *problem) {
    if (!source->service_sid || !scan_in_service_tree(source->resource)) {
        return;
    }
    bool is_services = source->resource->parent == NULL;
    text_list *list = is_services ? &way->segments : &way->parents[0];
    bool *given = is_services ? &way->by_segment : &way->given[0];
    if (way->by_path) {
        scan_keep_service(source, &way->paths, true, problem);
    } else if (*given) {
        scan_keep_service(source, list, false, problem);
    } else {
        text_list_add(list, source->service_sid, problem);
        *given = true;
    }
    way->known_service = source->service_sid;
}

/* ---- queries of lists ---- */

static void scan_append_page_size(const scan_source *source, const catalog_resource *resource, buffer *query) {
    int size = catalog_page_max(resource, source->version);
    if (source->page_size > 0 && source->page_size < size) {
        size = source->page_size;
    }
    buffer_format(query, "%sPageSize=%d", query->length ? "&" : "", size);
}

static void scan_append_filter(const catalog_filter *filter, const text_list *values, buffer *query, error *problem) {
    for (size_t i = 0; i < values->count && !error_is_set(problem); i++) {
        char *escaped = url_escape(values->texts[i], strlen(values->texts[i]), problem);
        if (escaped) {
            buffer_format(query, "%s%s=%s", query->length ? "&" : "", filter->parameter, escaped);
        }
        sqlite3_free(escaped);
    }
}

static char *scan_take_query(buffer *query, error *problem) {
    char *text = buffer_take(query);
    if (!text) {
        error_no_memory(problem);
    }
    return text;
}

/* The query of a list above the target's: no filter, everything. */
static char *scan_parent_query(const scan_source *source, const catalog_resource *resource, error *problem) {
    buffer query;
    buffer_init(&query, SCAN_QUERY_MAX);
    if (resource->list_query) {
        buffer_text(&query, resource->list_query);
    }
    scan_append_page_size(source, resource, &query);
    return scan_take_query(&query, problem);
}

/* An URL has its limits: a filter of very many values is left to SQLite. */
static bool scan_filter_fits(const slot_values *values) {
    size_t length = 0;
    for (size_t i = 0; i < values->texts.count; i++) {
        length += 3 * strlen(values->texts.texts[i]) + 20;
    }
    return values->usable && values->texts.count > 0 && length < 6000;
}

/* The query of the target's list: filters first, as the service writes them itself. */
static char *scan_target_query(const scan_source *source, unsigned number, slot_values *slots, error *problem) {
    const catalog_resource *resource = source->resource;
    buffer query;
    buffer_init(&query, SCAN_QUERY_MAX);
    for (int slot = SLOT_FILTER0; slot <= SLOT_FILTER1; slot++) {
        if (scan_filter_fits(&slots[slot])) {
            scan_append_filter(&resource->filters[slot - SLOT_FILTER0], &slots[slot].texts, &query, problem);
        }
    }
    if (query.length == 0 && resource->list_query) {
        buffer_text(&query, resource->list_query);
    }
    if (plan_is_ordered(number)) {
        buffer_format(&query, "%s%s=%s", query.length ? "&" : "", resource->order_parameter,
                      plan_is_descending(number) ? "desc" : "asc");
    }
    scan_append_page_size(source, resource, &query);
    return scan_take_query(&query, problem);
}

/* ---- composing the walk ---- */

static void scan_use_paths(const scan_source *source, slot_values *paths, walk_plan *way, error *problem) {
    way->by_path = true;
    way->paths_are_lists = (source->resource->fetch & source->version) == 0;
    if (!way->paths_are_lists) {
        scan_move(&way->paths, &paths->texts);
        return;
    }
    for (size_t i = 0; i < paths->texts.count; i++) {
        char *path = paths->texts.texts[i];
        *strrchr(path, '/') = 0;
        text_list_add(&way->paths, path, problem);
    }
}

static void scan_use_names(slot_values *names, walk_plan *way, error *problem) {
    way->by_segment = true;
    for (size_t i = 0; i < names->texts.count && !error_is_set(problem); i++) {
        char *escaped = url_escape(names->texts.texts[i], strlen(names->texts.texts[i]), problem);
        if (escaped) {
            text_list_add(&way->segments, escaped, problem);
        }
        sqlite3_free(escaped);
    }
}

static void scan_use_parents(const scan_source *source, slot_values *slots, walk_plan *way, error *problem) {
    for (int depth = 0; depth < catalog_depth(source->resource); depth++) {
        slot_values *values = &slots[SLOT_PARENT0 + depth];
        if (values->usable) {
            way->given[depth] = true;
            scan_move(&way->parents[depth], &values->texts);
        } else {
            way->parent_query[depth] = scan_parent_query(source, plan_ancestor(source->resource, depth), problem);
        }
    }
}

/* The narrowest way that the values allow: an address, a SID, a name, a list. */
static void scan_compose(const scan_source *source, unsigned number, slot_values *slots, walk_plan *way,
                         error *problem) {
    way->resource = source->resource;
    way->version = source->version;
    way->query = scan_target_query(source, number, slots, problem);
    if (slots[SLOT_PATH].usable) {
        scan_use_paths(source, &slots[SLOT_PATH], way, problem);
    } else {
        scan_use_parents(source, slots, way, problem);
        if (slots[SLOT_KEY].usable && (source->resource->fetch & source->version)) {
            way->by_segment = true;
            scan_move(&way->segments, &slots[SLOT_KEY].texts);
        } else if (slots[SLOT_NAME].usable) {
            scan_use_names(&slots[SLOT_NAME], way, problem);
        }
    }
    scan_apply_service(source, way, problem);
}

/* A slot whose every value can equal nothing makes the whole answer empty. */
static bool scan_is_empty(unsigned number, const slot_values *slots) {
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (plan_has(number, (plan_slot)slot) && slots[slot].usable && slots[slot].texts.count == 0) {
            return true;
        }
    }
    return false;
}

static void scan_begin(scan *target, const scan_source *source, unsigned number, int value_count,
                       sqlite3_value **values, error *problem) {
    slot_values slots[SLOT_COUNT];
    walk_plan way;
    memset(slots, 0, sizeof slots);
    memset(&way, 0, sizeof way);
    int next = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (plan_has(number, (plan_slot)slot) && next < value_count) {
            scan_take_slot(source, number, (plan_slot)slot, values[next++], &slots[slot], problem);
        }
    }
    target->empty = scan_is_empty(number, slots);
    if (!target->empty && !error_is_set(problem)) {
        scan_compose(source, number, slots, &way, problem);
        target->rows = walk_open(target->view, &way, problem);
    }
    walk_plan_clear(&way);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        text_list_clear(&slots[slot].texts);
    }
}

scan *scan_open(look *view, const scan_source *source, unsigned number, int value_count, sqlite3_value **values,
                error *problem) {
    scan *opened = sqlite3_malloc64(sizeof *opened);
    if (!opened) {
        error_no_memory(problem);
        return NULL;
    }
    memset(opened, 0, sizeof *opened);
    opened->view = view;
    opened->resource = source->resource;
    opened->version = source->version;
    if (source->service_sid) {
        opened->service_sid = sqlite3_mprintf("%s", source->service_sid);
        if (!opened->service_sid) {
            error_no_memory(problem);
        }
    }
    scan_source own = *source;
    own.service_sid = opened->service_sid;
    if (!error_is_set(problem)) {
        scan_begin(opened, &own, number, value_count, values, problem);
    }
    if (error_is_set(problem)) {
        scan_close(opened);
        opened = NULL;
    }
    return opened;
}

void scan_close(scan *target) {
    if (target) {
        hydrate_clear(&target->hidden);
        walk_close(target->rows);
        sqlite3_free(target->service_sid);
        sqlite3_free(target);
    }
}

bool scan_next(scan *target, error *problem) {
    if (target->empty) {
        return false;
    }
    if (++target->steps % SCAN_POLL_ROWS == 0) {
        client_poll(look_connection(target->view)->client);
    }
    step_result result = walk_step(target->rows, problem);
    while (result == STEP_BUSY && !error_is_set(problem)) {
        look_wait(target->view, problem);
        result = error_is_set(problem) ? STEP_FAILED : walk_step(target->rows, problem);
    }
    return result == STEP_ROW;
}

/* ---- columns ---- */

static void scan_result(sqlite3_context *context, const page *holder, const page_cell *cell) {
    switch (cell->type) {
    case CELL_NULL:
        sqlite3_result_null(context);
        break;
    case CELL_INTEGER:
        sqlite3_result_int64(context, cell->value.integer);
        break;
    case CELL_REAL:
        sqlite3_result_double(context, cell->value.real);
        break;
    case CELL_JSON:
        sqlite3_result_text(context, page_text(holder, cell), (int)cell->length, SQLITE_TRANSIENT);
        sqlite3_result_subtype(context, SCAN_JSON_SUBTYPE);
        break;
    case CELL_TEXT:
        sqlite3_result_text(context, page_text(holder, cell), (int)cell->length, SQLITE_TRANSIENT);
        break;
    }
}

static void scan_result_path(scan *target, sqlite3_context *context) {
    const feed *source = walk_feed(target->rows);
    char *path = feed_row_path(source, feed_row(source));
    if (path) {
        sqlite3_result_text(context, path, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

/* A parent's SID that the JSON lacks stands in the address. */
static void scan_result_parent(scan *target, sqlite3_context *context, const catalog_column *column) {
    address_part part = address_parent(target->resource, feed_base(walk_feed(target->rows)), column->name);
    if (part.text) {
        sqlite3_result_text(context, part.text, (int)part.length, SQLITE_TRANSIENT);
    }
}

/* Could the single resource say more about this value than the list did? */
static bool scan_is_hidden(const scan *target, const catalog_column *column) {
    return (column->flags & COLUMN_LIST_HIDES) && (column->versions & target->version) &&
           (target->resource->fetch & target->version) && feed_is_list(walk_feed(target->rows));
}

/* Waits for a service's own row and tells whether it has reachability off; a service that is gone has. */
static bool scan_is_unreachable(scan *target, error *problem) {
    const catalog_resource *services = catalog_root(target->resource);
    int column = catalog_column_index(services, "reachability_enabled");
    address_part sid = address_root(feed_base(walk_feed(target->rows)));
    char *path = sqlite3_mprintf("/%s/%s/%.*s", catalog_versions_text(target->version), services->segment,
                                 (int)sid.length, sid.text);
    if (!path) {
        error_no_memory(problem);
        return true;
    }
    look_entry *service = look_get(target->view, services, path, true, problem);
    look_state state = LOOK_PENDING;
    while (!error_is_set(problem) && (state = look_poll(service, problem)) == LOOK_PENDING) {
        look_wait(target->view, problem);
    }
    bool off = true;
    if (state == LOOK_READY) {
        const page_cell *cell = page_at(look_page(service), 0, (size_t)column);
        off = cell->type == CELL_INTEGER && cell->value.integer == 0;
    }
    look_put(service);
    sqlite3_free(path);
    return off;
}

void scan_column(scan *target, sqlite3_context *context, int index, error *problem) {
    feed *source = walk_feed(target->rows);
    if ((size_t)index >= target->resource->column_count) {
        scan_result_path(target, context);
        return;
    }
    const catalog_column *column = &target->resource->columns[index];
    const page *holder = feed_page(source);
    const page_cell *cell = page_at(holder, feed_row(source), (size_t)index);
    if (!(column->versions & target->version)) {
        return;
    }
    if (cell->type == CELL_NULL && (column->flags & COLUMN_PARENT)) {
        scan_result_parent(target, context, column);
        return;
    }
    if (cell->type == CELL_NULL && scan_is_hidden(target, column) &&
        !((column->flags & COLUMN_NEEDS_REACHABILITY) && scan_is_unreachable(target, problem))) {
        cell = hydrate_cell(&target->hidden, target->view, source, target->resource, target->version, (size_t)index,
                            &holder, problem);
    }
    if (cell) {
        scan_result(context, holder, cell);
    }
}
