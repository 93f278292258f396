/*
** The bytes of an answer to a page; see page_read.h.
**
** One pass (page_scan.h) checks the grammar and tells where the values are; of those that a column takes, a cell is made, with a
** copy of its text. What is wrong with a row is kept until the answer has been read to its end: bytes that are no JSON come first,
** then a list that is none.
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

enum { READ_KEYS_MAX = 64, READ_KEY_SIZE = 40, READ_ESCAPED_MAX = 600, READ_BYTES_MAX = 0x7fffffff };

/* What the value of a key of the answer itself is. */
typedef enum { ROLE_NONE, ROLE_ROWS, ROLE_META } read_role;

/* A key of the row before, in its place. */
typedef struct read_key {
    unsigned char length;     /* with its quotes; 0: it is not remembered */
    signed char field;        /* ... which it is of, or -1 */
    char text[READ_KEY_SIZE]; /* with its quotes */
} read_key;

struct page_reader {
    page_fields fields;
    page_scan scan;
    buffer held; /* bytes that have come and are still needed */
    page *made;
    size_t cell_count;
    buffer scratch;       /* texts that do not stand in the answer as they are to be told */
    const char *list_key; /* NULL: a single resource */
    error problem;        /* of rows */
    bool no_memory;
    read_role role;
    bool has_list, in_list, has_meta, in_meta, at_next, in_row;
    char next_kind; /* of next_page_url, as page_token has it; 0: nothing is said of one */
    char *next;     /* ... of a text that is not empty, without its escapes */
    size_t next_length;
    int row_depth;              /* of a row's fields */
    size_t row_begin;           /* where the row begins among the held bytes */
    size_t row_first;           /* its first cell */
    uint64_t bad;               /* its columns whose values they cannot hold */
    uint64_t same;              /* columns in which the row says what is usual */
    uint64_t parents;           /* columns that may have something usual */
    int field;                  /* whose value comes next; -1: nobody's */
    size_t key_count, key_next; /* keys of the row before, and of this one so far */
    read_key keys[READ_KEYS_MAX];
    size_t cell_of[PAGE_COLUMNS_MAX];
    page_token values[PAGE_FIELDS_MAX]; /* of this row's fields that are wanted at its end */
};

/* ---- cells ---- */

static bool read_is_past(const page_reader *state, size_t column) {
    size_t index = state->cell_of[column];
    return index >= state->row_first && index < state->cell_count &&
           page_cells_cell(&state->made->cells, index)->column == column;
}

static void read_keep_cell(page_reader *state, const page_cell *cell) {
    size_t index = state->cell_count;
    if (read_is_past(state, cell->column)) { /* of a repeated key, the last */
        *page_cells_cell(&state->made->cells, state->cell_of[cell->column]) = *cell;
    } else if (cell->type != CELL_NULL && page_cells_grow(&state->made->cells, index, sizeof *cell)) {
        *page_cells_cell(&state->made->cells, index) = *cell;
        state->cell_of[cell->column] = index;
        state->cell_count++;
    } else if (cell->type != CELL_NULL) {
        state->no_memory = true;
    }
}

/*
** The text of the row before, if it is the same and nothing is to be done to it but to end it: of rows of one list the parents
** are, among others. NULL: it is another.
*/
static char *read_same_text(const page_reader *state, const page_cell *cell, const char *text) {
    size_t index = state->cell_of[cell->column];
    const page_cell *before = index < state->cell_count ? page_cells_cell(&state->made->cells, index) : NULL;
    bool same = before && before->type != CELL_NULL && before->column == cell->column && before->raw == PAGE_RAW_END &&
                cell->raw == PAGE_RAW_END && before->length == cell->length &&
                memcmp(before->value.text, text, cell->length) == 0;
    return same ? before->value.text : NULL;
}

/* Gives a cell a copy of its text, with room for what is still to be done to it in its place. */
static void read_keep_text(page_reader *state, page_cell *cell, const char *text) {
    char iso[CLOCK_TEXT_SIZE];
    if (page_value_is_tight(cell, text, iso)) {
        text = iso;
        cell->raw = 0;
        cell->length = (uint32_t)strlen(iso);
    }
    char *same = read_same_text(state, cell, text);
    if (same) {
        cell->value.text = same;
        return;
    }
    cell->value.text = page_cells_add_text(&state->made->texts, cell->length);
    if (cell->value.text) {
        memcpy(cell->value.text, text, cell->length);
    } else {
        cell->type = CELL_NULL;
        state->no_memory = true;
    }
}

