/* What is going to be looked up, and in which lists; see scan_sought.h. */
#include "read/scan_sought.h"

#include <stddef.h>
#include <string.h>

#include "plan/address.h"
#include "plan/plan.h"
#include "read/ledger.h"
#include "read/route.h"
#include "read/scan_beyond.h"
#include "read/scan_kept.h"
#include "read/scan_long.h"
#include "read/scan_rows.h"
#include "read/sought.h"

enum { SCAN_SOUGHT_ROWS = 8192 }; /* of those to come that are looked at */

/* The scan whose rows' values are looked up, as far as it is known. All zeros: it is not. */
typedef struct scan_sought {
    scan *outer;
    size_t column;
    int64_t before; /* different values that the loop has looked up before */
} scan_sought;

/* ---- where ---- */

/* The address of the one list; sqlite3_malloc'ed. NULL: it is not one. */
static char *scan_sought_list(const walk_plan *wide) {
    bool given = wide->paths_are_lists && wide->paths.count == 1;
    return given ? sqlite3_mprintf("%s", wide->paths.texts[0]) : walk_plan_address(wide);
}

/* Bytes of an address of a list without its segment. */
static size_t scan_sought_above(const char *list) {
    return (size_t)(strrchr(list, '/') - list);
}

/* Is the list below the address of so many bytes? */
static bool scan_sought_is_below(const feed *source, const char *above, size_t length) {
    const char *base = feed_base(source);
    return strncmp(base, above, length) == 0 && (base[length] == '/' || length == 0);
}

/* Another scan that stands on a row of a list at the same place; NULL: there is none. */
static scan *scan_sought_beside_it(const scan *target, const char *list) {
    size_t above = list ? scan_sought_above(list) : 0;
    scan *each = above > 0 ? *look_scans(target->view) : NULL;
    while (each && !(each != target && each->at_row && each->version == target->version &&
                     scan_sought_is_below(scan_rows_feed(each), list, above))) {
        each = each->next;
    }
    return each;
}

/* ---- whose values they are ---- */

/* What the plan looks up: the first value that is none of a parent, nor one of many. NULL: there is none. */
static sqlite3_value *scan_sought_value(unsigned number, sqlite3_value **values) {
    size_t next = 0;
    sqlite3_value *found = NULL;
    for (int i = 0; i < SLOT_LIMIT && !found; i++) {
        plan_slot slot = (plan_slot)i;
        if (plan_has(number, slot)) {
            sqlite3_value *value = values[next++];
            found = slot == SLOT_PATH || plan_is_parent(slot) || plan_is_list(number, slot) ? NULL : value;
        }
    }
    return found;
}

/* The columns that have the value in the row that a scan stands on, a bit each. */
static uint64_t scan_sought_columns(const scan *outer, alike_mark mark) {
    const feed *source = outer->at_row ? scan_rows_feed(outer) : NULL;
    uint64_t columns = 0;
    for (size_t i = 0; source && i < outer->resource->column_count && i < SCAN_COLUMNS_MAX; i++) {
        const page_cell *cell = page_at(feed_page(source), feed_row(source), i);
        bool same = cell->type != CELL_NULL && alike_of_cell(feed_page(source), cell) == mark;
        columns |= same ? UINT64_C(1) << i : 0;
    }
    return columns;
}

/* What a loop has looked up so far. */
typedef struct scan_sought_loop {
    const void *outer; /* the loop that the values are taken from; NULL: not known */
    uint64_t columns;  /* that have had each of them */
    alike_mark latest;
    int64_t before;
} scan_sought_loop;

static scan_sought_loop *scan_sought_loop_of(const scan *target, error *problem) {
    return look_companion_of(target->view, sqlite3_mprintf("sought %p", target->loop), sizeof(scan_sought_loop), NULL,
                             problem);
}

static scan *scan_sought_begin_loop(scan_sought_loop *loop, scan *outer, uint64_t columns, alike_mark mark) {
    *loop = (scan_sought_loop){.outer = outer->loop, .columns = columns, .latest = mark};
    return outer;
}

