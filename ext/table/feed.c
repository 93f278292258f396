/* A feed: the rows of one list or one single resource; see feed.h. */
#include "table/feed.h"

#include <string.h>

#include "base/map.h"
#include "base/sid.h"
#include "rest/url.h"
#include "table/address.h"

enum { FEED_EMPTY_PAGES_MAX = 1000 };

struct feed {
    look *view;
    const catalog_resource *resource;
    size_t key_column;
    char *base;
    char *guard_path; /* request path of the configured service, or NULL */
    bool list;
    look_entry *current;   /* the page being read or waited for */
    look_entry *following; /* the page after it, asked for ahead */
    look_entry *guard;     /* does the configured service exist? asked after a 404 */
    bool opened;           /* current has been checked */
    bool first;            /* current is the first page */
    size_t next_row;       /* rows of current handed out or skipped */
    char *next_path;       /* of the page after current; NULL: there is none */
    map seen, seen_before; /* keys of this page and the one before */
    char *landmark;        /* an earlier page's path, for finding circles */
    size_t pages, landmark_due;
    int empty_pages;
};

static char *feed_request_path(const feed_target *target) {
    const char *version = catalog_versions_text(target->version);
    return target->segment ? sqlite3_mprintf("/%s%s/%s", version, target->base, target->segment)
                           : sqlite3_mprintf("/%s%s?%s", version, target->base, target->query);
}

feed *feed_open(look *view, const feed_target *target, error *problem) {
    feed *opened = error_is_set(problem) ? NULL : sqlite3_malloc64(sizeof *opened);
    char *path = feed_request_path(target);
    if (!opened || !path) {
        error_no_memory(problem);
        sqlite3_free(opened);
        sqlite3_free(path);
        return NULL;
    }
    memset(opened, 0, sizeof *opened);
    opened->view = view;
    opened->resource = target->resource;
    opened->key_column = (size_t)catalog_column_index(target->resource, target->resource->key_column);
    opened->list = !target->segment;
    opened->first = true;
    opened->landmark_due = 1;
    opened->base = sqlite3_mprintf("%s", target->base);
    if (target->known_service) {
        opened->guard_path = sqlite3_mprintf("/%s/%s/%s", catalog_versions_text(target->version),
                                             catalog_root(target->resource)->segment, target->known_service);
    }
    if (!opened->base || (target->known_service && !opened->guard_path)) {
        error_no_memory(problem);
    }
    opened->current = look_get(view, target->resource, path, !opened->list, problem);
    sqlite3_free(path);
    if (error_is_set(problem)) {
        feed_close(opened);
        opened = NULL;
    }
    return opened;
}

void feed_close(feed *target) {
    if (target) {
        look_put(target->current);
        look_put(target->following);
        look_put(target->guard);
        map_clear(&target->seen, NULL);
        map_clear(&target->seen_before, NULL);
        sqlite3_free(target->base);
        sqlite3_free(target->guard_path);
        sqlite3_free(target->next_path);
        sqlite3_free(target->landmark);
        sqlite3_free(target);
    }
}

page *feed_page(const feed *target) {
    return look_page(target->current);
}

size_t feed_row(const feed *target) {
    return target->next_row - 1;
}

const char *feed_base(const feed *target) {
    return target->base;
}

bool feed_is_list(const feed *target) {
    return target->list;
}

static const page_cell *feed_key_cell(const feed *target, size_t row) {
    return page_at(feed_page(target), row, target->key_column);
}

static const char *feed_key(const feed *target, size_t row) {
    return page_text(feed_page(target), feed_key_cell(target, row));
}

char *feed_row_path(const feed *target, size_t row) {
    return sqlite3_mprintf("%s/%s", target->base, feed_key(target, row));
}

static void feed_refuse(const feed *target, error *problem, const char *reason) {
    error_set(problem, SQLITE_ERROR, "%s: GET %s: %s", target->resource->name, look_path(target->current), reason);
}

/* ---- a page that has come ---- */

/* Does each parent column agree with the address? Else the answer would depend on how the row was reached. */
static bool feed_parents_agree(const feed *target, size_t row) {
    const page *content = feed_page(target);
    for (size_t column = 0; column < target->resource->column_count; column++) {
        const page_cell *cell = page_at(content, row, column);
        if (!(target->resource->columns[column].flags & COLUMN_PARENT) || cell->type == CELL_NULL) {
            continue;
        }
        address_part expected = address_parent(target->resource, target->base, target->resource->columns[column].name);
        if (expected.text && (cell->type != CELL_TEXT || cell->length != expected.length ||
                              memcmp(page_text(content, cell), expected.text, expected.length) != 0)) {
            return false;
        }
    }
    return true;
}

static void feed_check_rows(const feed *target, error *problem) {
    const page *content = feed_page(target);
    for (size_t row = 0; row < content->row_count && !error_is_set(problem); row++) {
        if (!sid_is_plain_segment(feed_key(target, row), feed_key_cell(target, row)->length)) {
            feed_refuse(target, problem, "the answer holds a row whose SID is not one");
        } else if (!feed_parents_agree(target, row)) {
            feed_refuse(target, problem, "the answer holds a row of another parent");
        }
    }
}

