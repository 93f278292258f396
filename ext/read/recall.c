/* Lists that a statement comes back to; see recall.h. */
#include "read/recall.h"

#include <string.h>

#include "base/text_hash.h"
#include "read/recall_inside.h"

/* Beyond them a list is walked over as if it came for the first time. */
enum { RECALL_LISTS_MAX = 4096 };
enum { RECALL_INDEX_SLACK = 256 }; /* rows that are gone through one by one before a longer index is worth it */
enum { RECALL_OLD = 64 };          /* a list is in the way of others when so many scans have begun since it was read */

/* ---- which list ---- */

/* Takes the place of one of the list's indexes, or of none; NULL: takes it away. */
static void recall_set_index(recall *list, size_t at, recall_index *index) {
    if (list->indexes[at]) {
        list->all->marks -= list->indexes[at]->count;
    }
    if (index) {
        list->all->marks += index->count;
    }
    recall_index_release(list->indexes[at]);
    list->indexes[at] = index;
}

/* Gives back what is noted. */
void recall_forget(recall *list) {
    recall_sight_clear(&list->ahead);
    for (size_t i = 0; i < list->page_count; i++) {
        look_let_go(list->pages[i].entry);
    }
    for (size_t i = 0; i < list->list_count; i++) {
        feed_close(list->lists[i]);
    }
    for (size_t i = 0; i < RECALL_INDEXES; i++) {
        recall_set_index(list, i, NULL);
    }
    sqlite3_free(list->pages);
    sqlite3_free(list->lists);
    list->pages = NULL;
    list->lists = NULL;
    list->count = list->page_count = list->pages_allocated = 0;
    list->list_count = list->lists_allocated = 0;
}

static void recall_free(void *value) {
    recall *list = value;
    walk_close(list->source);
    look_put(list->above);
    recall_forget(list);
    walk_plan_clear(&list->way);
    sqlite3_free(list->service_sid);
    sqlite3_free(list);
}

static void recall_release(void *companion) {
    map_clear(&((recall_lists *)companion)->lists, recall_free);
}

static recall *recall_new(look *view, const walk_plan *way, error *problem) {
    recall *list = sqlite3_malloc64(sizeof *list);
    if (!list) {
        error_no_memory(problem);
        return NULL;
    }
    memset(list, 0, sizeof *list);
    list->view = view;
    walk_plan_copy(&list->way, way, problem);
    if (way->known_service) {
        list->service_sid = sqlite3_mprintf("%s", way->known_service);
        list->way.known_service = list->service_sid;
    }
    if (way->known_service && !list->service_sid) {
        error_no_memory(problem);
    }
    if (error_is_set(problem)) {
        recall_free(list);
        list = NULL;
    }
    return list;
}

/* Two lists of one number only make one of them be noted a time early. */
uint64_t recall_number(const char *name) {
    return text_hash(name, strlen(name));
}

/* Single resources are few, and the look has them. Where a LIMIT cuts the list, its pages are other ones. */
static bool recall_is_list(const walk_plan *way) {
    return !way->by_segment && (way->paths.count == 0 || way->paths_are_lists) && way->wanted < 0 &&
           !way->resource->single;
}

/* A new one, among all. NULL: there are too many, or a problem. */
recall *recall_add(recall_lists *all, look *view, const walk_plan *way, const char *name, error *problem) {
    recall *list = all->lists.count < RECALL_LISTS_MAX ? recall_new(view, way, problem) : NULL;
    if (list && map_set(&all->lists, name, list) != SQLITE_OK) {
        recall_free(list);
        error_no_memory(problem);
        list = NULL;
    }
    if (list) {
        list->all = all;
        list->number = recall_number(name);
        list->next = all->first;
        all->first = list;
    }
    return list;
}

static recall *recall_named(recall_lists *all, look *view, const walk_plan *way, const char *name, uint64_t *number,
                            error *problem) {
    recall *list = map_get(&all->lists, name);
    *number = recall_number(name);
    uint64_t *once = &all->once[*number % RECALL_SLOTS];
    if (list) {
        list->returns++;
        return list->given_up ? NULL : list;
    }
    if (*once != *number) {
        *once = *number;
        return NULL;
    }
    return recall_add(all, view, way, name, problem);
}

