/* From bytes to rows; see page.h. */
#include "rest/page.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/sqlite.h"
#include "base/utf8.h"
#include "rest/date.h"
#include "rest/page_json.h"
#include "rest/page_make.h"

/*
** Texts may hold NUL (JSON_ALLOW_NUL). A repeated key would leave two answers to choose from, so it is an error.
** jansson itself refuses invalid UTF-8, lone surrogates, numbers out of range and nesting beyond 2048.
*/
enum { PAGE_FLAGS = JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, PAGE_ARENA_MAX = 0x7fffffff };

/* A page being built: cells and texts grow in buffers, and move into the page at the end. */
typedef struct page_builder {
    const catalog_resource *resource;
    unsigned version;
    buffer cells, arena;
    size_t row_count;
} page_builder;

static json_t *page_load(const char *body, size_t length, error *problem) {
    json_error_t details;
    json_t *root = page_json_load(body ? body : "", length, PAGE_FLAGS, &details, problem);
    if (!root && !error_is_set(problem)) {
        /* Without the piece of the answer that jansson quotes: it may be a piece of a secret. */
        const char *near = strstr(details.text, " near '");
        error_set(problem, SQLITE_ERROR, "the answer is not valid JSON (%.*s, at byte %d)",
                  near ? (int)(near - details.text) : (int)strlen(details.text), details.text, details.position);
    }
    return root;
}

static void page_put_text(page_builder *builder, page_cell *cell, page_cell_type type, const char *text,
                          size_t length) {
    cell->type = type;
    cell->length = (uint32_t)length;
    cell->value.offset = builder->arena.length;
    buffer_append(&builder->arena, text, length);
    buffer_append(&builder->arena, "", 1);
}

static int page_dump_piece(const char *text, size_t length, void *context) {
    return buffer_append(context, text, length) ? 0 : -1;
}

/* An object or array as compact JSON text. */
static void page_put_json(page_builder *builder, page_cell *cell, const json_t *value) {
    cell->type = CELL_JSON;
    cell->value.offset = builder->arena.length;
    if (json_dump_callback(value, page_dump_piece, &builder->arena, JSON_COMPACT | JSON_ENCODE_ANY) != 0) {
        builder->arena.rc = builder->arena.rc ? builder->arena.rc : SQLITE_NOMEM;
    }
    cell->length = (uint32_t)(builder->arena.length - cell->value.offset);
    buffer_append(&builder->arena, "", 1);
}

static void page_put_integer(page_cell *cell, int64_t value) {
    cell->type = CELL_INTEGER;
    cell->value.integer = value;
}

/* 5.0 is the integer 5; 5.5 and 1e300 are none. */
static bool page_put_whole(page_cell *cell, double real) {
    static const double end = 9223372036854775808.0; /* 2^63 */
    bool in_range = real >= -end && real < end;
    int64_t whole = in_range ? (int64_t)real : 0;
    bool same = in_range && !((double)whole < real) && !((double)whole > real);
    if (same) {
        page_put_integer(cell, whole);
    }
    return same;
}

/* "10", "-1" and "5.0", as INTEGER affinity takes them. */
static bool page_put_digits(page_cell *cell, const char *text, size_t length) {
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t digits = strspn(text + sign, "0123456789"), end = sign + digits;
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (text[end] == '.') {
        end += 1 + strspn(text + end + 1, "0");
    }
    bool whole = digits > 0 && end == length && errno == 0;
    if (whole) {
        page_put_integer(cell, value);
    }
    return whole;
}

static bool page_put_word(page_cell *cell, const char *text, size_t length) {
    bool yes = length == 4 && memcmp(text, "true", length) == 0, no = length == 5 && memcmp(text, "false", length) == 0;
    if (yes || no) {
        page_put_integer(cell, yes);
    }
    return yes || no;
}

static bool page_put_number(page_cell *cell, const json_t *value) {
    const char *text = json_string_value(value);
    switch (json_typeof(value)) {
    case JSON_TRUE:
    case JSON_FALSE:
        page_put_integer(cell, json_is_true(value));
        return true;
    case JSON_INTEGER:
        page_put_integer(cell, json_integer_value(value));
        return true;
    case JSON_REAL:
        return page_put_whole(cell, json_real_value(value));
    case JSON_STRING:
        return page_put_digits(cell, text, json_string_length(value));
    default:
        return false;
    }
}

static bool page_put_boolean(page_cell *cell, const json_t *value) {
    if (json_is_string(value) && page_put_word(cell, json_string_value(value), json_string_length(value))) {
        return true;
    }
    return page_put_number(cell, value) && (cell->value.integer == 0 || cell->value.integer == 1);
}

/* A text of what is none: its JSON. Of a number that loses nothing, since reading it gives the number again. */
static void page_put_as_text(page_builder *builder, page_cell *cell, const json_t *value) {
    page_put_json(builder, cell, value);
    cell->type = json_is_object(value) || json_is_array(value) ? CELL_JSON : CELL_TEXT;
}

