/* A scan: from a plan and its values to rows; see scan.h. */
#include "read/scan.h"

#include <string.h>

#include "plan/address.h"
#include "read/reachability.h"
#include "read/route.h"
#include "read/route_wide.h"
#include "read/scan_content.h"
#include "read/scan_first.h"
#include "read/scan_inside.h"
#include "read/scan_kept.h"
#include "read/scan_later.h"
#include "read/scan_lead.h"
#include "read/scan_mentioned.h"
#include "read/scan_rows.h"
#include "read/scan_siblings.h"
#include "read/scan_sought.h"
#include "read/scan_wait.h"
#include "read/shown.h"

enum { SCAN_POLL_ROWS = 64, SCAN_JSON_SUBTYPE = 'J' };

/* ---- the statement's other scans ---- */

static void scan_enlist(scan *target) {
    scan **head = look_scans(target->view);
    target->begun = look_begin_scan(target->view, scan_wait_beside);
    target->begun_at = *target->begun;
    target->next = *head;
    if (*head) {
        (*head)->previous = target;
    }
    *head = target;
}

static void scan_delist(scan *target) {
    scan **link = target->previous ? &target->previous->next : look_scans(target->view);
    if (*link == target) {
        *link = target->next;
    }
    if (target->next) {
        target->next->previous = target->previous;
    }
}

/* ---- beginning and going on ---- */

/* How a list is begun, and what is asked for ahead beside it. */
static void scan_begin_list(scan *target, const scan_source *source, const route_lead *lead, walk_plan *way,
                            error *problem) {
    scan_first first = {0};
    scan *outer = error_is_set(problem) ? NULL : scan_lead_outer(target, lead);
    bool listed = lead->listed == source->resource;
    scan_first_begin(target, way, &source->said, outer && listed && scan_lead_goes_on(outer), &first, problem);
    const scan_lead_first of = {.current = first.now && listed ? way->first_query : NULL,
                                .next = listed ? first.query : NULL,
                                .small = first.ahead,
                                .few = listed && ((way->limited && way->wanted >= 0) || first.patience > 1)};
    if (outer && !error_is_set(problem)) {
        scan_lead_read_ahead(target, outer, lead, of, problem);
    } else if (!outer) {
        scan_siblings_follow(target, way, lead, source->page_size, of, problem);
    }
    if (!outer && !target->ahead && !target->looked_up_in) {
        scan_sought_follow(target, way, of, problem);
    }
    way->patience = first.patience > 0 ? first.patience : target->ahead && !target->ahead->deep && listed;
    sqlite3_free(first.query);
}

static void scan_begin(scan *target, const scan_source *source, unsigned number, int value_count,
                       sqlite3_value **values, error *problem) {
    connection *shared = look_connection(target->view);
    route_source from = {.resource = source->resource,
                         .version = source->version,
                         .service_sid = target->service_sid,
                         .page_size = source->page_size,
                         .known = shared->without & WITHOUT_KNOWN ? NULL : &reading_of(shared)->known};
    walk_plan way = {0}, wide = {0};
    route_lead lead;
    scan_siblings_learn(target);
    bool any = route_make(&from, number, value_count, values, &way, &lead, problem);
    bool there = any && scan_first_turn(target, &way, problem);
    bool alone = any && !there && !(shared->without & WITHOUT_RECALL);
    if (alone && route_wide_make(&from, number, values, &way, &wide, problem)) {
        any = !scan_sought_instead(target, &way, &wide, number, values, problem); /* else all is there */
    }
    if (any && !there) {
        scan_begin_list(target, source, &lead, &way, problem);
    }
    if (any && !error_is_set(problem)) {
        scan_rows_hint(target, number, values, problem);
        scan_later_note(target, &way);
        scan_mentioned_begin(target, &way, problem);
        scan_rows_open(target, &way, number, values, problem);
    }
    scan_kept_note(target, &way, &wide, number, values);
    walk_plan_clear(&wide);
    walk_plan_clear(&way);
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
    opened->page_size = source->page_size;
    opened->prepared = source->statement;
    opened->order_column = catalog_column_index(source->resource, source->resource->order_column);
    opened->loop = source->loop;
    opened->checked = source->checked;
    if (source->service_sid) {
        opened->service_sid = sqlite3_mprintf("%s", source->service_sid);
        if (!opened->service_sid) {
            error_no_memory(problem);
        }
    }
    if (!error_is_set(problem)) {
        hints_take(&opened->wanted, source->hints, source->hint_count, values + value_count - source->hint_count,
                   problem);
    }
    if (!error_is_set(problem) && source->confirm) {
        scan_confirm_take(&opened->confirm, source->resource, number, values, problem);
    }
    if (!error_is_set(problem)) {
        scan_omitted_take(&opened->omitted, source->resource, source->version, source->omitted, values, problem);
    }
    if (!error_is_set(problem) && !scan_kept_begin(opened, number, values, problem) && !error_is_set(problem)) {
        scan_begin(opened, source, number, value_count - (int)source->hint_count, values, problem);
    }
    scan_enlist(opened);
    if (error_is_set(problem)) {
        scan_close(opened);
        opened = NULL;
    }
    return opened;
}

