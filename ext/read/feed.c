/* A feed: the rows of one list or one single resource; see feed.h. */
#include "read/feed.h"

#include <string.h>

#include "plan/address.h"
#include "read/feed_inside.h"
#include "read/feed_keys.h"

enum { FEED_AHEAD = 16 };             /* pages that the feed being read asks for ahead */
enum { FEED_STALE_PAGES_MAX = 1000 }; /* pages without a new row, one after another ... */
enum { FEED_TWICE_PAGES_MAX = 1000 }; /* ... and of rows only that have come before, anywhere in the list */
enum { FEED_SEEN_AHEAD = 8 };         /* rows: so long before it is needed memory is told */

/* ---- opening ---- */

static char *feed_request_path(const feed *target, const char *segment, const char *query) {
    char *tail = sqlite3_mprintf("%s%s", segment ? "/" : "?", segment ? segment : query);
    char *path = tail ? address_request(target->version, target->base, tail) : NULL;
    sqlite3_free(tail);
    return path;
}

static char *feed_copy(const char *text, error *problem) {
    char *copy = text ? sqlite3_mprintf("%s", text) : NULL;
    if (text && !copy) {
        error_no_memory(problem);
    }
    return copy;
}

static void feed_fill(feed *opened, const feed_target *target, error *problem) {
    opened->resource = target->resource;
    opened->key_column = (size_t)catalog_column_index(target->resource, target->resource->key_column);
    opened->order_column = catalog_column_index(target->resource, target->resource->order_column);
    opened->wanted = target->wanted;
    opened->patience = target->patience;
    opened->order = target->order;
    opened->order.other_query = NULL;
    opened->other_query = feed_copy(target->order.other_query, problem);
    opened->wide_query = target->first_query ? feed_copy(target->query, problem) : NULL;
    opened->version = target->version;
    opened->base = feed_copy(target->base, problem);
    bool guarded = target->known_service && (catalog_root(target->resource)->fetch & target->version);
    if (guarded) {
        char *root = sqlite3_mprintf("/%s/", catalog_root(target->resource)->segment);
        opened->guard_path = root ? address_request(target->version, root, target->known_service) : NULL;
        sqlite3_free(root);
    }
    if (guarded && !opened->guard_path) {
        error_no_memory(problem);
    }
}