static void page_put_string(page_builder *builder, page_cell *cell, catalog_kind kind, const json_t *value) {
    const char *text = json_string_value(value);
    size_t length = json_string_length(value);
    char iso[CLOCK_TEXT_SIZE];
    if (kind == VALUE_TIME && date_to_iso(text, length, iso)) {
        page_put_text(builder, cell, CELL_TEXT, iso, strlen(iso));
    } else {
        page_put_text(builder, cell, kind == VALUE_JSON_TEXT ? CELL_JSON : CELL_TEXT, text, length);
    }
}

/* What is missing, in words, where a value is none of the column's kind and cannot become one; else NULL. */
static const char *page_put(page_builder *builder, page_cell *cell, catalog_kind kind, const json_t *value) {
    bool number = kind == VALUE_INTEGER || kind == VALUE_BOOLEAN;
    if (!value || json_is_null(value)) {
        cell->type = CELL_NULL;
        return NULL;
    }
    if (json_is_string(value) && (!number || json_string_length(value) == 0)) {
        page_put_string(builder, cell, kind, value);
        return NULL;
    }
    switch (kind) {
    case VALUE_INTEGER:
        return page_put_number(cell, value) ? NULL : "a whole number";
    case VALUE_BOOLEAN:
        return page_put_boolean(cell, value) ? NULL : "true or false";
    case VALUE_TIME:
        return "a time";
    case VALUE_DURATION:
        return "a duration";
    case VALUE_TEXT:
        page_put_as_text(builder, cell, value);
        return NULL;
    case VALUE_BYTES: /* their address is a text: it stays NULL */
        return NULL;
    case VALUE_JSON:
    case VALUE_JSON_TEXT:
        break;
    }
    page_put_json(builder, cell, value);
    return NULL;
}

/* Puts the value of a column. What another version's column is called here may be anything: it reads NULL. */
static void page_put_column(page_builder *builder, const catalog_column *column, const json_t *value, error *problem) {
    page_cell cell;
    memset(&cell, 0, sizeof cell);
    const char *wanted = page_put(builder, &cell, column->kind, value);
    if (wanted && (column->versions & builder->version)) {
        error_set(problem, SQLITE_ERROR, "the answer holds a row whose \"%s\" is not %s", column->name, wanted);
    } else if (wanted) {
        memset(&cell, 0, sizeof cell);
    }
    buffer_append(&builder->cells, &cell, sizeof cell);
}

/* A member of a row; "binding.address" is one inside an object. */
static const json_t *page_member(const json_t *row, const char *name) {
    const char *dot = strchr(name, '.');
    char outer[100];
    if (!dot) {
        return json_object_get(row, name);
    }
    sqlite3_snprintf((int)sizeof outer, outer, "%.*s", (int)(dot - name), name);
    return page_member(json_object_get(row, outer), dot + 1);
}

static void page_add_row(page_builder *builder, json_t *row, error *problem) {
    const catalog_resource *resource = builder->resource;
    if (!json_is_object(row)) {
        error_set(problem, SQLITE_ERROR, "the answer holds a row that is not an object");
        return;
    }
    const char *key_name =
        resource->key_column ? catalog_json_name(resource, resource->key_column, builder->version) : NULL;
    if (key_name && !json_is_string(json_object_get(row, key_name))) {
        error_set(problem, SQLITE_ERROR, "the answer holds a row without \"%s\"", key_name);
        return;
    }
    page_make_row(resource, builder->version, row, problem);
    for (size_t i = 0; i < resource->column_count && !error_is_set(problem); i++) {
        const catalog_column *column = &resource->columns[i];
        /* A column that no response has must not be filled from one by accident (secrets, say). */
        const char *name = column->versions ? catalog_json_name(resource, column->name, builder->version) : NULL;
        page_put_column(builder, column, name ? page_member(row, name) : NULL, problem);
    }
    builder->row_count++;
}

/* Takes a buffer's content, in no more memory than it needs: pages may be kept for long. */
static char *page_take(buffer *content) {
    size_t length = content->length;
    char *data = buffer_take(content);
    char *exact = data ? sqlite3_realloc64(data, length + 1) : NULL;
    return exact ? exact : data;
}

static page *page_build(page_builder *builder, error *problem) {
    page *result = sqlite3_malloc64(sizeof *result);
    bool too_big = builder->arena.rc == SQLITE_TOOBIG || builder->cells.rc == SQLITE_TOOBIG;
    if (!result || builder->cells.rc != SQLITE_OK || builder->arena.rc != SQLITE_OK) {
        if (too_big) {
            error_set(problem, SQLITE_TOOBIG, "the answer is too large");
        }
        error_no_memory(problem);
        sqlite3_free(result);
        return NULL;
    }
    memset(result, 0, sizeof *result);
    result->references = 1;
    result->row_count = builder->row_count;
    result->column_count = builder->resource->column_count;
    result->bytes = sizeof *result + builder->cells.length + builder->arena.length;
    result->cells = (page_cell *)(void *)page_take(&builder->cells);
    result->arena = page_take(&builder->arena);
    if (!result->cells || !result->arena) {
        error_no_memory(problem);
        page_release(result);
        return NULL;
    }
    return result;
}