void scan_close(scan *target) {
    if (target) {
        scan_first_end(target);
        scan_delist(target);
        for (size_t i = 0; i < SCAN_PLACES; i++) {
            hydrate_clear(&target->hidden[i]);
        }
        hydrate_clear(&target->mentioned);
        content_clear(&target->bytes);
        hints_clear(&target->wanted);
        scan_confirm_clear(&target->confirm);
        scan_rows_close(target);
        sqlite3_free(target->service_sid);
        sqlite3_free(target);
    }
}

static bool scan_move(scan *target, error *problem) {
    target->row.left_alone = target->row.asked = target->row.fetched = 0;
    if (!scan_rows_any(target)) {
        return false;
    }
    if (target->at_row && target->ahead) {
        target->ahead->deep = true;
    }
    if (++target->steps % SCAN_POLL_ROWS == 0) {
        scan_wait_not(target, problem);
    }
    step_result result = error_is_set(problem) ? STEP_FAILED : scan_rows_step(target, problem);
    while (result == STEP_BUSY && !error_is_set(problem)) {
        scan_wait_here(target, problem);
        result = error_is_set(problem) ? STEP_FAILED : scan_rows_step(target, problem);
    }
    target->at_row = result == STEP_ROW;
    target->taken += target->at_row;
    return target->at_row;
}

bool scan_next(scan *target, error *problem) {
    bool given = false;
    while (!given && scan_move(target, problem)) {
        const feed *at = scan_rows_feed(target);
        given = (target->confirm.count == 0 || scan_confirm_row(&target->confirm, target->version, at, problem)) &&
                (!target->omitted.any || scan_omitted_row(&target->omitted, at, problem));
        target->at_row = !error_is_set(problem);
        if (!target->at_row) {
            return false;
        }
    }
    return given;
}

/* ---- columns ---- */

/*
** With a NUL behind it, which SQLite copies, too, if it is to find it itself: else whoever reads the value as a text (length(),
** most hosts) has it copied once more for that.
*/
static void scan_result_text(sqlite3_context *context, const char *text, size_t length) {
    int size = strlen(text) == length ? -1 : (int)length;
    sqlite3_result_text(context, text, size, SQLITE_TRANSIENT);
}

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
        scan_result_text(context, page_text(holder, cell), cell->length);
        sqlite3_result_subtype(context, SCAN_JSON_SUBTYPE);
        break;
    case CELL_TEXT:
        scan_result_text(context, page_text(holder, cell), cell->length);
        break;
    }
}

static void scan_result_path(scan *target, sqlite3_context *context, error *problem) {
    const feed *source = scan_rows_feed(target);
    char *path = feed_row_path(source, feed_row(source));
    if (path) {
        sqlite3_result_text(context, path, -1, sqlite3_free);
    } else {
        error_no_memory(problem);
    }
}

/* A parent's SID that the JSON lacks stands in the address. */
static address_part scan_parent(const scan *target, const catalog_column *column) {
    return address_parent(target->resource, feed_base(scan_rows_feed(target)), column->name);
}

static scan_place scan_place_of(const scan *target, size_t index) {
    const catalog_resource *resource = target->resource;
    const catalog_resource *part = catalog_part(resource, resource->columns[index].name, target->version);
    size_t place = 0;
    while (part && resource->parts[place++] != part) {
    }
    return part ? (scan_place){part, place, (size_t)catalog_column_index(part, resource->columns[index].name)}
                : (scan_place){resource, 0, index};
}

