/* The contents of a scan's rows; see scan_content.h. */
#include "read/scan_content.h"

#include "read/scan_inside.h"
#include "read/scan_rows.h"

/* The contents to come: of the walk's rows, then of the rows that are mentioned. */
typedef struct content_rows {
    scan *self;
    content_row wanted; /* the row whose path was given last; at first the current one */
    bool ahead;         /* it is a row to come */
    scan_ahead walked;
    bool walked_all;
    size_t follower;
} content_rows;

static char *scan_content_of(content_rows *rows, page *holder, size_t row, char *path) {
    char *shown = path ? content_path(path) : NULL;
    rows->wanted.holder = holder;
    rows->wanted.row = row;
    rows->ahead = true;
    sqlite3_free(path);
    return shown;
}

/* Is there a content to ask for? Else whoever comes to the row says so. */
static bool scan_content_has(const content_rows *rows, const page *holder, size_t row) {
    return page_at(holder, row, rows->wanted.column)->type == CELL_TEXT;
}

static char *scan_content_next(void *context) {
    content_rows *rows = context;
    const scan *target = rows->self;
    page *holder = NULL;
    size_t row = 0;
    const feed *source;
    while (!rows->walked_all && (source = scan_rows_look_ahead(target, &rows->walked, true, &holder, &row)) != NULL) {
        if (scan_content_has(rows, holder, row)) {
            return scan_content_of(rows, holder, row, feed_single_path(source, holder, row));
        }
    }
    rows->walked_all = true;
    while (target->followers && rows->follower < target->followers->count) {
        look_entry *entry = target->followers->entries[rows->follower++];
        error ignored = {0};
        bool there = look_poll(entry, &ignored) == LOOK_READY;
        error_clear(&ignored);
        if (there && scan_content_has(rows, look_page(entry), 0)) {
            return scan_content_of(rows, look_page(entry), 0, sqlite3_mprintf("%s", look_path(entry)));
        }
    }
    return NULL;
}

static look_entry *scan_content_ask(void *context, look *view, const char *path, error *problem) {
    const content_rows *rows = context;
    int64_t size = content_size(&rows->wanted);
    if (!rows->ahead) {
        return content_ask(view, &rows->wanted, path, false, problem);
    }
    if (size < 0 || !reading_has_room_for(look_connection(view), (size_t)size)) {
        return NULL;
    }
    error ignored = {0}; /* what is wrong shows again to whoever comes to the row */
    look_entry *entry = content_ask(view, &rows->wanted, path, false, &ignored);
    error_clear(&ignored);
    return entry;
}

static content_rows scan_content_rows(scan *target, size_t column) {
    const feed *source = scan_rows_feed(target);
    return (content_rows){.self = target,
                          .wanted = {.resource = target->resource,
                                     .version = target->version,
                                     .column = column,
                                     .holder = feed_page(source),
                                     .row = feed_row(source)}};
}

/* Asks for the row's content, if it has not been asked for. path: that tells of it. */
static void scan_content_begin(scan *target, content_rows *rows, const hydrate_row *wanted, error *problem) {
    char *key = target->contents ? NULL : sqlite3_mprintf("content %p", target->loop);
    if (key) {
        target->contents = hydrate_of(target->view, key, false, problem);
    }
    if (!target->contents) {
        error_no_memory(problem);
    } else if (!hydrate_has(&target->bytes.first, rows->wanted.holder, rows->wanted.row)) {
        content_clear(&target->bytes);
        hydrate_begin(&target->bytes.first, target->contents, target->view, wanted, problem);
    }
    sqlite3_free(key);
}

static const page_cell *scan_content_await(scan *target, size_t column, const char *path, const hydrate_row *wanted,
                                           scan_content_waiting *waiting, const page **holder, error *problem) {
    content_rows rows = scan_content_rows(target, column);
    const content_row current = rows.wanted;
    const page_cell *cell = NULL;
    look_state found = LOOK_PENDING;
    while (!error_is_set(problem) && (found = content_poll(&target->bytes, target->view, &current, path, holder, &cell,
                                                           problem)) == LOOK_PENDING) {
        hydrate_row ahead = *wanted;
        waiting(target, problem);
        rows = scan_content_rows(target, column);
        ahead.rows = &rows;
        hydrate_look_ahead(target->contents, target->view, &ahead, problem);
        if (!error_is_set(problem)) {
            look_wait(target->view, problem);
        }
    }
    return found == LOOK_READY ? cell : NULL;
}

const page_cell *scan_content_cell(scan *target, size_t column, scan_content_waiting *waiting, const page **holder,
                                   error *problem) {
    content_rows rows = scan_content_rows(target, column);
    const page_cell *cell = NULL;
    char *path = feed_single_path(scan_rows_feed(target), rows.wanted.holder, rows.wanted.row);
    char *shown = path ? content_path(path) : NULL;
    if (shown) {
        hydrate_row wanted = {target->resource,
                              target->version,
                              rows.wanted.holder,
                              rows.wanted.row,
                              shown,
                              scan_content_next,
                              scan_content_ask,
                              &rows};
        scan_content_begin(target, &rows, &wanted, problem);
        cell = scan_content_await(target, column, path, &wanted, waiting, holder, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(path);
    sqlite3_free(shown);
    return cell;
}
