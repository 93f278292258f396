/* Rows that an outer table's rows mention; see scan_mentioned.h. */
#include "read/scan_mentioned.h"

#include <string.h>

#include "plan/address.h"
#include "read/mention.h"
#include "read/scan_inside.h"
#include "read/scan_rows.h"

/* Does it look for a single row, by its SID, of a table that has no list? */
static bool scan_mentioned_is_one(const scan *target, const walk_plan *way) {
    return catalog_is_unlisted(target->resource, target->version) && catalog_depth(target->resource) == 1 &&
           way->by_segment && way->segments.count == 1 && way->parents[0].count == 1 &&
           look_may_ask_ahead(target->view);
}

/* The scan that stands on a row which mentions the SID, and the place behind it. */
static const scan *scan_mentioned_find(const scan *target, mention *place) {
    for (const scan *each = *look_scans(target->view); each; each = each->next) {
        if (each == target || !each->at_row) {
            continue;
        }
        const feed *source = scan_rows_feed(each);
        if (mention_find(each->resource, feed_page(source), feed_row(source), target->key, place)) {
            return each;
        }
    }
    return NULL;
}

/* The mentions to come, from that of the row looked for on. */
typedef struct mentioned_rows {
    const scan *self, *outer;
    scan_ahead walked;
    const feed *source; /* the list, */
    page *content;      /* the page */
    size_t row;         /* and the row that is being gone through */
    mention place;
} mentioned_rows;

/* The request path of a row of the scan's table, in the service of the list that mentions it. */
static char *scan_mentioned_path(const mentioned_rows *rows, const char *sid) {
    const catalog_resource *resource = rows->self->resource;
    address_part service = address_root(feed_base(rows->source));
    char *base =
        sqlite3_mprintf("/%s/%.*s/%s", resource->parent->segment, (int)service.length, service.text, resource->segment);
    char *tail = base ? sqlite3_mprintf("/%s", sid) : NULL;
    char *path = tail ? address_request(rows->self->version, base, tail) : NULL;
    sqlite3_free(base);
    sqlite3_free(tail);
    return path;
}

static char *scan_mentioned_next(void *context) {
    mentioned_rows *rows = context;
    char sid[SID_LENGTH + 1];
    while (rows->source) {
        if (mention_next(rows->outer->resource, rows->content, rows->row, rows->self->resource->key_prefix,
                         &rows->place, sid)) {
            return scan_mentioned_path(rows, sid);
        }
        rows->place = (mention){0, 0};
        rows->source = scan_rows_look_ahead(rows->outer, &rows->walked, true, &rows->content, &rows->row);
    }
    return NULL;
}

/* Makes the mentions to come; false: nobody mentions the row. */
static bool scan_mentioned_rows(const scan *target, mentioned_rows *rows) {
    *rows = (mentioned_rows){.self = target};
    rows->outer = scan_mentioned_find(target, &rows->place);
    if (rows->outer) {
        rows->source = scan_rows_feed(rows->outer);
        rows->content = feed_page(rows->source);
        rows->row = feed_row(rows->source);
    }
    return rows->outer && address_root(feed_base(rows->source)).text;
}

/* Is the row looked for in the service of the list that mentions it? */
static bool scan_mentioned_is_there(const mentioned_rows *rows, const char *service_sid) {
    address_part service = address_root(feed_base(rows->source));
    return service.length == strlen(service_sid) && memcmp(service.text, service_sid, service.length) == 0;
}

void scan_mentioned_begin(scan *target, const walk_plan *way, error *problem) {
    mentioned_rows rows;
    if (error_is_set(problem) || !scan_mentioned_is_one(target, way)) {
        return;
    }
    memcpy(target->key, way->segments.texts[0], SID_LENGTH);
    if (!scan_mentioned_rows(target, &rows) || !scan_mentioned_is_there(&rows, way->parents[0].texts[0])) {
        return;
    }
    char *key = sqlite3_mprintf("mentioned %p", target->loop);
    char *path = scan_mentioned_path(&rows, target->key);
    target->followers = key ? hydrate_of(target->view, key, false, problem) : NULL;
    if (path && target->followers) {
        hydrate_row wanted = {target->resource, target->version, NULL, 0, path, scan_mentioned_next, NULL, &rows};
        hydrate_begin(&target->mentioned, target->followers, target->view, &wanted, problem);
        hydrate_look_ahead(target->followers, target->view, &wanted, problem);
    } else {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    sqlite3_free(path);
}

void scan_mentioned_pump(scan *target, error *problem) {
    mentioned_rows rows;
    if (target->followers && !error_is_set(problem) && scan_mentioned_rows(target, &rows)) {
        hydrate_row wanted = {
            .resource = target->resource, .version = target->version, .next = scan_mentioned_next, .rows = &rows};
        hydrate_look_ahead(target->followers, target->view, &wanted, problem);
    }
}
