/*
** The bytes of an answer to a page; see page.h.
**
** One pass (page_scan.h) checks the grammar and tells where the values are; of those that a column takes, a cell is made that
** says where its text begins and ends. What is wrong with a row is kept until the answer has been read to its end: bytes that are
** no JSON come first, then a list that is none.
*/
#include "rest/page_read.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/sqlite.h"
#include "rest/page_fields.h"
#include "rest/page_make.h"
#include "rest/page_scan.h"
#include "rest/page_string.h"
#include "rest/page_value.h"

enum { READ_KEYS_MAX = 64, READ_BYTES_MAX = 0x7fffffff };

/* What the value of a key of the answer itself is. */
typedef enum { ROLE_NONE, ROLE_ROWS, ROLE_META } read_role;

typedef struct read_state {
    page_fields fields;
    page_scan scan;
    char *bytes;
    page *made;
    size_t cell_count;
    buffer more;
    const char *list_key; /* NULL: a single resource */
    error problem;        /* of rows */
    bool no_memory;
    read_role role;
    size_t rows_from, rows_end; /* where the first row begins, and the last one ends */
    bool has_list, in_list, has_meta, in_meta, at_next, in_row;
    page_token next;            /* of the next page; kind 0: nothing is said of one */
    int row_depth;              /* of a row's fields */
    size_t row_first;           /* its first cell */
    uint64_t bad;               /* its columns whose values they cannot hold */
    int field;                  /* whose value comes next; -1: nobody's */
    size_t key_count, key_next; /* keys of the row before, and of this one so far */
    page_token keys[READ_KEYS_MAX];
    signed char key_fields[READ_KEYS_MAX];
    size_t cell_of[PAGE_COLUMNS_MAX];
    page_token values[PAGE_FIELDS_MAX]; /* of this row's fields that are wanted at its end */
} read_state;

/* ---- cells ---- */

static bool read_is_past(const read_state *state, size_t column) {
    size_t index = state->cell_of[column];
    return index >= state->row_first && index < state->cell_count &&
           page_cells_cell(&state->made->cells, index)->column == column;
}

static void read_keep_cell(read_state *state, const page_cell *cell) {
    size_t index = state->cell_count;
    if (read_is_past(state, cell->column)) { /* of a repeated key, the last */
        *page_cells_cell(&state->made->cells, state->cell_of[cell->column]) = *cell;
    } else if (cell->type != CELL_NULL && page_cells_grow(&state->made->cells, index, PAGE_BLOCK_CELLS)) {
        *page_cells_cell(&state->made->cells, index) = *cell;
        state->cell_of[cell->column] = index;
        state->cell_count++;
    } else if (cell->type != CELL_NULL) {
        state->no_memory = true;
    }
}

/* Puts the value of a column. What another version's column is called here may be anything: it reads NULL. */
static void read_put(read_state *state, size_t column, const char *bytes, const page_token *value, uint64_t place) {
    const catalog_column *about = &state->fields.resource->columns[column];
    page_cell cell;
    char iso[CLOCK_TEXT_SIZE];
    memset(&cell, 0, sizeof cell);
    cell.column = column & 0xff;
    const char *wanted = page_value_put(&cell, about->kind, bytes, value);
    uint64_t bit = UINT64_C(1) << column;
    state->bad = wanted && (about->versions & state->fields.version) ? state->bad | bit : state->bad & ~bit;
    if (page_value_is_tight(&cell, bytes + value->offset, iso)) {
        place = PAGE_IN_MORE;
        cell.raw = 0;
        cell.value.offset = state->more.length;
        cell.length = (uint32_t)strlen(iso);
        buffer_append(&state->more, iso, cell.length + 1);
    }
    if (cell.type == CELL_TEXT || cell.type == CELL_JSON) {
        cell.value.offset |= place;
    }
    read_keep_cell(state, &cell);
}

/* Puts a text of JSON that does not stand in the answer, or shares its place there with another column. */
static void read_put_copy(read_state *state, size_t column, size_t begin) {
    size_t length = state->more.length - begin;
    buffer_append(&state->more, "", 1); /* where it ends */
    if (state->more.data) {
        page_token value = page_string_token(state->more.data + begin, length);
        value.offset += begin;
        read_put(state, column, state->more.data, &value, PAGE_IN_MORE);
    }
}