/* The columns of numbers that are NULL in the row that a scan stands on, a bit each. */
static uint64_t scan_sought_numbers(const scan *outer) {
    const feed *source = scan_rows_feed(outer);
    uint64_t columns = 0;
    for (size_t i = 0; i < outer->resource->column_count && i < SCAN_COLUMNS_MAX; i++) {
        const catalog_column *column = &outer->resource->columns[i];
        bool number = column->kind == VALUE_INTEGER && (column->versions & outer->version);
        bool null = number && page_at(feed_page(source), feed_row(source), i)->type == CELL_NULL;
        columns |= null ? UINT64_C(1) << i : 0;
    }
    return columns;
}

/*
** The scan that a number which nobody has is made of: one that stands at the same place, where it has none in its only column of
** numbers that lacks one, as of coalesce(value, -1). NULL: there is none.
*/
static scan *scan_sought_made_of(const scan *target, const char *list, scan_sought_loop *loop, alike_mark mark) {
    scan *outer = scan_sought_beside_it(target, list);
    uint64_t columns = outer ? scan_sought_numbers(outer) : 0;
    bool one = columns != 0 && (columns & (columns - 1)) == 0;
    return one ? scan_sought_begin_loop(loop, outer, columns, mark) : NULL;
}

/*
** The scan that has the value: the one that has had those before, or, where none of its columns has had all, any. What
** nobody has is made of what has been there before, such as coalesce(value, -1).
*/
static scan *scan_sought_outer(const scan *target, scan_sought_loop *loop, alike_mark mark) {
    scan *found = NULL, *before = NULL;
    uint64_t columns = 0;
    for (scan *each = *look_scans(target->view); each; each = each->next) {
        uint64_t having = each == target ? 0 : scan_sought_columns(each, mark);
        bool goes_on = each->loop == loop->outer && (having & loop->columns) != 0;
        if (goes_on) {
            loop->columns &= having;
            return each;
        }
        before = each->loop == loop->outer && each->at_row ? each : before;
        columns = found ? columns : having;
        found = found || having == 0 ? found : each;
    }
    if (!found) {
        return before;
    }
    return scan_sought_begin_loop(loop, found, columns, mark);
}

/* Finds the scan, and notes the value. */
static scan_sought scan_sought_find(const scan *target, const walk_plan *wide, unsigned number, sqlite3_value **values,
                                    error *problem) {
    sqlite3_value *value = scan_sought_value(number, values);
    alike_wanted wanted = value ? alike_to_value(value) : (alike_wanted){.everything = true};
    scan_sought_loop *loop = wanted.everything || !wanted.marked ? NULL : scan_sought_loop_of(target, problem);
    scan *outer = loop ? scan_sought_outer(target, loop, wanted.mark) : NULL;
    char *list = loop && !outer && sqlite3_value_type(value) == SQLITE_INTEGER ? scan_sought_list(wide) : NULL;
    outer = list ? scan_sought_made_of(target, list, loop, wanted.mark) : outer;
    scan_sought sought = {.outer = outer};
    sqlite3_free(list);
    if (outer) {
        while (!(loop->columns >> sought.column & 1)) {
            sought.column++;
        }
        loop->before += loop->latest != wanted.mark;
        loop->latest = wanted.mark;
        sought.before = loop->before;
    }
    return sought;
}

/* ---- how many ---- */

/* Of so many rows, so many lead to a scan, as far as has been seen: SQLite may pass over others. The first scan is this one. */
static int64_t scan_sought_of(const scan *outer, int64_t rows) {
    int64_t scans = *outer->begun - outer->begun_at;
    scans = scans > 0 ? scans : 1;
    return scans < outer->taken ? (rows * scans + outer->taken - 1) / outer->taken : rows;
}

/* How many different values the rows to come have that are below an address, this one among them. */
static int64_t scan_sought_count(const scan_sought *sought, const char *above, size_t length) {
    sought_values *seen = sqlite3_malloc64(sizeof *seen); /* without memory for it, nothing is foreseen */
    scan_ahead place;
    page *content = feed_page(scan_rows_feed(sought->outer));
    size_t row = feed_row(scan_rows_feed(sought->outer)), rows = 0;
    const feed *source = scan_rows_feed(sought->outer);
    memset(&place, 0, sizeof place);
    if (!seen) {
        return 1;
    }
    memset(seen, 0, sizeof *seen);
    for (bool more = true; source && more && rows < SCAN_SOUGHT_ROWS; rows++) {
        if (scan_sought_is_below(source, above, length) && hints_allow(&sought->outer->wanted, content, row)) {
            const page_cell *cell = page_at(content, row, sought->column);
            more = sought_add(seen, cell->type == CELL_NULL ? 0 : alike_of_cell(content, cell));
        }
        source = scan_rows_look_ahead(sought->outer, &place, true, &content, &row);
    }
    int64_t count = (int64_t)seen->count;
    sqlite3_free(seen);
    return count;
}