recall_lists *recall_all(look *view, error *problem) {
    return look_companion(view, "recalls", sizeof(recall_lists), recall_release, problem);
}

recall *recall_find(look *view, const walk_plan *way, uint64_t *number, error *problem) {
    bool wanted = !(look_connection(view)->without & WITHOUT_RECALL);
    *number = 0;
    if (error_is_set(problem) || !wanted || !recall_is_list(way)) {
        return NULL;
    }
    recall_lists *all = recall_all(view, problem);
    char *name = all ? walk_plan_name(way, problem) : NULL;
    recall *list = name ? recall_named(all, view, way, name, number, problem) : NULL;
    sqlite3_free(name);
    return list;
}

void recall_note_end(look *view, uint64_t number) {
    error ignored = {0}; /* it only costs requests */
    recall_lists *all = recall_all(view, &ignored);
    if (all) {
        all->ended[number % RECALL_SLOTS] = number;
    }
    error_clear(&ignored);
}

/* ---- noting rows ---- */

/* Makes room for one thing more of a size. False: out of memory. */
static bool recall_grow(void **things, size_t *allocated, size_t count, size_t size) {
    if (count < *allocated) {
        return true;
    }
    size_t more = *allocated ? 2 * *allocated : 16;
    void *grown = sqlite3_realloc64(*things, more * size);
    if (grown) {
        *things = grown;
        *allocated = more;
    }
    return grown != NULL;
}

static bool recall_grow_pages(recall *list) {
    void *things = list->pages;
    bool grown = recall_grow(&things, &list->pages_allocated, list->page_count, sizeof *list->pages);
    list->pages = things;
    return grown;
}

/* What the feed lists, for rows of its to be told later. */
static feed *recall_list_of(recall *list, const feed *source, error *problem) {
    feed *latest = list->list_count ? list->lists[list->list_count - 1] : NULL;
    if (latest && strcmp(feed_base(latest), feed_base(source)) == 0) {
        return latest;
    }
    void *things = list->lists;
    bool grown = recall_grow(&things, &list->lists_allocated, list->list_count, sizeof *list->lists);
    list->lists = things;
    feed *made = grown ? feed_recalled_new(source) : NULL;
    if (made) {
        list->lists[list->list_count++] = made;
    } else {
        error_no_memory(problem);
    }
    return made;
}

/* Ends the walk; whoever wants a row that is not noted begins it anew. */
static void recall_stop(recall *list) {
    list->asked += list->source ? walk_asked_own(list->source) : 0;
    walk_close(list->source);
    list->source = NULL;
}

/* Gives back what was read of the list that no scan has begun with for longest, if that is long. False: there is none. */
static bool recall_make_room(const recall *list) {
    recall *oldest = NULL;
    for (recall *each = list->all->first; each; each = each->next) {
        bool old = each != list && each->readers == 0 && each->page_count > 0 &&
                   each->begun_at + RECALL_OLD < list->all->scans;
        oldest = old && (!oldest || each->begun_at < oldest->begun_at) ? each : oldest;
    }
    if (oldest) {
        recall_stop(oldest);
        oldest->whole = false;
        recall_forget(oldest);
    }
    return oldest != NULL;
}

static bool recall_hold(const recall *list, look_entry *entry, error *problem) {
    bool held = look_hold(entry, problem);
    while (!held && !error_is_set(problem) && recall_make_room(list)) {
        held = look_hold(entry, problem);
    }
    return held;
}

/* Does the row that the source stands on follow the one noted last, on the same page? */
static bool recall_goes_on(const recall *list, const feed *source) {
    const recall_page *latest = list->page_count ? &list->pages[list->page_count - 1] : NULL;
    return latest && latest->entry == feed_entry(source) &&
           feed_row(source) == latest->row + (list->count - latest->first) &&
           strcmp(feed_base(latest->list), feed_base(source)) == 0;
}

static bool recall_note_page(recall *list, const feed *source, error *problem) {
    if (!recall_grow_pages(list)) {
        error_no_memory(problem);
        return false;
    }
    feed *of = recall_list_of(list, source, problem);
    if (!of || !recall_hold(list, feed_entry(source), problem)) {
        return false;
    }
    list->pages[list->page_count++] = (recall_page){feed_entry(source), of, list->count, feed_row(source)};
    return true;
}