static bool read_put_text(page_reader *state, page_cell *cell, const char *text, size_t length) {
    char *copy = page_cells_add_text(&state->made->texts, length);
    if (copy) {
        memcpy(copy, text, length);
        *cell = (page_cell){.type = CELL_TEXT, .length = (uint32_t)length, .value.text = copy};
    }
    return copy != NULL;
}

/*
** Is it a parent that is the same as in the first row? Then the row needs no cell for it: a fifth of a page of messages. (Of a
** repeated key, the last: once the row has a cell of its own it keeps it.) It goes so up to a row that says nothing: a NULL for
** each such row would take more memory than it has bytes.
*/
static bool read_is_usual(page_reader *state, size_t column, const char *bytes, const page_token *value) {
    page_cell *usual = &state->made->absent[column];
    const char *text = bytes + value->offset;
    uint64_t bit = UINT64_C(1) << column;
    page *made = state->made;
    if (made->usual_rows < made->row_count || value->kind != '"' || value->escaped || read_is_past(state, column)) {
        return false;
    }
    if (!(made->usual & bit) && made->row_count == 0 && read_put_text(state, usual, text, value->length)) {
        made->usual |= bit;
    }
    bool same =
        (made->usual & bit) && usual->length == value->length && memcmp(usual->value.text, text, usual->length) == 0;
    state->same |= same ? bit : 0;
    return same;
}

/* The row has ended: does it go on with what is usual? If not, it has a cell of all that it says. */
static void read_end_usual(page_reader *state) {
    page *made = state->made;
    bool goes_on = made->usual_rows == made->row_count;
    uint64_t same = state->same, others = made->usual & ~same;
    for (size_t column = 0; goes_on && others; column++, others >>= 1) {
        goes_on = !(others & 1) || read_is_past(state, column);
    }
    if (goes_on) {
        made->usual_rows++;
        return;
    }
    for (size_t column = 0; same; column++, same >>= 1) {
        if (same & 1) {
            page_cell cell = made->absent[column];
            cell.column = column & 0xff;
            read_keep_cell(state, &cell);
        }
    }
}

/* Puts the value of a column. What another version's column is called here may be anything: it reads NULL. */
static void read_put(page_reader *state, size_t column, const char *bytes, const page_token *value) {
    const catalog_column *about = &state->fields.resource->columns[column];
    uint64_t bit = UINT64_C(1) << column;
    if ((state->parents & bit) && read_is_usual(state, column, bytes, value)) {
        return;
    }
    page_cell cell;
    memset(&cell, 0, sizeof cell);
    cell.column = column & 0xff;
    const char *wanted = page_value_put(&cell, about->kind, bytes, value);
    state->same &= ~bit;
    state->bad = wanted && (about->versions & state->fields.version) ? state->bad | bit : state->bad & ~bit;
    if (cell.type == CELL_TEXT || cell.type == CELL_JSON) {
        read_keep_text(state, &cell, bytes + value->offset);
    }
    read_keep_cell(state, &cell);
}

static void read_derive(page_reader *state, const page_derived *column) {
    page_token value = state->values[column->field];
    page_row row = {state->held.data, state->values};
    buffer *made = &state->scratch;
    if (column->made) {
        made->length = 0;
        if (page_make_column(&state->fields, column, &row, made) && made->data) {
            value = page_string_token(made->data, made->length);
            read_put(state, column->column, made->data, &value);
        }
    } else if (value.kind && (!column->path || page_string_find(row.text, &value, column->path, &value))) {
        read_put(state, column->column, row.text, &value);
    }
}

/* ---- rows ---- */