/* How many values are going to be looked up in the list with this one, as far as is believed. At least 1. *sure: all in sight. */
static int64_t scan_sought_values(const scan_sought *sought, const walk_plan *wide, bool *sure) {
    const scan *outer = sought->outer;
    *sure = outer && scan_lead_wants_rows(outer);
    if (!outer || (sought->before == 0 && !*sure)) {
        return 1;
    }
    char *list = scan_sought_list(wide);
    int64_t in_sight = scan_sought_count(sought, list ? list : "", list ? scan_sought_above(list) : 0);
    sqlite3_free(list);
    int64_t expected = scan_sought_of(outer, in_sight);
    return *sure ? expected : sought_believed(expected, sought->before);
}

/* ---- which other lists ---- */

/* The lists at the places of rows to come, one after another. */
typedef struct scan_sought_lists {
    const scan *target;
    const scan_sought *sought;
    const walk_plan *wide;
    const readahead_lists *ahead;
    bool stretch;          /* what is looked up is all that is newer than the value */
    bool long_ones;        /* only lists that are known to be long, for now */
    bool whole;            /* nothing is looked up: each list is wanted, ... */
    scan_lead_first first; /* ... with this of their first pages */
    char *list;            /* the one that is read now; owned */
    sought_values seen;
    scan_ahead place; /* of the row, ... */
    const feed *source;
    page *content;
    size_t row, rows;
} scan_sought_lists;

/* Bytes of the address that is as many levels deep as the list's; 0: that is not so deep. */
static size_t scan_sought_level(const scan_sought_lists *lists, const char *base) {
    size_t levels = 0, above = scan_sought_above(lists->list), length = 0;
    for (size_t i = 0; i < above; i++) {
        levels += lists->list[i] == '/';
    }
    for (; base[length] && (base[length] != '/' || levels > 0); length++) {
        levels -= base[length] == '/';
    }
    return base[length] == '/' ? length : 0;
}

static void scan_sought_next_row(scan_sought_lists *lists) {
    lists->rows++;
    lists->source = lists->rows < SCAN_SOUGHT_ROWS
                        ? scan_rows_look_ahead(lists->sought->outer, &lists->place, true, &lists->content, &lists->row)
                        : NULL;
}

/* How many values must be looked up in a list of so many pages for it to be worth being read. */
static int64_t scan_sought_enough(int64_t pages) {
    return pages == 1 ? 2 : pages > 0 ? pages : LEDGER_FREE_OF_LIST + 1;
}

static bool scan_sought_is_enough(const scan_sought_lists *lists, int64_t enough) {
    return scan_sought_of(lists->sought->outer, (int64_t)lists->seen.count) >= enough;
}

/*
** Has the stretch behind that index, which has the pages of all others, most of the list's? Behind one of the first page are all,
** however many these are.
*/
static bool scan_sought_is_most(int64_t oldest, int64_t size, int64_t pages) {
    return pages > 0 ? oldest / size <= pages / 2 : oldest < size;
}

/* Goes through the rows below one address. Are there enough different values? */
static bool scan_sought_is_worth(scan_sought_lists *lists, const char *above, size_t length) {
    int64_t pages = scan_lead_pages_above(lists->sought->outer, lists->source, lists->wide), oldest = INT64_MAX;
    int64_t enough = scan_sought_enough(pages);
    const scan_sought *sought = lists->sought;
    memset(&lists->seen, 0, sizeof lists->seen);
    for (; lists->source && scan_sought_is_below(lists->source, above, length); scan_sought_next_row(lists)) {
        if ((lists->stretch || !scan_sought_is_enough(lists, enough)) &&
            hints_allow(&sought->outer->wanted, lists->content, lists->row)) {
            const page_cell *cell = page_at(lists->content, lists->row, sought->column);
            int64_t value = cell->type == CELL_INTEGER ? cell->value.integer : 0;
            oldest = value < oldest ? value : oldest;
            sought_add(&lists->seen, cell->type == CELL_NULL ? 0 : alike_of_cell(lists->content, cell));
        }
    }
    bool most = lists->stretch && scan_sought_is_most(oldest, route_size(lists->wide->query), pages);
    bool turn = !lists->long_ones || pages >= SCAN_LONG_PAGES;
    return turn && (most || lists->whole || scan_sought_is_enough(lists, enough));
}