static void read_derive(read_state *state, const page_derived *column) {
    page_token value = state->values[column->field];
    page_row row = {state->bytes, state->values};
    size_t begin = state->more.length;
    if (column->made) {
        if (page_make_column(&state->fields, column, &row, &state->more)) {
            read_put_copy(state, column->column, begin);
        }
    } else if (value.kind && (!column->path || page_string_find(state->bytes, &value, column->path, &value))) {
        buffer_append(&state->more, state->bytes + page_string_begin(&value), page_string_extent(&value));
        read_put_copy(state, column->column, begin);
    }
}

/* ---- rows ---- */

static void read_refuse_value(read_state *state) {
    size_t column = 0;
    while (!(state->bad >> column & 1)) {
        column++;
    }
    const catalog_column *about = &state->fields.resource->columns[column];
    const char *wanted = about->kind == VALUE_INTEGER    ? "a whole number"
                         : about->kind == VALUE_BOOLEAN  ? "true or false"
                         : about->kind == VALUE_DURATION ? "a duration"
                                                         : "a time";
    error_set(&state->problem, SQLITE_ERROR, "the answer holds a row whose \"%s\" is not %s", about->name, wanted);
}

static void read_begin_row(read_state *state) {
    state->rows_from = state->made->row_count ? state->rows_from : state->scan.at;
    state->in_row = true;
    state->row_first = state->cell_count;
    state->bad = 0;
    state->field = -1;
    state->key_next = 0;
    for (size_t i = 0; i < state->fields.count; i++) {
        state->values[i].kind = 0;
    }
    state->scan.expected = state->key_count ? &state->keys[0] : NULL;
}

static void read_end_row(read_state *state) {
    page *made = state->made;
    const page_fields *fields = &state->fields;
    state->in_row = false;
    state->rows_end = state->scan.at;
    state->scan.expected = NULL;
    for (size_t i = 0; i < fields->derived_count; i++) {
        read_derive(state, &fields->derived[i]);
    }
    if (fields->key >= 0 && state->values[fields->key].kind != '"') {
        error_set(&state->problem, SQLITE_ERROR, "the answer holds a row without \"%s\"", fields->key_name);
    } else if (state->bad) {
        read_refuse_value(state);
    }
    if (!page_cells_grow(&made->rows, made->row_count + 1, PAGE_BLOCK_ROWS)) {
        state->no_memory = true;
        return;
    }
    *page_cells_row(&made->rows, made->row_count) = (uint32_t)state->row_first;
    *page_cells_row(&made->rows, ++made->row_count) = (uint32_t)state->cell_count;
}

/* ---- keys and values as they come ---- */

static int read_find_field(const read_state *state, const page_token *key) {
    if (!key->escaped) {
        return page_fields_find(&state->fields, state->bytes + key->offset, key->length);
    }
    for (size_t i = 0; i < state->fields.count; i++) {
        char name[100];
        sqlite3_snprintf((int)sizeof name, name, "%.*s", (int)state->fields.fields[i].length,
                         state->fields.fields[i].name);
        if (page_string_is(state->bytes, key, name)) {
            return (int)i;
        }
    }
    return -1;
}

/* A key of a row: mostly the same that the row before had in its place. */
static void read_row_key(read_state *state, const page_token *key) {
    size_t place = state->key_next++;
    const page_token *before = place < state->key_count ? &state->keys[place] : NULL;
    bool same = before && before->length == key->length &&
                memcmp(state->bytes + before->offset, state->bytes + key->offset, key->length) == 0;
    state->field = same ? state->key_fields[place] : read_find_field(state, key);
    if (!same && place < READ_KEYS_MAX) {
        state->keys[place] = *key;
        state->key_fields[place] = (signed char)state->field;
        state->key_count = place < state->key_count ? state->key_count : place + 1;
    }
    state->scan.expected = state->key_next < state->key_count ? &state->keys[state->key_next] : NULL;
}

static void read_on_key(void *context, int depth, const page_token *key) {
    read_state *state = context;
    if (depth == state->row_depth && state->in_row) {
        read_row_key(state, key);
    } else if (depth == 1) {
        state->role = page_string_is(state->bytes, key, state->list_key) ? ROLE_ROWS
                      : page_string_is(state->bytes, key, "meta")        ? ROLE_META
                                                                         : ROLE_NONE;
    } else if (depth == 2 && state->in_meta) {
        state->at_next = page_string_is(state->bytes, key, "next_page_url");
    }
}