static page *page_from_rows(const catalog_resource *resource, unsigned version, const json_t *rows, json_t *single,
                            error *problem) {
    page_builder builder = {.resource = resource, .version = version};
    page *result = NULL;
    buffer_init(&builder.cells, PAGE_ARENA_MAX);
    buffer_init(&builder.arena, PAGE_ARENA_MAX);
    for (size_t i = 0; !error_is_set(problem) && i < json_array_size(rows); i++) {
        page_add_row(&builder, json_array_get(rows, i), problem);
    }
    if (single) {
        page_add_row(&builder, single, problem);
    }
    if (!error_is_set(problem)) {
        result = page_build(&builder, problem);
    }
    buffer_clear(&builder.cells);
    buffer_clear(&builder.arena);
    return result;
}

page *page_of_bytes(char *bytes, size_t length) {
    page *result = sqlite3_malloc64(sizeof *result);
    page_cell *cell = sqlite3_malloc64(sizeof *cell);
    if (!result || !cell) {
        sqlite3_free(result);
        sqlite3_free(cell);
        sqlite3_free(bytes);
        return NULL;
    }
    char *exact = sqlite3_realloc64(bytes, length + 1);
    bytes = exact ? exact : bytes;
    memset(cell, 0, sizeof *cell);
    *cell = (page_cell){.type = CELL_TEXT, .length = (uint32_t)length};
    *result = (page){.references = 1,
                     .row_count = 1,
                     .column_count = 1,
                     .cells = cell,
                     .arena = bytes,
                     .bytes = sizeof *result + sizeof *cell + length + 1};
    return result;
}

/* Reads meta.next_page_url into *next (sqlite3_malloc'ed; NULL on the last page). */
static void page_read_next(const json_t *meta, char **next, error *problem) {
    const json_t *url = json_object_get(meta, "next_page_url");
    *next = NULL;
    if (!json_is_object(meta)) {
        error_set(problem, SQLITE_ERROR, "the answer has no \"meta\" object, so it is not a list");
    } else if (!url || (!json_is_null(url) && !json_is_string(url))) {
        /* Without it nothing tells whether the list goes on: ending here could lose rows. */
        error_set(problem, SQLITE_ERROR, "the answer's \"meta\" does not say whether there is a next page");
    } else if (strlen(json_string_value(url) ? json_string_value(url) : "") != json_string_length(url)) {
        error_set(problem, SQLITE_ERROR, "the answer's next_page_url cannot be used");
    } else if (json_string_length(url) > 0) {
        *next = sqlite3_mprintf("%s", json_string_value(url));
        if (!*next) {
            error_no_memory(problem);
        }
    }
}

page *page_parse_list(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                      error *problem) {
    json_t *root = page_load(body, length, problem);
    page *result = NULL;
    char *next = NULL;
    if (root) {
        const char *key = catalog_json_name(resource, resource->list_key, version);
        const json_t *rows = json_object_get(root, key);
        if (!json_is_array(rows)) {
            error_set(problem, SQLITE_ERROR, "the answer has no list \"%s\"", key);
        }
        page_read_next(json_object_get(root, "meta"), &next, problem);
        if (!error_is_set(problem)) {
            result = page_from_rows(resource, version, rows, NULL, problem);
        }
    }
    if (result) {
        result->next = next;
    } else {
        sqlite3_free(next);
    }
    json_decref(root);
    return result;
}

page *page_parse_single(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                        error *problem) {
    json_t *root = page_load(body, length, problem);
    page *result = root ? page_from_rows(resource, version, NULL, root, problem) : NULL;
    json_decref(root);
    return result;
}

/* Copies the server's text as one printable line, cut at a whole UTF-8 character. */
static void page_copy_line(char *target, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    memcpy(target, text, length);
    target[length] = 0;
    utf8_blank_controls(target);
}

void page_parse_problem(const char *body, size_t length, page_problem *problem) {
    error ignored = {0};
    json_t *root = page_load(body, length, &ignored);
    const json_t *message = json_object_get(root, "message");
    memset(problem, 0, sizeof *problem);
    problem->code = json_integer_value(json_object_get(root, "code"));
    if (!json_is_string(message)) {
        message = json_object_get(root, "detail"); /* RFC 9457, which newer products send */
    }
    if (json_is_string(message)) {
        page_copy_line(problem->message, sizeof problem->message, json_string_value(message));
    }
    problem->no_memory = ignored.rc == SQLITE_NOMEM;
    json_decref(root);
    error_clear(&ignored);
}

const page_cell *page_at(const page *source, size_t row, size_t column) {
    return &source->cells[row * source->column_count + column];
}

const char *page_text(const page *source, const page_cell *cell) {
    return source->arena + cell->value.offset;
}

page *page_retain(page *shared) {
    shared->references++;
    return shared;
}

void page_release(page *shared) {
    if (shared && --shared->references == 0) {
        sqlite3_free(shared->cells);
        sqlite3_free(shared->arena);
        sqlite3_free(shared->next);
        sqlite3_free(shared);
    }
}