/* first: the query for its first page, or NULL. */
static char *scan_sought_request(const scan_sought_lists *lists, const char *list, const char *first) {
    char *tail = sqlite3_mprintf("?%s", first ? first : lists->wide->query);
    char *path = tail ? address_request(lists->target->version, list, tail) : NULL;
    sqlite3_free(tail);
    return path;
}

/* The path of the list under that address, if it is worth being read and nobody has asked for it. Goes behind its rows. */
static char *scan_sought_other(scan_sought_lists *lists, const char *above, size_t length, const char *first) {
    char *list = sqlite3_mprintf("%s/%s", above, lists->wide->resource->segment);
    char *path = list && strcmp(list, lists->list) != 0 ? scan_sought_request(lists, list, first) : NULL;
    if (!scan_sought_is_worth(lists, above, length) || (path && readahead_has(lists->ahead, path))) {
        sqlite3_free(path);
        path = NULL;
    }
    sqlite3_free(list);
    return path;
}

/* From the row on that the outer scan stands on. */
static void scan_sought_from_here(scan_sought_lists *lists) {
    memset(&lists->place, 0, sizeof lists->place);
    lists->source = scan_rows_feed(lists->sought->outer);
    lists->content = feed_page(lists->source);
    lists->row = feed_row(lists->source);
    lists->rows = 0;
}

/* Is there a row to be looked at? After the last one they are gone through once more, for the lists that are not long. */
static bool scan_sought_has_row(scan_sought_lists *lists) {
    if (!lists->source && lists->long_ones) {
        lists->long_ones = false;
        scan_sought_from_here(lists);
    }
    return lists->source != NULL;
}

/* For readahead_begin: rows to come are gone through group by group. */
static char *scan_sought_path(void *context, size_t ahead, readahead_manner *manner) {
    scan_sought_lists *lists = context;
    const char *next = (int64_t)ahead <= lists->first.small ? lists->first.next : NULL;
    const char *first = ahead == 0 ? lists->first.current : next;
    manner->alone = first != NULL || lists->first.few;
    char *path = ahead == 0 ? scan_sought_request(lists, lists->list, first) : NULL;
    while (ahead > 0 && !path && scan_sought_has_row(lists)) {
        size_t length = scan_sought_level(lists, feed_base(lists->source));
        char *above = length ? sqlite3_mprintf("%.*s", (int)length, feed_base(lists->source)) : NULL;
        if (!above) {
            return NULL;
        }
        path = scan_sought_other(lists, above, length, first);
        manner->urgent = lists->long_ones;
        sqlite3_free(above);
    }
    return path;
}

/* What has been asked for of such lists. NULL: a problem. */
static readahead_lists *scan_sought_ahead(const scan *target, const walk_plan *wide, const char *what, error *problem) {
    char *key = sqlite3_mprintf("%s %p %s?%s", what, target->loop, wide->resource->name, wide->query);
    return readahead_of(target->view, key, problem);
}

/* Has the list been asked for ahead? */
static bool scan_sought_is_begun(const scan *target, const walk_plan *wide, error *problem) {
    scan_sought_lists lists = {.target = target, .wide = wide, .list = scan_sought_list(wide)};
    char *path = lists.list ? scan_sought_request(&lists, lists.list, NULL) : NULL;
    readahead_lists *ahead = path ? scan_sought_ahead(target, wide, "sought", problem) : NULL;
    bool begun = ahead && readahead_has(ahead, path);
    sqlite3_free(path);
    sqlite3_free(lists.list);
    return begun;
}