static void read_on_open(void *context, int depth, char kind) {
    read_state *state = context;
    bool object = kind == '{';
    if (object && depth == state->row_depth - 1 && (state->in_list || !state->list_key)) {
        read_begin_row(state);
    } else if (depth == 1 && state->list_key && state->role == ROLE_ROWS) {
        /* Of a repeated key, the last. */
        state->in_list = !object;
        state->cell_count = state->made->row_count = 0;
        error_clear(&state->problem);
    } else if (depth == 1 && state->list_key && state->role == ROLE_META) {
        state->in_meta = object;
        state->next.kind = 0;
        state->at_next = false;
    }
}

static void read_row_value(read_state *state, const page_token *value) {
    const page_field *field = state->field < 0 ? NULL : &state->fields.fields[state->field];
    if (field && (field->wanted || state->field == state->fields.key)) {
        state->values[state->field] = *value;
    }
    if (field && field->column >= 0) {
        read_put(state, (size_t)field->column, state->bytes, value, 0);
    }
}

static void read_list_value(read_state *state, int depth, const page_token *value) {
    if (depth == 2 && state->in_list && value->kind == '{') {
        read_end_row(state);
    } else if (depth == 2 && state->in_list) {
        error_set(&state->problem, SQLITE_ERROR, "the answer holds a row that is not an object");
    } else if (depth == 2 && state->in_meta && state->at_next) {
        state->next = *value;
        state->at_next = false;
    } else if (depth == 1 && state->role == ROLE_ROWS) {
        state->has_list = value->kind == '[';
        state->in_list = false;
    } else if (depth == 1 && state->role == ROLE_META) {
        state->has_meta = value->kind == '{';
        state->in_meta = false;
    }
}

static void read_on_value(void *context, int depth, const page_token *value) {
    read_state *state = context;
    if (depth == state->row_depth && state->in_row) {
        read_row_value(state, value);
    } else if (state->list_key) {
        read_list_value(state, depth, value);
    } else if (depth == 0 && value->kind == '{') {
        read_end_row(state);
    } else if (depth == 0) {
        error_set(&state->problem, SQLITE_ERROR, "the answer holds a row that is not an object");
    }
}

/* ---- the whole answer ---- */

static const page_watcher list_watcher = {3, read_on_key, read_on_open, read_on_value};
static const page_watcher single_watcher = {1, read_on_key, read_on_open, read_on_value};

/* Reads meta.next_page_url into the page. */
static void read_next(read_state *state, error *problem) {
    const page_token *url = &state->next;
    if (!state->has_meta) {
        error_set(problem, SQLITE_ERROR, "the answer has no \"meta\" object, so it is not a list");
    } else if (url->kind != '"' && url->kind != 'n') {
        /* Without it nothing tells whether the list goes on: ending here could lose rows. */
        error_set(problem, SQLITE_ERROR, "the answer's \"meta\" does not say whether there is a next page");
    } else if (url->kind == '"' && url->length > 0) {
        char *text = sqlite3_malloc64(url->length + 1);
        if (!text) {
            error_no_memory(problem);
            return;
        }
        memcpy(text, state->bytes + url->offset, url->length);
        size_t length = page_string_unescape(text, url->length);
        text[length] = 0;
        state->made->next = text;
        if (strlen(text) != length) {
            error_set(problem, SQLITE_ERROR, "the answer's next_page_url cannot be used");
        }
    }
}