/* Could another resource say more about this value than the row did? */
static bool scan_is_hidden(const scan *target, const catalog_column *column) {
    if (!(column->versions & target->version)) {
        return false;
    }
    return catalog_part(target->resource, column->name, target->version) ||
           ((column->flags & COLUMN_LIST_HIDES) && (target->resource->fetch & target->version) &&
            feed_is_list(scan_rows_feed(target)));
}

/*
** The list has had the row, or those of the service, and then it is gone. As the row stands, with NULL, it has never been
** there, and it cannot be taken back: SQLite may have used it.
*/
static void scan_refuse_vanished(const look_entry *entry, error *problem) {
    const char *message = look_message(entry);
    if (message) {
        error_set(problem, SQLITE_ERROR, "%s: deleted while it was being read: run the statement again", message);
    } else {
        error_no_memory(problem);
    }
}

/* Waits for what tells of the service of the current row, and tells whether it has reachability off. */
static bool scan_is_unreachable(scan *target, error *problem) {
    const char *address = feed_base(scan_rows_feed(target));
    look_entry *teller = reachability_ask(target->view, target->resource, target->version, address, false, problem);
    look_state state = LOOK_PENDING;
    while (teller && !error_is_set(problem) && (state = look_poll(teller, problem)) == LOOK_PENDING) {
        look_wait(target->view, problem);
    }
    bool off = teller || error_is_set(problem);
    if (state == LOOK_READY) {
        off = reachability_is_off(teller, target->resource, target->version);
    } else if (state == LOOK_MISSING) {
        scan_refuse_vanished(teller, problem);
    }
    if (teller) {
        look_use(teller);
    }
    look_put(teller);
    return off;
}

static bool scan_is_parent(const catalog_column *column, const page_cell *cell) {
    return cell->type == CELL_NULL && (column->flags & COLUMN_PARENT);
}

/* ---- what lists hide ---- */

/* The rows to come: those of the walk, then those of the lists that have been asked for ahead of it. */
typedef struct scan_coming {
    scan *self;
    size_t column; /* of the row's own page */
    scan_place wanted;
    scan_ahead walked;
    bool walked_all;
    readahead_place ahead;
    reachability_known reachable;
} scan_coming;

/* "/v1/Services/IS.../Channels/CH.../Members?PageSize=100" and a row: its single resource. */
static char *scan_listed_path(const scan *target, const chain *list, const page *content, size_t row) {
    const char *path = chain_path(list);
    size_t key = (size_t)catalog_column_index(target->resource, target->resource->key_column);
    return sqlite3_mprintf("%.*s/%s", (int)strcspn(path, "?"), path, page_text(content, page_at(content, row, key)));
}

/* Does the list, at that address, hide the value, as far as is known, and may SQLite ask for it? */
static bool scan_may_want(scan_coming *rows, const char *address, const page *content, size_t row) {
    const scan *self = rows->self;
    return page_at(content, row, rows->column)->type == CELL_NULL && hints_allow(&self->wanted, content, row) &&
           (!(self->resource->columns[rows->column].flags & COLUMN_NEEDS_REACHABILITY) ||
            reachability_is_on(&rows->reachable, self->view, self->resource, self->version, address));
}

/* The path of where the value is read, from that of the row's single resource; takes it over. NULL: out of memory. */
static char *scan_place_path(const scan_place *wanted, char *single) {
    if (wanted->place == 0 || !single) {
        return single;
    }
    char *path = sqlite3_mprintf("%s/%s", single, wanted->resource->segment);
    sqlite3_free(single);
    return path;
}

/* The path for the next row, if the list hides the value that is wanted. */
static char *scan_next_path(void *context) {
    scan_coming *rows = context;
    const scan *target = rows->self;
    page *content = NULL;
    size_t row = 0;
    const feed *source;
    while (!rows->walked_all && (source = scan_rows_look_ahead(target, &rows->walked, false, &content, &row)) != NULL) {
        if (scan_may_want(rows, feed_base(source), content, row)) {
            return scan_place_path(&rows->wanted, feed_single_path(source, content, row));
        }
    }
    rows->walked_all = true;
    bool listed = target->ahead && target->ahead->resource == target->resource && !target->ahead->unsure;
    const chain *list;
    while (listed && (list = readahead_look_ahead(target->ahead, &rows->ahead, &content, &row)) != NULL) {
        if (scan_may_want(rows, address_of_request(target->version, chain_path(list)), content, row)) {
            return scan_place_path(&rows->wanted, scan_listed_path(target, list, content, row));
        }
    }
    return NULL;
}