/* Notes the row that the source stands on. False: there is no room for it, or a problem. */
static bool recall_note(recall *list, error *problem) {
    const feed *source = walk_feed(list->source);
    if (list->count >= UINT32_MAX || (!recall_goes_on(list, source) && !recall_note_page(list, source, problem))) {
        return false;
    }
    list->passed = ++list->count;
    recall_bound_note(list, source);
    return true;
}

static walk *recall_open_walk(recall *list, error *problem) {
    walk_plan way;
    walk *opened = NULL;
    walk_plan_copy(&way, &list->way, problem);
    if (!error_is_set(problem)) {
        opened = walk_open(list->view, &way, problem);
    }
    walk_plan_clear(&way);
    return opened;
}

/* ---- the index ---- */

static recall_index *recall_make_index(const recall *list, size_t column, error *problem) {
    recall_index *made = recall_index_new(column, list->count);
    recall_sight sight = {0};
    if (!made) {
        error_no_memory(problem);
        return NULL;
    }
    size_t at, latest = 0;
    for (size_t row = 0;
         row < list->count && recall_page_look_at(recall_page_near(list, row, &latest), &sight, row, &at, problem);
         row++) {
        made->marks[row] = (recall_mark){alike_of_cell(sight.rows, page_at(sight.rows, at, column)), (uint32_t)row};
    }
    recall_sight_clear(&sight);
    if (error_is_set(problem)) {
        recall_index_release(made);
        return NULL;
    }
    recall_index_sort(made);
    return made;
}

/* Is there room for an index in place of that one, or of none? */
static bool recall_has_room(const recall *list, const recall_index *index) {
    size_t marks = list->all->marks + list->count - (index ? index->count : 0);
    return marks <= connection_memory_limit(look_connection(list->view)) / 4 / sizeof(recall_mark);
}

/* Is there so much that the index does not have that another one is worth making? */
static bool recall_is_outgrown(const recall *list, const recall_index *index) {
    size_t covered = index ? index->count : 0;
    return list->whole ? !index || covered < list->count : list->count - covered > covered / 2 + RECALL_INDEX_SLACK;
}

/* The index over a column, as long as is worth it; NULL: there is none (yet). */
static recall_index *recall_index_of(recall *list, size_t column, error *problem) {
    size_t at = 0;
    while (at < RECALL_INDEXES && list->indexes[at] && list->indexes[at]->column != column) {
        at++;
    }
    if (at == RECALL_INDEXES) {
        return NULL;
    }
    if (recall_is_outgrown(list, list->indexes[at]) && recall_has_room(list, list->indexes[at])) {
        recall_index *made = recall_make_index(list, column, problem);
        if (made) {
            recall_set_index(list, at, made);
        }
    }
    return list->indexes[at];
}

/* Goes by the index over a column, if that leaves fewer rows than what the reader goes by so far. */
static void recall_use_index(recall_reader *reader, size_t column, alike_wanted wanted, error *problem) {
    const recall *list = reader->list;
    bool possible = !wanted.everything && !error_is_set(problem);
    recall_index *index = possible ? recall_index_of(reader->list, column, problem) : NULL;
    if (!index) {
        return;
    }
    recall_rows rows = recall_index_find(index, &wanted);
    size_t found = recall_index_rows(&rows) + list->count - index->count;
    size_t before = reader->index ? recall_index_rows(&reader->rows) + list->count - reader->index->count : SIZE_MAX;
    if (found < before) {
        recall_index_release(reader->index);
        reader->index = recall_index_retain(index);
        reader->rows = rows;
        reader->next = index->count;
    }
}

/* ---- reading ---- */

void recall_begin(recall_reader *reader, recall *list, const recall_equal *equals, size_t count, const char *key,
                  error *problem) {
    memset(reader, 0, sizeof *reader);
    reader->list = list;
    reader->end = SIZE_MAX;
    list->readers++;
    list->begun_at = ++list->all->scans;
    if (key) {
        const catalog_resource *resource = list->way.resource;
        reader->key = sqlite3_mprintf("%s", key);
        if (!reader->key) {
            error_no_memory(problem);
        }
        recall_use_index(reader, (size_t)catalog_column_index(resource, resource->key_column), alike_to_text(key),
                         problem);
    }
    for (size_t i = 0; list->returns > 0 && i < count; i++) {
        recall_use_index(reader, equals[i].column, alike_to_value(equals[i].value), problem);
    }
}