/* What is wrong with it as a whole. */
static void read_judge(read_state *state, page_scan_result result, error *problem) {
    const page_scan *scan = &state->scan;
    char byte[4] = "";
    if (scan->byte >= 0) {
        sqlite3_snprintf((int)sizeof byte, byte, "%02x", scan->byte);
    }
    if (state->no_memory || state->more.rc == SQLITE_NOMEM || state->problem.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (state->more.rc != SQLITE_OK) {
        error_set(problem, SQLITE_TOOBIG, "the answer is too large");
    } else if (result != SCAN_WHOLE) {
        error_set(problem, SQLITE_ERROR, "the answer is not valid JSON (%s%s, at byte %llu)", scan->reason, byte,
                  (sqlite3_uint64)scan->at + 1);
    } else if (state->list_key && !state->has_list) {
        error_set(problem, SQLITE_ERROR, "the answer has no list \"%s\"", state->list_key);
    } else if (state->list_key) {
        read_next(state, problem);
    }
    if (!error_is_set(problem) && error_is_set(&state->problem)) {
        *problem = state->problem;
        memset(&state->problem, 0, sizeof state->problem);
    }
}

/* The cells of rows that have none of a column. */
static void read_add_absent(read_state *state) {
    page *made = state->made;
    size_t first = 0;
    while (first < made->column_count && !state->fields.constants[first]) {
        first++;
    }
    if (first == made->column_count) {
        return;
    }
    made->absent = sqlite3_malloc64(made->column_count * sizeof *made->absent);
    state->no_memory = !made->absent;
    made->bytes = made->column_count * sizeof *made->absent;
    if (!made->absent) {
        return;
    }
    for (size_t i = 0; i < made->column_count; i++) {
        page_cell *cell = &made->absent[i];
        const char *text = state->fields.constants[i];
        memset(cell, 0, sizeof *cell);
        if (text) {
            cell->type = CELL_TEXT;
            cell->length = (uint32_t)strlen(text);
            cell->value.offset = state->more.length | PAGE_IN_MORE;
            buffer_append(&state->more, text, cell->length + 1);
        }
    }
}

/* A page without rows, which has taken over the bytes. */
static page *read_new_page(const catalog_resource *resource, char *bytes) {
    page *made = sqlite3_malloc64(sizeof *made);
    if (!made) {
        sqlite3_free(bytes);
        return NULL;
    }
    memset(made, 0, sizeof *made);
    made->references = 1;
    made->column_count = resource->column_count;
    made->arena = bytes;
    made->place = sqlite3_malloc64(made->column_count);
    if (!made->place) {
        page_cells_free(made);
        return NULL;
    }
    memset(made->place, 0, made->column_count);
    return made;
}

/* Leaves out what surrounds the rows where it is much: of short and of empty pages it is the most. Returns what is left. */
static size_t read_cut(read_state *state, size_t length) {
    page *made = state->made;
    size_t kept = made->row_count ? state->rows_end - state->rows_from : 0;
    if (length - kept < length / 8) {
        return length;
    }
    made->skipped = made->row_count ? state->rows_from : 0;
    memmove(made->arena, made->arena + made->skipped, kept);
    made->arena[kept] = 0;
    return kept;
}

/* In no more memory than it needs: pages may be kept for long. */
static void read_trim(read_state *state, size_t length) {
    page *made = state->made;
    length = read_cut(state, length);
    char *exact = sqlite3_realloc64(made->arena, length + 1);
    made->arena = exact ? exact : made->arena;
    made->bytes += sizeof *made + made->column_count + length + 1 + state->more.capacity +
                   page_cells_trim(&made->cells, state->cell_count, sizeof(page_cell)) +
                   page_cells_trim(&made->rows, made->rows.count ? made->row_count + 1 : 0, sizeof(uint32_t));
    made->more = state->more.data;
    state->more.data = NULL;
}

/* Takes the bytes over. list_key: NULL for a single resource. */
static page *read_answer(const catalog_resource *resource, unsigned version, const char *list_key, char *bytes,
                         size_t length, error *problem) {
    read_state *state = bytes ? sqlite3_malloc64(sizeof *state) : NULL;
    if (!state) {
        sqlite3_free(bytes);
        error_no_memory(problem);
        return NULL;
    }
    memset(state, 0, sizeof *state);
    state->bytes = bytes;
    state->list_key = list_key;
    state->row_depth = list_key ? 3 : 1;
    page_fields_init(&state->fields, resource, version);
    buffer_init(&state->more, READ_BYTES_MAX);
    page_scan_begin(&state->scan, list_key ? &list_watcher : &single_watcher, state);
    page *made = state->made = read_new_page(resource, bytes);
    if (made) {
        read_add_absent(state);
        read_judge(state, page_scan_run(&state->scan, bytes, length, true), problem);
    } else {
        error_no_memory(problem);
    }
    if (made && error_is_set(problem)) {
        page_cells_free(made);
        made = NULL;
    } else if (made) {
        read_trim(state, length);
    }
    error_clear(&state->problem);
    buffer_clear(&state->more);
    sqlite3_free(state);
    return made;
}

page *page_read_list(const catalog_resource *resource, unsigned version, char *bytes, size_t length, error *problem) {
    const char *key = resource->list_key ? catalog_json_name(resource, resource->list_key, version) : NULL;
    if (!key) {
        error_set(problem, SQLITE_ERROR, "there is no list of this resource");
        sqlite3_free(bytes);
        return NULL;
    }
    return read_answer(resource, version, key, bytes, length, problem);
}

page *page_read_single(const catalog_resource *resource, unsigned version, char *bytes, size_t length, error *problem) {
    return read_answer(resource, version, NULL, bytes, length, problem);
}