/* Waits for the single resource of the current row, and meanwhile goes on asking for those of rows to come. */
static const page_cell *scan_await_hidden(scan *target, const hydrate_row *wanted, scan_coming *rows,
                                          const page **holder, error *problem) {
    const page_cell *cell = NULL;
    look_state found = LOOK_PENDING;
    size_t place = rows->wanted.place;
    while (!error_is_set(problem) && (found = hydrate_poll(&target->hidden[place], rows->wanted.column, holder, &cell,
                                                           problem)) == LOOK_PENDING) {
        scan_wait_pump(target, problem);
        *rows = (scan_coming){.self = target, .column = rows->column, .wanted = rows->wanted};
        hydrate_look_ahead(target->guesses[place], target->view, wanted, problem);
        look_wait(target->view, problem);
    }
    if (found == LOOK_MISSING) {
        scan_refuse_vanished(target->hidden[place].entry, problem);
    }
    return cell;
}

/* The value from where it is read; NULL on a problem. */
static const page_cell *scan_hidden_cell(scan *target, size_t column, const page **holder, error *problem) {
    const feed *source = scan_rows_feed(target);
    page *content = feed_page(source);
    size_t row = feed_row(source);
    scan_coming rows = {.self = target, .column = column, .wanted = scan_place_of(target, column)};
    hydrate *hidden = &target->hidden[rows.wanted.place];
    hydrate_guesses **guesses = &target->guesses[rows.wanted.place];
    char *key = *guesses ? NULL : sqlite3_mprintf("hidden %d %p", (int)rows.wanted.place, target->loop);
    char *path = scan_place_path(&rows.wanted, feed_single_path(source, content, row));
    hydrate_row wanted = {rows.wanted.resource, target->version, content, row, path, scan_next_path, NULL, &rows};
    const page_cell *cell = NULL;
    if (key) {
        *guesses = hydrate_of(target->view, key, !target->next && !target->previous, problem);
    }
    if (!path || !*guesses) {
        error_no_memory(problem);
    } else if (!hydrate_has(hidden, content, row)) {
        hydrate_begin(hidden, *guesses, target->view, &wanted, problem);
    }
    if (!error_is_set(problem)) {
        cell = scan_await_hidden(target, &wanted, &rows, holder, problem);
    }
    sqlite3_free(key);
    sqlite3_free(path);
    return cell;
}

/* What the single resource has in place of a value that the list hides: waits for it. NULL: the column shows NULL. */
static const page_cell *scan_fetch(scan *target, size_t index, const page **holder, error *problem) {
    const catalog_column *column = &target->resource->columns[index];
    const page_cell *cell = NULL;
    if (!((column->flags & COLUMN_NEEDS_REACHABILITY) && scan_is_unreachable(target, problem))) {
        cell = scan_hidden_cell(target, index, holder, problem);
    }
    target->row.fetched |= UINT64_C(1) << index;
    target->row.holders[index] = *holder;
    target->row.cells[index] = cell;
    return cell;
}

/* The cell of such a column is the secret address, which nobody gets to see. */
static void scan_result_content(scan *target, sqlite3_context *context, size_t index, error *problem) {
    const page *holder = NULL;
    const page_cell *cell = scan_content_cell(target, index, scan_wait_pump, &holder, problem);
    if (cell && !error_is_set(problem)) {
        sqlite3_result_blob64(context, page_text(holder, cell), cell->length, SQLITE_TRANSIENT);
    }
}