static void read_refuse_value(page_reader *state) {
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

/* The key that the row before had in this place is likely to come. */
static void read_expect(page_reader *state) {
    const read_key *key = state->key_next < state->key_count ? &state->keys[state->key_next] : NULL;
    state->scan.expected = key && key->length ? key->text : NULL;
    state->scan.expected_length = key ? key->length : 0;
}

static void read_begin_row(page_reader *state) {
    state->in_row = true;
    state->row_begin = state->scan.at;
    state->row_first = state->cell_count;
    state->bad = state->same = 0;
    state->field = -1;
    state->key_next = 0;
    for (size_t i = 0; i < state->fields.count; i++) {
        state->values[i].kind = 0;
    }
    read_expect(state);
}

static void read_end_row(page_reader *state) {
    page *made = state->made;
    const page_fields *fields = &state->fields;
    state->in_row = false;
    state->scan.expected = NULL;
    for (size_t i = 0; i < fields->derived_count; i++) {
        read_derive(state, &fields->derived[i]);
    }
    read_end_usual(state);
    if (fields->key >= 0 && state->values[fields->key].kind != '"') {
        error_set(&state->problem, SQLITE_ERROR, "the answer holds a row without \"%s\"", fields->key_name);
    } else if (state->bad) {
        read_refuse_value(state);
    }
    if (!page_cells_grow(&made->rows, made->row_count + 1, sizeof(uint32_t))) {
        state->no_memory = true;
        return;
    }
    *page_cells_row(&made->rows, made->row_count) = (uint32_t)state->row_first;
    *page_cells_row(&made->rows, ++made->row_count) = (uint32_t)state->cell_count;
}

/* ---- keys and values as they come ---- */

static int read_find_field(const page_reader *state, const page_token *key) {
    const char *name = state->held.data + key->offset;
    size_t length = key->length;
    char copy[READ_ESCAPED_MAX];
    if (key->escaped && length <= sizeof copy) {
        memcpy(copy, name, length);
        length = page_string_unescape(copy, length);
        name = copy;
    }
    return page_fields_find(&state->fields, name, length);
}

/* A key of a row, another than the row before had in its place. */
static void read_row_key(page_reader *state, const page_token *key) {
    read_key *before = state->key_next < READ_KEYS_MAX ? &state->keys[state->key_next] : NULL;
    size_t length = key->length + 2;
    state->field = read_find_field(state, key);
    if (before) {
        bool short_enough = length <= READ_KEY_SIZE && !key->escaped;
        before->length = short_enough ? (unsigned char)length : 0;
        before->field = (signed char)state->field;
        memcpy(before->text, state->held.data + key->offset - 1, before->length);
        state->key_count = state->key_next < state->key_count ? state->key_count : state->key_next + 1;
    }
    state->key_next++;
    read_expect(state);
}

/* The row has the key that the row before had in this place. */
static void read_on_expected(void *context) {
    page_reader *state = context;
    state->field = state->keys[state->key_next++].field;
    read_expect(state);
}

static void read_on_key(void *context, int depth, const page_token *key) {
    page_reader *state = context;
    if (depth == state->row_depth && state->in_row) {
        read_row_key(state, key);
    } else if (depth == 1) {
        state->role = page_string_is(state->held.data, key, state->list_key) ? ROLE_ROWS
                      : page_string_is(state->held.data, key, "meta")        ? ROLE_META
                                                                             : ROLE_NONE;
    } else if (depth == 2 && state->in_meta) {
        state->at_next = page_string_is(state->held.data, key, "next_page_url");
    }
}

static void read_forget_next(page_reader *state) {
    sqlite3_free(state->next);
    state->next = NULL;
    state->next_kind = 0;
}

/* The value of next_page_url. */
static void read_keep_next(page_reader *state, const page_token *url) {
    read_forget_next(state);
    state->next_kind = url->kind;
    if (url->kind != '"' || url->length == 0) {
        return;
    }
    state->next = sqlite3_malloc64(url->length + 1);
    if (state->next) {
        memcpy(state->next, state->held.data + url->offset, url->length);
        state->next_length = page_string_unescape(state->next, url->length);
        state->next[state->next_length] = 0;
    }
    state->no_memory = state->no_memory || !state->next;
}

static void read_on_open(void *context, int depth, char kind) {
    page_reader *state = context;
    bool object = kind == '{';
    if (object && depth == state->row_depth - 1 && (state->in_list || !state->list_key)) {
        read_begin_row(state);
    } else if (depth == 1 && state->list_key && state->role == ROLE_ROWS) {
        /* Of a repeated key, the last. */
        state->in_list = !object;
        state->cell_count = state->made->row_count = state->made->usual_rows = 0;
        error_clear(&state->problem);
    } else if (depth == 1 && state->list_key && state->role == ROLE_META) {
        state->in_meta = object;
        state->at_next = false;
        read_forget_next(state);
    }
}

static void read_row_value(page_reader *state, const page_token *value) {
    const page_field *field = state->field < 0 ? NULL : &state->fields.fields[state->field];
    if (field && (field->wanted || state->field == state->fields.key)) {
        state->values[state->field] = *value;
    }
    if (field && field->column >= 0) {
        read_put(state, (size_t)field->column, state->held.data, value);
    }
}

static void read_list_value(page_reader *state, int depth, const page_token *value) {
    if (depth == 2 && state->in_list && value->kind == '{') {
        read_end_row(state);
    } else if (depth == 2 && state->in_list) {
        error_set(&state->problem, SQLITE_ERROR, "the answer holds a row that is not an object");
    } else if (depth == 2 && state->in_meta && state->at_next) {
        read_keep_next(state, value);
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
    page_reader *state = context;
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

static const page_watcher list_watcher = {3, read_on_key, read_on_open, read_on_value, read_on_expected};
static const page_watcher single_watcher = {1, read_on_key, read_on_open, read_on_value, read_on_expected};

/* Hands meta.next_page_url to the page. */
static void read_give_next(page_reader *state, error *problem) {
    if (!state->has_meta) {
        error_set(problem, SQLITE_ERROR, "the answer has no \"meta\" object, so it is not a list");
    } else if (state->next_kind != '"' && state->next_kind != 'n') {
        /* Without it nothing tells whether the list goes on: ending here could lose rows. */
        error_set(problem, SQLITE_ERROR, "the answer's \"meta\" does not say whether there is a next page");
    } else if (state->next && strlen(state->next) != state->next_length) {
        error_set(problem, SQLITE_ERROR, "the answer's next_page_url cannot be used");
    } else {
        state->made->next = state->next;
        state->next = NULL;
    }
}

/* What is wrong with it as a whole. */
static void read_judge(page_reader *state, page_scan_result result, error *problem) {
    const page_scan *scan = &state->scan;
    char byte[4] = "";
    if (scan->byte >= 0) {
        sqlite3_snprintf((int)sizeof byte, byte, "%02x", scan->byte);
    }
    bool too_large = state->held.rc == SQLITE_TOOBIG || state->scratch.rc == SQLITE_TOOBIG;
    if (state->no_memory || state->problem.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (too_large) {
        error_set(problem, SQLITE_TOOBIG, "the answer is too large");
    } else if (result != SCAN_WHOLE) {
        error_set(problem, SQLITE_ERROR, "the answer is not valid JSON (%s%s, at byte %llu)", scan->reason, byte,
                  (sqlite3_uint64)(scan->dropped + scan->at) + 1);
    } else if (state->list_key && !state->has_list) {
        error_set(problem, SQLITE_ERROR, "the answer has no list \"%s\"", state->list_key);
    } else if (state->list_key) {
        read_give_next(state, problem);
    }
    if (!error_is_set(problem) && error_is_set(&state->problem)) {
        *problem = state->problem;
        memset(&state->problem, 0, sizeof state->problem);
    }
}

/* The cells of rows that have none of a column. */
static bool read_add_absent(page_reader *state) {
    page *made = state->made;
    size_t first = 0;
    while (first < made->column_count && !state->fields.constants[first]) {
        first++;
    }
    if (first == made->column_count && !state->parents) {
        return true;
    }
    made->absent = sqlite3_malloc64(made->column_count * sizeof *made->absent);
    bool fine = made->absent != NULL;
    for (size_t i = 0; fine && i < made->column_count; i++) {
        const char *text = state->fields.constants[i];
        made->absent[i] = (page_cell){.type = CELL_NULL};
        fine = !text || read_put_text(state, &made->absent[i], text, strlen(text));
    }
    return fine;
}

/* A page without rows. */
static page *read_new_page(const catalog_resource *resource) {
    page *made = sqlite3_malloc64(sizeof *made);
    unsigned char *place = sqlite3_malloc64(resource->column_count);
    if (!made || !place) {
        sqlite3_free(made);
        sqlite3_free(place);
        return NULL;
    }
    *made = (page){.references = 1, .column_count = resource->column_count, .place = place};
    memset(place, 0, made->column_count);
    return made;
}

page_reader *page_read_begin(const catalog_resource *resource, unsigned version, bool list, uint64_t columns) {
    const char *key = resource->list_key ? resource->list_key : ""; /* without one no answer is its list */
    const char *list_key = list ? catalog_json_name(resource, key, version) : NULL;
    page_reader *state = sqlite3_malloc64(sizeof *state);
    if (!state) {
        return NULL;
    }
    memset(state, 0, sizeof *state);
    state->list_key = list_key;
    state->row_depth = list_key ? 3 : 1;
    page_fields_init(&state->fields, resource, version, columns);
    state->parents = list ? state->fields.parents : 0;
    buffer_init(&state->held, READ_BYTES_MAX);
    buffer_init(&state->scratch, READ_BYTES_MAX);
    page_scan_begin(&state->scan, list_key ? &list_watcher : &single_watcher, state);
    state->made = read_new_page(resource);
    if (!state->made || !read_add_absent(state)) {
        page_read_free(state);
        return NULL;
    }
    state->made->columns = columns;
    return state;
}

void page_read_free(page_reader *state) {
    if (state) {
        if (state->made) {
            page_cells_free(state->made);
        }
        error_clear(&state->problem);
        buffer_clear(&state->held);
        buffer_clear(&state->scratch);
        sqlite3_free(state->next);
        sqlite3_free(state);
    }
}

/* Forgets the bytes that have been dealt with: all before the row that is coming. What is left of them is less than came last. */
static void read_drop(page_reader *state) {
    size_t count = state->in_row ? state->row_begin : state->scan.at;
    if (count == 0) {
        return;
    }
    page_scan_drop(&state->scan, count);
    state->held.length -= count;
    memmove(state->held.data, state->held.data + count, state->held.length + 1);
    state->row_begin -= state->in_row ? count : 0;
    for (size_t i = 0; state->in_row && i < state->fields.count; i++) {
        state->values[i].offset -= state->values[i].kind ? count : 0;
    }
}

/* After an answer that is no JSON, or no memory for it, nothing counts any more. */
static page_scan_result read_run(page_reader *state, const char *bytes, size_t length, bool whole) {
    page_scan_result result = SCAN_BAD;
    if (!state->scan.reason && !state->no_memory && buffer_append(&state->held, bytes, length)) {
        result = page_scan_run(&state->scan, state->held.data, state->held.length, whole);
    }
    state->no_memory = state->no_memory || state->held.rc == SQLITE_NOMEM || state->scratch.rc == SQLITE_NOMEM;
    return result;
}

void page_read_take(page_reader *state, const char *bytes, size_t length) {
    if (read_run(state, bytes, length, false) == SCAN_MORE) {
        read_drop(state);
    }
}

const char *page_read_next(const page_reader *state) {
    return state->next;
}

static size_t read_block_bytes(const page_blocks *blocks, size_t size) {
    return blocks->count * PAGE_BLOCK * size + blocks->capacity * sizeof *blocks->blocks;
}

size_t page_read_bytes(const page_reader *state) {
    const page *made = state->made;
    return sizeof *state + state->held.capacity + state->scratch.capacity + made->texts.bytes +
           read_block_bytes(&made->cells, sizeof(page_cell)) + read_block_bytes(&made->rows, sizeof(uint32_t));
}

/* In no more memory than it needs: pages may be kept for long. */
static void read_trim(page_reader *state) {
    page *made = state->made;
    made->bytes = sizeof *made + made->column_count + made->texts.bytes +
                  (made->absent ? made->column_count * sizeof *made->absent : 0) +
                  page_cells_trim(&made->cells, state->cell_count, sizeof(page_cell)) +
                  page_cells_trim(&made->rows, made->rows.count ? made->row_count + 1 : 0, sizeof(uint32_t));
}

page *page_read_end(page_reader *state, error *problem) {
    if (!state) {
        error_no_memory(problem);
        return NULL;
    }
    read_judge(state, read_run(state, "", 0, true), problem);
    page *made = NULL;
    if (!error_is_set(problem)) {
        read_trim(state);
        made = state->made;
        state->made = NULL;
    }
    page_read_free(state);
    return made;
}