/* Brent's way to find a circle: compare with one remembered page, and remember anew after 1, 2, 4, 8 ... pages. */
static void feed_check_circle(feed *target, error *problem) {
    if ((target->landmark && strcmp(target->landmark, target->next_path) == 0) ||
        strcmp(look_path(target->current), target->next_path) == 0) {
        feed_refuse(target, problem, "the server's next pages go round in a circle");
        return;
    }
    if (++target->pages >= target->landmark_due) {
        sqlite3_free(target->landmark);
        target->landmark = sqlite3_mprintf("%s", target->next_path);
        target->landmark_due *= 2;
        if (!target->landmark) {
            error_no_memory(problem);
        }
    }
}

static void feed_check_empty(feed *target, error *problem) {
    target->empty_pages = feed_page(target)->row_count ? 0 : target->empty_pages + 1;
    if (target->empty_pages > FEED_EMPTY_PAGES_MAX) {
        feed_refuse(target, problem, "the server sends one empty page after another");
    }
}

/* Decides where the page after this one is to be had. */
static void feed_read_next(feed *target, error *problem) {
    const char *next = feed_page(target)->next;
    error refusal = {0};
    sqlite3_free(target->next_path);
    target->next_path = NULL;
    if (!next || !target->list || error_is_set(problem)) {
        return;
    }
    const char *origin = client_origin(look_connection(target->view)->client);
    target->next_path = url_follow(origin, look_path(target->current), next, &refusal);
    if (!target->next_path && refusal.message) {
        feed_refuse(target, problem, refusal.message);
    } else if (!target->next_path) {
        error_no_memory(problem);
    } else {
        feed_check_circle(target, problem);
    }
    error_clear(&refusal);
}

static void feed_open_page(feed *target, error *problem) {
    target->opened = true;
    target->next_row = 0;
    feed_check_rows(target, problem);
    feed_check_empty(target, problem);
    feed_read_next(target, problem);
}

/* ---- a page that is not there ---- */

/*
** 404 on the first page: the parent does not exist (any more), so it has no rows. But a service that the user configured must
** exist, or every table would quietly look empty.
*/
static step_result feed_missing(feed *target, error *problem) {
    if (!target->first) {
        feed_refuse(target, problem, "HTTP 404 in the middle of the list: it was deleted while being read");
        return STEP_FAILED;
    }
    if (!target->guard_path) {
        return STEP_DONE;
    }
    if (!target->guard) {
        target->guard = look_get(target->view, catalog_root(target->resource), target->guard_path, true, problem);
    }
    look_state state = target->guard ? look_poll(target->guard, problem) : LOOK_FAILED;
    if (state == LOOK_MISSING) {
        error_set(problem, SQLITE_ERROR,
                  "%s: GET %s: HTTP 404: the configured service does not exist: correct service_sid (in chat_settings, "
                  "TWILIO_CHAT_SERVICE_SID or CREATE VIRTUAL TABLE)",
                  target->resource->name, target->guard_path);
    }
    return error_is_set(problem) ? STEP_FAILED : state == LOOK_PENDING ? STEP_BUSY : STEP_DONE;
}

/* ---- moving on ---- */

/* Asks for the next page before it is needed: from the middle of a page on, so that a statement that stops early costs nothing. */
static void feed_look_ahead(feed *target, error *problem) {
    if (target->next_path && !target->following && target->next_row * 2 >= feed_page(target)->row_count &&
        connection_has_room(look_connection(target->view))) {
        target->following = look_get(target->view, target->resource, target->next_path, false, problem);
    }
}

static void feed_turn_page(feed *target, error *problem) {
    if (!target->following) {
        target->following = look_get(target->view, target->resource, target->next_path, false, problem);
    }
    if (error_is_set(problem)) {
        return;
    }
    look_put(target->current);
    target->current = target->following;
    target->following = NULL;
    target->opened = target->first = false;
    map_clear(&target->seen_before, NULL);
    target->seen_before = target->seen;
    memset(&target->seen, 0, sizeof target->seen);
}

/* Has this row been seen on this page or the one before? Page numbers shift when rows are inserted while reading. */
static bool feed_is_repeated(feed *target, size_t row, error *problem) {
    if (target->first && !target->next_path) {
        return false;
    }
    const char *key = feed_key(target, row);
    if (map_has(&target->seen, key) || map_has(&target->seen_before, key)) {
        return true;
    }
    if (map_set(&target->seen, key, NULL) != SQLITE_OK) {
        error_no_memory(problem);
    }
    return false;
}

static step_result feed_next_row(feed *target, error *problem) {
    while (target->next_row < feed_page(target)->row_count) {
        bool repeated = feed_is_repeated(target, target->next_row++, problem);
        feed_look_ahead(target, problem);
        if (error_is_set(problem)) {
            return STEP_FAILED;
        }
        if (!repeated) {
            return STEP_ROW;
        }
    }
    return STEP_DONE;
}

step_result feed_step(feed *target, error *problem) {
    while (!error_is_set(problem)) {
        look_state state = target->opened ? LOOK_READY : look_poll(target->current, problem);
        if (state == LOOK_PENDING) {
            return STEP_BUSY;
        }
        if (state == LOOK_MISSING) {
            return feed_missing(target, problem);
        }
        if (state == LOOK_READY && !target->opened) {
            feed_open_page(target, problem);
        }
        if (error_is_set(problem)) {
            break;
        }
        step_result result = feed_next_row(target, problem);
        if (result != STEP_DONE || !target->next_path) {
            return result;
        }
        feed_turn_page(target, problem);
    }
    return STEP_FAILED;
}