/* A walk that stands still holds what it has asked for ahead, which may be in the way of others. */
static void recall_leave(recall *list) {
    if (--list->readers > 0) {
        return;
    }
    recall_sight_clear(&list->ahead);
    if (list->given_up) {
        recall_stop(list);
        recall_forget(list);
    } else if (list->source && !reading_has_much_room(look_connection(list->view))) {
        walk_rest(list->source);
        if (!reading_has_much_room(look_connection(list->view))) {
            recall_stop(list);
        }
    }
}

void recall_end(recall_reader *reader) {
    if (reader->list) {
        recall_leave(reader->list);
        recall_index_release(reader->index);
        sqlite3_free(reader->key);
        feed_close(reader->at);
        recall_sight_clear(&reader->sight);
        walk_close(reader->alone);
        memset(reader, 0, sizeof *reader);
    }
}

feed *recall_feed(const recall_reader *reader) {
    return reader->at;
}

/* Is every row told, as it comes? */
static bool recall_tells_all(const recall_reader *reader) {
    return !reader->index && !reader->key && !reader->bounds.relied;
}

/* How many rows follow the one that the reader stands on, of its page and in sight. */
static size_t recall_rows_left(const recall_reader *reader, const recall_page *of, size_t number) {
    size_t end = recall_page_end(reader->list, of);
    size_t noted = (end < reader->end ? end : reader->end) - number - 1;
    size_t seen = reader->sight.rows->row_count - reader->row - 1;
    return noted < seen ? noted : seen;
}

/* Puts the reader on a row that is noted. */
static step_result recall_stand(recall_reader *reader, size_t number, error *problem) {
    const recall_page *of = recall_page_near(reader->list, number, &reader->page);
    if (!reader->at || reader->of != of->list) {
        feed_close(reader->at);
        reader->at = feed_recalled_new(of->list);
        reader->of = of->list;
    }
    if (!reader->at) {
        error_no_memory(problem);
        return STEP_FAILED;
    }
    if (!recall_page_look_at(of, &reader->sight, number, &reader->row, problem)) {
        return STEP_FAILED;
    }
    feed_recalled_stand(reader->at, reader->sight.rows, reader->row);
    reader->left = recall_tells_all(reader) ? recall_rows_left(reader, of, number) : 0;
    return STEP_ROW;
}

/* The next one of the page: what most steps of an inner loop are. */
static step_result recall_stand_beside(recall_reader *reader) {
    reader->left--;
    reader->next++;
    feed_recalled_stand(reader->at, reader->sight.rows, ++reader->row);
    return STEP_ROW;
}

/* The number of the next row to be told: of those that the index has found, then of the others; list->count: not noted yet. */
static size_t recall_next(const recall_reader *reader, recall_rows *rows, size_t *next) {
    if (reader->index) {
        size_t found = recall_index_next(reader->index, rows);
        if (found < reader->index->count) {
            return found;
        }
    }
    return *next < reader->list->count && *next < reader->end ? (*next)++ : reader->list->count;
}

/* The walk from the row noted last on: with pages ahead, or without. */
void recall_source(recall *list, int64_t wanted, error *problem) {
    if (!list->source && !error_is_set(problem)) {
        list->source = recall_open_walk(list, problem);
        list->wanted = -1;
        list->passed = 0;
    }
    if (list->source && list->wanted != wanted) {
        walk_hurry(list->source, wanted);
        list->wanted = wanted;
    }
}

/*
** Moves a walk on, past the rows that are noted, of which *passed are behind it. Their pages are held, so they come again; but what
** leads to them may have been asked for once more, and say something else.
*/
static step_result recall_pass(const recall *list, walk *source, size_t *passed, error *problem) {
    step_result result = error_is_set(problem) ? STEP_FAILED : walk_step(source, problem);
    while ((result == STEP_ROW || result == STEP_DONE) && *passed < list->count) {
        size_t number = (*passed)++;
        const recall_page *of = recall_page_of(list, number);
        const feed *at = result == STEP_ROW ? walk_feed(source) : NULL;
        if (!at || feed_entry(at) != of->entry || feed_row(at) != of->row + (number - of->first)) {
            error_set(problem, SQLITE_ERROR, "%s: the lists have changed while they were being read: run it again",
                      list->way.resource->name);
        }
        result = error_is_set(problem) ? STEP_FAILED : walk_step(source, problem);
    }
    return result;
}