/*
** Those at the places of the outer scan's rows, from the one on that it stands on. sqlite3_free it; NULL: out of memory. What
** has been seen is begun anew with each list.
*/
static scan_sought_lists *scan_sought_start(const scan *target, const scan_sought *sought, const walk_plan *wide,
                                            const readahead_lists *ahead, char *list, error *problem) {
    scan_sought_lists *lists = sqlite3_malloc64(sizeof *lists);
    if (!lists) {
        error_no_memory(problem);
        return NULL;
    }
    memset(lists, 0, offsetof(scan_sought_lists, seen));
    lists->target = target;
    lists->sought = sought;
    lists->wide = wide;
    lists->ahead = ahead;
    lists->list = list;
    scan_sought_from_here(lists);
    return lists;
}

/* That list is read: asks for others beside it, at the places of rows to come, that are worth being read, too. */
static void scan_sought_read_ahead(const scan *target, const scan_sought *sought, const walk_plan *wide, bool stretch,
                                   error *problem) {
    char *list = sought->outer ? scan_sought_list(wide) : NULL;
    readahead_lists *ahead = list ? scan_sought_ahead(target, wide, "sought", problem) : NULL;
    scan_sought_lists *lists = ahead ? scan_sought_start(target, sought, wide, ahead, list, problem) : NULL;
    if (lists) {
        lists->stretch = stretch;
        lists->long_ones = wide->resource->counted_by != NULL;
        ahead->purpose = PURPOSE_INSTEAD;
        ahead->deep = ahead->any_order = true;
        scan_long_hand_over(sought->outer, ahead);
        readahead_begin(ahead, target->view, wide->resource, target->version, scan_sought_path, lists, problem);
    }
    sqlite3_free(lists);
    sqlite3_free(list);
}

/* ---- whole lists ---- */

/* Small first pages are asked for ahead once it has been seen that scans go from place to place: they may be all that is wanted. */
static bool scan_sought_may_follow(scan_sought_lists *lists, readahead_lists *ahead) {
    readahead_manner any = {.alone = false};
    bool small = lists->first.current || lists->first.next || lists->first.few;
    if (!small || ahead->proven) {
        return true;
    }
    char *begun = scan_sought_path(lists, 0, &any);
    bool proven = readahead_is_proven(ahead, begun, scan_sought_path(lists, 1, &any));
    scan_sought_from_here(lists);
    return proven;
}

void scan_sought_follow(scan *target, const walk_plan *way, scan_lead_first first, error *problem) {
    bool possible = !error_is_set(problem) && look_may_ask_ahead(target->view) && walk_plan_is_one_list(way);
    char *list = possible ? walk_plan_address(way) : NULL;
    scan_sought sought = {.outer = scan_sought_beside_it(target, list)};
    readahead_lists *ahead = sought.outer ? scan_sought_ahead(target, way, "follow", problem) : NULL;
    scan_sought_lists *lists = ahead ? scan_sought_start(target, &sought, way, ahead, list, problem) : NULL;
    if (lists) {
        lists->whole = true;
        lists->first = first;
    }
    if (lists && scan_sought_may_follow(lists, ahead)) {
        bool small = first.current || first.next || first.few;
        ahead->wide = !small && scan_lead_takes_all(sought.outer, ahead);
        target->ahead = ahead;
        target->follows = !small;
        if (ahead->wide) {
            scan_long_begin_beside(target, sought.outer, way, list, problem);
        }
        readahead_begin(ahead, target->view, way->resource, target->version, scan_sought_path, lists, problem);
    }
    sqlite3_free(lists);
    sqlite3_free(list);
}

/* ---- a look-up ---- */

/* One, for recall_instead_find. */
typedef struct scan_sought_look_up {
    const scan *target;
    const walk_plan *wide;
    unsigned number;
    sqlite3_value **values;
    bool stretch;
    scan_sought sought;
} scan_sought_look_up;

/* Does an outer loop read that very list, and to its end, as far as is known? Then its pages come anyway. */
static bool scan_sought_is_read(const scan *target, const walk_plan *wide) {
    char *list = scan_sought_list(wide);
    bool read = false;
    for (const scan *each = list ? *look_scans(target->view) : NULL; each && !read; each = each->next) {
        const walk_plan *way = each->rows && each->at_row ? walk_way(each->rows) : NULL;
        read = way && each->version == target->version && way->resource == wide->resource && !way->limited &&
               !way->by_segment && strcmp(way->query, wide->query) == 0 &&
               strcmp(feed_base(scan_rows_feed(each)), list) == 0 && scan_lead_wants_rows(each);
    }
    sqlite3_free(list);
    return read;
}