void scan_column(scan *target, sqlite3_context *context, int index, error *problem) {
    feed *source = scan_rows_feed(target);
    if ((size_t)index >= target->resource->column_count) {
        scan_result_path(target, context, problem);
        return;
    }
    const catalog_column *column = &target->resource->columns[index];
    const page *holder = feed_page(source);
    const page_cell *cell = page_at(holder, feed_row(source), (size_t)index);
    target->row.asked |= UINT64_C(1) << index;
    if (!(column->versions & target->version)) {
        return;
    }
    if (!(holder->columns >> index & 1)) {
        error_set(problem, SQLITE_INTERNAL, "%s.%s is read, although SQLite has said that it would not be",
                  target->resource->name, column->name);
        return;
    }
    if (index == target->order_column && !scan_omitted_place(target->resource, (size_t)index, cell, problem)) {
        return;
    }
    if (column->kind == VALUE_BYTES) {
        scan_result_content(target, context, (size_t)index, problem);
        return;
    }
    if (scan_is_parent(column, cell)) {
        address_part part = scan_parent(target, column);
        if (part.text) {
            sqlite3_result_text(context, part.text, (int)part.length, SQLITE_TRANSIENT);
        }
        return;
    }
    if (cell->type == CELL_NULL && scan_is_hidden(target, column)) {
        cell = scan_fetch(target, (size_t)index, &holder, problem);
    }
    if (cell) {
        scan_result(context, holder, cell);
    }
}

/* ---- for an UPDATE ---- */

/* What the row is told by: a column that says so, and the name by which OR REPLACE finds it. */
static bool scan_tells(const scan *target, const catalog_column *column) {
    const char *name = target->resource->name_column;
    return (column->flags & COLUMN_TELLS) || (name && strcmp(name, column->name) == 0);
}

void scan_leave_alone(scan *target, int column) {
    bool path = (size_t)column >= target->resource->column_count;
    if (column < SCAN_COLUMNS_MAX && (path || !scan_tells(target, &target->resource->columns[column]))) {
        target->row.left_alone |= UINT64_C(1) << column;
    }
}

/*
** Is it a hidden object that the UPDATE sets, of which single members are written? What is in it already tells what has
** been changed and what has been taken away, so that it is worth its request.
*/
static bool scan_is_taken_apart(const scan *target, const catalog_column *column) {
    bool members = false;
    for (size_t i = 0; i < target->resource->parameter_count && column->kind == VALUE_JSON; i++) {
        const catalog_parameter *parameter = &target->resource->parameters[i];
        members = members || (parameter->leaf && (parameter->update & target->version) &&
                              strcmp(parameter->column, column->name) == 0);
    }
    return members && scan_is_hidden(target, column);
}

/* What a column has shown, or would show if it cost no request. */
static void scan_add_shown(scan *target, size_t index, buffer *blob, error *problem) {
    const feed *source = scan_rows_feed(target);
    const catalog_column *column = &target->resource->columns[index];
    const page *holder = feed_page(source);
    const page_cell *cell = page_at(holder, feed_row(source), index);
    bool asked = target->row.asked >> index & 1u;
    if (cell->type == CELL_NULL && !(target->row.fetched >> index & 1u) && scan_is_taken_apart(target, column)) {
        scan_fetch(target, index, &holder, problem);
    }
    if (!(column->versions & target->version)) {
        shown_add(blob, index, asked, NULL, NULL);
    } else if (scan_is_parent(column, cell)) {
        address_part part = scan_parent(target, column);
        if (part.text) {
            shown_add_text(blob, index, asked, part.text, part.length);
        } else {
            shown_add(blob, index, asked, NULL, NULL);
        }
    } else if (target->row.fetched >> index & 1u) {
        shown_add(blob, index, asked, target->row.holders[index], target->row.cells[index]);
    } else if (cell->type != CELL_NULL || !scan_is_hidden(target, column)) {
        shown_add(blob, index, asked, holder, cell);
    }
}

/* What is left alone is not, but for what tells whose row it is. */
static bool scan_is_of_use(const scan *target, size_t index) {
    const catalog_column *column = &target->resource->columns[index];
    const char *person = target->resource->person_column;
    bool left_alone = target->row.left_alone >> index & 1u;
    return (!left_alone && column->kind != VALUE_BYTES) || (person && strcmp(column->name, person) == 0);
}

void scan_shown(scan *target, sqlite3_context *context, error *problem) {
    buffer blob;
    buffer_init(&blob, SHOWN_MAX);
    shown_begin(&blob);
    for (size_t i = 0; i < target->resource->column_count; i++) {
        if (scan_is_of_use(target, i)) {
            scan_add_shown(target, i, &blob, problem);
        }
    }
    target->row.asked = 0;
    int length = (int)blob.length;
    char *content = buffer_take(&blob);
    if (content) {
        sqlite3_result_blob(context, content, length, sqlite3_free);
    } else {
        error_no_memory(problem);
    }
}