feed *feed_open(look *view, const feed_target *target, error *problem) {
    feed *opened = error_is_set(problem) ? NULL : sqlite3_malloc64(sizeof *opened);
    if (!opened) {
        error_no_memory(problem);
        return NULL;
    }
    memset(opened, 0, sizeof *opened);
    opened->view = view;
    opened->number = reading_of(look_connection(view))->feeds++;
    feed_fill(opened, target, problem);
    const char *query = target->first_query ? target->first_query : target->query;
    char *path = error_is_set(problem) ? NULL : feed_request_path(opened, target->segment, query);
    if (path) {
        look_wish wish = {target->resource,
                          target->version,
                          path,
                          target->segment != NULL,
                          .purpose = target->purpose,
                          .goes_on = target->urgent || target->purpose == PURPOSE_LOOK_UP};
        chain_open(&opened->pages, view, &wish, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(path);
    if (error_is_set(problem)) {
        feed_close(opened);
        opened = NULL;
    }
    return opened;
}

void feed_close(feed *target) {
    if (target) {
        chain_close(&target->pages);
        look_put(target->guard);
        key_set_clear(&target->seen);
        key_set_clear(&target->seen_before);
        seen_clear(&target->long_seen);
        sqlite3_free(target->hashes);
        sqlite3_free(target->base);
        sqlite3_free(target->guard_path);
        sqlite3_free(target->other_query);
        sqlite3_free(target->wide_query);
        sqlite3_free(target);
    }
}

page *feed_page(const feed *target) {
    return target->recalled ? target->recalled : chain_page(&target->pages);
}

void feed_rest(feed *target) {
    chain_rest(&target->pages);
}

int64_t feed_asked(const feed *target) {
    return target->pages.asked;
}

void feed_count(const feed *target, growth *side_by_side) {
    chain_count(&target->pages, side_by_side);
}

size_t feed_pages(const feed *target) {
    return target->pages.pages;
}

void feed_want(feed *target, int64_t wanted) {
    target->wanted = wanted;
}

bool feed_is_at_page_end(const feed *target) {
    return target->opened && target->next_row >= feed_page(target)->row_count && chain_has_next(&target->pages);
}

look_entry *feed_entry(const feed *target) {
    return target->pages.links[0].entry;
}

size_t feed_row(const feed *target) {
    return target->reversed ? feed_page(target)->row_count - target->next_row : target->next_row - 1;
}

const char *feed_base(const feed *target) {
    return target->base;
}

int64_t feed_number(const feed *target) {
    return target->number;
}

bool feed_is_list(const feed *target) {
    return target->pages.list;
}

static const page_cell *feed_key_cell(const feed *target, size_t row) {
    return page_at(feed_page(target), row, target->key_column);
}

const char *feed_key(const feed *target, size_t row) {
    return page_text(feed_page(target), feed_key_cell(target, row));
}

char *feed_address(const feed *source, const page *content, size_t row) {
    return sqlite3_mprintf("%s/%s", source->base,
                           source->resource->single ? source->resource->segment
                                                    : page_text(content, page_at(content, row, source->key_column)));
}

char *feed_row_path(const feed *target, size_t row) {
    return feed_address(target, feed_page(target), row);
}

char *feed_single_path(const feed *source, const page *content, size_t row) {
    return feed_request_path(source, page_text(content, page_at(content, row, source->key_column)), NULL);
}

static bool feed_is_wanted(const feed *source, const page *content, size_t row) {
    if (!source->order.relied) {
        return true;
    }
    const page_cell *cell = page_at(content, row, (size_t)source->order_column);
    int64_t value = cell->type == CELL_INTEGER ? cell->value.integer : 0;
    return !(source->order.has_lower && value < source->order.lower) &&
           !(source->order.has_upper && value > source->order.upper);
}

bool feed_look_ahead(const feed *source, feed_place *place, page **content, size_t *row) {
    if (!place->begun) {
        *place = (feed_place){.begun = true, .row = source->opened ? source->next_row : 0};
    }
    while (!source->ended && (*content = chain_page_at(&source->pages, place->link)) != NULL) {
        while (place->row < (*content)->row_count) {
            *row = source->reversed ? (*content)->row_count - 1 - place->row : place->row;
            place->row++;
            if (feed_is_wanted(source, *content, *row)) {
                return true;
            }
        }
        if (source->reversed) {
            return false;
        }
        place->link++;
        place->row = 0;
    }
    return false;
}

/* ---- a page that has come ---- */

/* Begins anew with another query. */
static void feed_begin_anew(feed *target, const char *query, error *problem) {
    char *path = feed_request_path(target, NULL, query);
    if (path) {
        int64_t asked = target->pages.asked;
        chain_close(&target->pages);
        look_wish wish = {.resource = target->resource,
                          .version = target->version,
                          .path = path,
                          .purpose = target->pages.purpose,
                          .goes_on = target->pages.urgent};
        chain_open(&target->pages, target->view, &wish, problem);
        target->pages.asked += asked;
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(path);
}

/* The order column in the first or last row of the page; false: there is none. */
static bool feed_edge(const feed *target, bool last, int64_t *value) {
    const page *content = feed_page(target);
    const page_cell *cell =
        content->row_count ? page_at(content, last ? content->row_count - 1 : 0, (size_t)target->order_column) : NULL;
    *value = cell && cell->type == CELL_INTEGER ? cell->value.integer : 0;
    return cell && cell->type == CELL_INTEGER;
}

/*
** With bounds on both sides the nearer end is not known before the first page shows how far the list goes: from its
** newest row it may be further to the bounds than from the oldest.
*/
static bool feed_oldest_is_nearer(const feed *target) {
    int64_t newest;
    return feed_edge(target, false, &newest) &&
           (double)newest - (double)target->order.lower > (double)target->order.upper;
}

/* Does the newest page hold all that the lower bound lets through? */
static bool feed_page_is_enough(const feed *target) {
    int64_t oldest;
    return !chain_has_next(&target->pages) || (feed_edge(target, true, &oldest) && oldest <= target->order.lower);
}

/*
** Once, when the first page has come: which way to go on. Returns whether the feed has begun anew from the other end.
*/
static bool feed_turn_round(feed *target, error *problem) {
    char *query = target->other_query;
    target->other_query = NULL;
    bool turn = false;
    if (query && target->order.from_newest && feed_page_is_enough(target)) {
        target->reversed = true;
        target->order.descending = false;
    } else if (query) {
        turn = target->order.from_newest || feed_oldest_is_nearer(target);
    }
    if (turn) {
        feed_begin_anew(target, query, problem);
        target->order.descending = false;
    }
    sqlite3_free(query);
    return turn;
}

static void feed_refuse_order(const feed *target, error *problem) {
    chain_refuse(&target->pages, problem, "the rows do not come in the order that was asked for");
}

/*
** Whoever relies on the order may stop within a page: then the rest of it, which is there, must not belie the order. Rows of
** one place are left to feed_check_order, since one that comes twice is dropped before.
*/
static void feed_check_page_order(const feed *target, error *problem) {
    const page *content = feed_page(target);
    bool descending = target->order.descending || target->reversed;
    for (size_t row = 1; target->order.relied && row < content->row_count && !error_is_set(problem); row++) {
        const page_cell *before = page_at(content, row - 1, (size_t)target->order_column);
        const page_cell *cell = page_at(content, row, (size_t)target->order_column);
        if (before->type == CELL_INTEGER && cell->type == CELL_INTEGER &&
            (descending ? cell->value.integer > before->value.integer : cell->value.integer < before->value.integer)) {
            feed_refuse_order(target, problem);
        }
    }
}

/*
** From the newest row on, a first page of one row shows no order: a server that does not know of it would have sent the oldest.
** Then the page behind it tells. Such pages are rare, since two rows are asked for at least.
*/
static look_state feed_await_order(feed *target, error *problem) {
    bool alone = target->pages.first && target->order.relied && target->order.descending &&
                 feed_page(target)->row_count == 1 && chain_has_next(&target->pages);
    look_state state = alone ? chain_await_next(&target->pages, problem) : LOOK_READY;
    const page *next = alone && state == LOOK_READY ? chain_page_at(&target->pages, 1) : NULL;
    size_t column = (size_t)target->order_column;
    if (next && next->row_count > 0 && page_at(feed_page(target), 0, column)->type == CELL_INTEGER &&
        page_at(next, 0, column)->type == CELL_INTEGER &&
        page_at(next, 0, column)->value.integer > page_at(feed_page(target), 0, column)->value.integer) {
        feed_refuse_order(target, problem);
    }
    return error_is_set(problem) ? LOOK_FAILED : state;
}

/* True: the page is ready to be read. */
static bool feed_open_page(feed *target, error *problem) {
    if (target->pages.first && feed_turn_round(target, problem)) {
        return false;
    }
    target->opened = true;
    target->next_row = 0;
    /* The next page comes while the rows of this one are looked at. */
    feed_pump(target, true, problem);
    look_send(target->view, problem);
    feed_keys_take(target, problem);
    feed_check_page_order(target, problem);
    feed_keys_learn(target);
    return !error_is_set(problem);
}

/* ---- a page that is not there ---- */

/*
** 404 on the first page: the parent does not exist (any more), so it has no rows. But a list that hangs under nothing is
** always there, and a service that the user configured must exist, or every table would quietly look empty.
*/
static step_result feed_missing(feed *target, error *problem) {
    if (!target->pages.first || target->widened) {
        chain_refuse(&target->pages, problem, "HTTP 404 in the middle of the list: it was deleted while being read");
        return STEP_FAILED;
    }
    if (target->pages.list && !target->resource->parent) {
        chain_report_missing(&target->pages, problem);
        return STEP_FAILED;
    }
    if (!target->guard_path) {
        return STEP_DONE;
    }
    if (!target->guard) {
        look_wish wish = {.resource = catalog_root(target->resource),
                          .version = target->version,
                          .path = target->guard_path,
                          .single = true};
        target->guard = look_get(target->view, &wish, problem);
    }
    look_state state = target->guard ? look_poll(target->guard, problem) : LOOK_FAILED;
    if (target->guard) {
        look_use(target->guard);
    }
    if (state == LOOK_MISSING && look_message(target->guard)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: the configured service does not exist; correct service_sid (in chat_settings, "
                  "TWILIO_CHAT_SERVICE_SID or CREATE VIRTUAL TABLE)",
                  look_message(target->guard));
    } else if (state == LOOK_MISSING) {
        error_no_memory(problem);
    }
    return error_is_set(problem) ? STEP_FAILED : state == LOOK_PENDING ? STEP_BUSY : STEP_DONE;
}

/* ---- rows ---- */

/* The small first page was not enough. */
static void feed_widen(feed *target, error *problem) {
    char *query = target->wide_query;
    target->wide_query = NULL;
    target->widened = true;
    feed_begin_anew(target, query, problem);
    sqlite3_free(query);
}

static void feed_turn_page(feed *target, error *problem) {
    target->stale_pages = target->fresh_rows ? 0 : target->stale_pages + 1;
    target->twice_pages += target->fresh_rows && !target->new_rows;
    target->fresh_rows = target->new_rows = 0;
    target->pages_turned++;
    if (target->stale_pages > FEED_STALE_PAGES_MAX || target->twice_pages > FEED_TWICE_PAGES_MAX) {
        chain_refuse(&target->pages, problem, "the server sends one page after another without a new row");
        return;
    }
    if (target->wide_query) {
        feed_widen(target, problem);
    } else {
        chain_turn(&target->pages, problem);
    }
    target->opened = false;
    key_set emptied = target->seen_before;
    key_set_empty(&emptied);
    target->seen_before = target->seen;
    target->seen = emptied;
}

/* A list of a page or two is over before it could go round. */
static void feed_note_row(feed *target, uint64_t hash, bool repeated, error *problem) {
    bool known = false;
    if (target->pages_turned > 1 && seen_note(&target->long_seen, hash, &known) != SQLITE_OK) {
        error_no_memory(problem);
    }
    target->new_rows += !repeated && !known;
}

/* Has this row been seen on this page or the one before? Page numbers shift when rows are inserted while reading. */
static bool feed_is_repeated(feed *target, size_t row, error *problem) {
    if (target->pages.first && !target->widened && feed_page(target)->row_count == 1 &&
        !chain_has_next(&target->pages)) {
        return false; /* as of every single resource */
    }
    address_part key = feed_keys_part(target, row);
    uint64_t hash = target->hashes[row];
    bool had;
    if (row + FEED_SEEN_AHEAD < feed_page(target)->row_count) {
        seen_expect(&target->long_seen, target->hashes[row + FEED_SEEN_AHEAD]);
    }
    /* Also if the page before has it: the next page may have it once more. */
    if (key_set_add(&target->seen, key.text, key.length, hash, &had) != SQLITE_OK) {
        error_no_memory(problem);
    }
    if (had) {
        return true;
    }
    bool repeated = key_set_has(&target->seen_before, key.text, key.length, hash);
    target->fresh_rows += !repeated;
    feed_note_row(target, hash, repeated, problem);
    return repeated;
}

/* Whoever relies on the order checks it: a walk that stops early would lose rows otherwise. */
static void feed_check_order(feed *target, int64_t value, error *problem) {
    bool kept = !target->any_row || (target->order.descending ? value < target->latest : value > target->latest);
    if (!kept) {
        feed_refuse_order(target, problem);
    }
    target->any_row = true;
    target->latest = value;
}

/*
** Has the row come into the list in front of those that the small first page has told? What is told from there on is a list as it
** was then.
*/
static bool feed_is_in_front(const feed *target, int64_t value) {
    return target->widened && target->pages.first && target->any_row &&
           (target->order.descending ? value > target->latest : value < target->latest);
}

/* Is a row outside the bounds? Past the far one, none that follows is wanted. */
static bool feed_is_outside(feed *target, size_t row, error *problem) {
    if (!target->order.relied) {
        return false;
    }
    const page_cell *cell = page_at(feed_page(target), row, (size_t)target->order_column);
    if (cell->type != CELL_INTEGER) {
        chain_refuse(&target->pages, problem, "the answer holds a row without its place in the order");
        return false;
    }
    int64_t value = cell->value.integer;
    if (feed_is_in_front(target, value)) {
        return true;
    }
    feed_check_order(target, value, problem);
    bool below = target->order.has_lower && value < target->order.lower;
    bool above = target->order.has_upper && value > target->order.upper;
    target->ended = target->ended || (target->order.descending ? below : above);
    return below || above;
}

static step_result feed_next_row(feed *target, error *problem) {
    while (!target->ended && target->next_row < feed_page(target)->row_count) {
        target->next_row++;
        size_t row = feed_row(target);
        bool skipped = feed_is_repeated(target, row, problem) || feed_is_outside(target, row, problem);
        if (error_is_set(problem)) {
            return STEP_FAILED;
        }
        if (!skipped) {
            target->handed_out++;
            return STEP_ROW;
        }
    }
    return STEP_DONE;
}

/* Does a page reach the far bound? Then none after it is wanted. */
static bool feed_reaches_bound(const void *context, const page *content) {
    const feed *target = context;
    const page_cell *last = content->row_count > 0 && target->order.relied
                                ? page_at(content, content->row_count - 1, (size_t)target->order_column)
                                : NULL;
    if (!last || last->type != CELL_INTEGER) {
        return false;
    }
    return target->order.descending ? target->order.has_lower && last->value.integer <= target->order.lower
                                    : target->order.has_upper && last->value.integer >= target->order.upper;
}

static bool feed_ends_here(const feed *target) {
    return feed_reaches_bound(target, feed_page(target));
}

/* How many pages after the current one a LIMIT may need, if they are as long as it is. */
static size_t feed_pages_wanted(const feed *target, size_t pages) {
    int64_t count = (int64_t)feed_page(target)->row_count;
    int64_t left = target->wanted - target->handed_out - (count - (int64_t)target->next_row);
    if (target->wanted < 0 || count == 0) {
        return pages;
    }
    int64_t needed = left > 0 ? (left + count - 1) / count : 0;
    return needed < (int64_t)pages ? (size_t)needed : pages;
}

void feed_pump(feed *target, bool is_read, error *problem) {
    error later = {0}; /* what is wrong with a page shows again when it is reached */
    look_state state = target->opened ? LOOK_READY : target->ended ? LOOK_FAILED : chain_poll(&target->pages, &later);
    error_clear(&later);
    size_t pages = is_read ? FEED_AHEAD : chain_depth(&target->pages);
    chain_limit limit = {.pages = pages,
                         .guesses = is_read ? FEED_AHEAD : CHAIN_WAITING_GUESSES,
                         .whole = target->wanted < 0 && !target->order.has_lower && !target->order.has_upper,
                         .urgent = is_read,
                         .ends = feed_reaches_bound,
                         .context = target};
    bool coming = state == LOOK_PENDING && limit.whole;
    if (state == LOOK_READY && !feed_ends_here(target)) {
        limit.pages = feed_pages_wanted(target, pages);
    } else if (!coming) {
        return;
    }
    if (target->patience == 0 && !target->ended && !target->reversed && !target->other_query && !target->wide_query) {
        chain_pump(&target->pages, &limit, problem);
    }
}

/* Whoever goes on after the first rows may want the pages behind them. */
static void feed_lose_patience(feed *target, error *problem) {
    if (target->patience > 0 && target->handed_out >= target->patience) {
        target->patience = 0;
        feed_pump(target, true, problem);
    }
}

step_result feed_step(feed *target, error *problem) {
    feed_lose_patience(target, problem);
    while (!error_is_set(problem)) {
        look_state state = target->opened ? LOOK_READY : chain_poll(&target->pages, problem);
        if (state == LOOK_PENDING) {
            return STEP_BUSY;
        }
        if (state == LOOK_MISSING) {
            return feed_missing(target, problem);
        }
        if (!target->opened && !error_is_set(problem) && feed_await_order(target, problem) == LOOK_PENDING) {
            return STEP_BUSY;
        }
        if (error_is_set(problem) || (!target->opened && !feed_open_page(target, problem))) {
            continue;
        }
        step_result result = feed_next_row(target, problem);
        if (result != STEP_DONE || target->ended || target->reversed || !chain_has_next(&target->pages)) {
            return result;
        }
        if (feed_ends_here(target)) {
            return STEP_DONE;
        }
        feed_turn_page(target, problem);
    }
    return STEP_FAILED;
}