static recall_outlook scan_sought_to_come(void *context, error *problem) {
    scan_sought_look_up *what = context;
    recall_outlook seen;
    what->sought = scan_sought_find(what->target, what->wide, what->number, what->values, problem);
    seen.begun = (what->sought.outer && scan_sought_is_begun(what->target, what->wide, problem)) ||
                 scan_sought_is_read(what->target, what->wide);
    seen.values = scan_sought_values(&what->sought, what->wide, &seen.sure);
    seen.led = what->sought.outer != NULL;
    seen.returns = seen.led && what->sought.outer->begun_at > 1;
    seen.elsewhere = seen.led && scan_beyond_look(what->target, what->wide, problem);
    return seen;
}

static void scan_sought_beside(void *context, error *problem) {
    const scan_sought_look_up *what = context;
    scan_sought_read_ahead(what->target, &what->sought, what->wide, what->stretch, problem);
    scan_beyond_begin(what->target, what->wide, problem);
}

/* Rows that come meanwhile may lead to another service. */
static void scan_sought_waits(const scan *target, const walk_plan *wide, error *problem) {
    scan_beyond_look(target, wide, problem);
}

bool scan_sought_instead(scan *target, walk_plan *way, walk_plan *wide, unsigned number, sqlite3_value **values,
                         error *problem) {
    scan_lead_list list = {target, wide, scan_sought_waits};
    scan_sought_look_up what = {.target = target,
                                .wide = wide,
                                .number = number,
                                .values = values,
                                .stretch = way->order.has_lower && !way->order.has_upper};
    recall_foresight foresight = {scan_sought_to_come, scan_sought_beside, &what};
    recall_count count = {scan_kept_number(target, number, values), scan_lead_pages(target, wide), scan_lead_count_all,
                          &list, &foresight};
    return scan_rows_instead(target, way, wide, &count, number, values, problem);
}

/* ---- while a scan waits ---- */

/* The scan that a look-up's value has been found in; all zeros: none, or it has gone on. */
static scan_sought scan_sought_found(const scan *target, error *problem) {
    const scan_sought_loop *loop = scan_sought_loop_of(target, problem);
    scan_sought sought = {.outer = NULL};
    for (scan *each = loop && loop->outer ? *look_scans(target->view) : NULL; each && !sought.outer;
         each = each->next) {
        sought.outer = each != target && each->loop == loop->outer && each->at_row ? each : NULL;
    }
    while (sought.outer && !(loop->columns >> sought.column & 1)) {
        sought.column++;
    }
    sought.before = loop ? loop->before : 0;
    return sought;
}

/* A look-up waits: values of the rows that have come meanwhile may make the list worth being read. */
static void scan_sought_look_again(scan *target, error *problem) {
    recall *list = target->looked_up_in;
    scan_sought sought = scan_sought_found(target, problem);
    if (!sought.outer || error_is_set(problem)) {
        return;
    }
    const walk_plan *way = walk_way(target->rows), *wide = recall_instead_way(list);
    recall_outlook seen = {.begun = false};
    seen.values = scan_sought_values(&sought, wide, &seen.sure);
    if (seen.sure && seen.values > 1 && recall_instead_foresee(list, way, target->expected, seen, problem)) {
        bool stretch = way->order.has_lower && !way->order.has_upper;
        scan_sought_read_ahead(target, &sought, wide, stretch, problem);
        scan_beyond_begin(target, wide, problem);
    }
}

void scan_sought_again(scan *target, error *problem) {
    bool may = !error_is_set(problem) && target->rows && look_may_ask_ahead(target->view);
    if (may && target->looked_up_in) {
        target->looked_again++;
        if (target->expected > 0 && (target->looked_again & (target->looked_again - 1)) == 0) {
            scan_sought_look_again(target, problem);
        }
    } else if (may && target->follows && (target->ahead->wide || target->ahead->count == 0)) {
        scan_sought_follow(target, walk_way(target->rows), (scan_lead_first){.small = 0}, problem);
    }
}