/* Moves it on and notes its row; without room it is given away, standing on the row. */
step_result recall_note_next(recall *list, walk **given_away, error *problem) {
    step_result result = recall_pass(list, list->source, &list->passed, problem);
    if (result == STEP_DONE) {
        list->whole = true;
        recall_stop(list);
    } else if (result == STEP_ROW && !recall_note(list, problem) && !error_is_set(problem)) {
        list->given_up = true;
        *given_away = list->source;
        list->source = NULL;
    } else if (error_is_set(problem)) {
        recall_stop(list); /* its row is not noted */
    }
    return error_is_set(problem) ? STEP_FAILED : result;
}

/* Moves the reader on with the source, which without room is its own from then on. */
static step_result recall_go_on(recall_reader *reader, walk **alone, error *problem) {
    recall *list = reader->list;
    recall_source(list, -1, problem);
    step_result result = recall_note_next(list, alone, problem);
    if (result == STEP_ROW && !*alone) {
        reader->next = list->count;
        return recall_stand(reader, list->count - 1, problem);
    }
    return result;
}

/* Another reader has gone on alone: so does this one, past the rows that it has had. */
static step_result recall_follow(recall_reader *reader, walk **alone, error *problem) {
    if (!reader->alone) {
        reader->alone = recall_open_walk(reader->list, problem);
    }
    step_result result = recall_pass(reader->list, reader->alone, &reader->passed, problem);
    if (result == STEP_ROW) {
        *alone = reader->alone;
        reader->alone = NULL;
    }
    return result;
}

/* Is it the row of the key, or any where there is none? */
static bool recall_has_key(const recall_reader *reader) {
    if (!reader->key) {
        return true;
    }
    const catalog_resource *resource = reader->list->way.resource;
    const page *content = feed_page(reader->at);
    const page_cell *cell =
        page_at(content, feed_row(reader->at), (size_t)catalog_column_index(resource, resource->key_column));
    return cell->type == CELL_TEXT && strcmp(page_text(content, cell), reader->key) == 0;
}

static step_result recall_step_any(recall_reader *reader, walk **alone, error *problem) {
    const recall *list = reader->list;
    size_t number = recall_next(reader, &reader->rows, &reader->next);
    if (number < list->count) {
        return recall_stand(reader, number, problem);
    }
    if (list->whole) {
        return STEP_DONE;
    }
    return list->given_up ? recall_follow(reader, alone, problem) : recall_go_on(reader, alone, problem);
}

step_result recall_step(recall_reader *reader, walk **alone, error *problem) {
    if (reader->left > 0) {
        return recall_stand_beside(reader);
    }
    step_result result = recall_step_any(reader, alone, problem);
    while (result == STEP_ROW && !*alone && (!recall_has_key(reader) || recall_bound_excludes(reader))) {
        result = recall_step_any(reader, alone, problem);
    }
    return result;
}

void recall_pump(const recall_reader *reader, error *problem) {
    walk *source = reader->alone ? reader->alone : reader->list->source;
    if (source) {
        walk_pump(source, problem);
    }
}

const feed *recall_look_ahead(const recall_reader *reader, recall_place *place, page **content, size_t *row) {
    recall *list = reader->list;
    if (!place->begun) {
        *place = (recall_place){.begun = true, .next = reader->next, .rows = reader->rows};
    }
    size_t number = recall_next(reader, &place->rows, &place->next);
    if (number == list->count) {
        return list->source ? walk_look_ahead(list->source, &place->walked, false, content, row) : NULL;
    }
    error ignored = {0}; /* whoever comes to the row will meet it */
    const recall_page *of = recall_page_of(list, number);
    bool there = recall_page_look_at(of, &list->ahead, number, row, &ignored);
    error_clear(&ignored);
    *content = list->ahead.rows;
    return there ? of->list : NULL;
}
