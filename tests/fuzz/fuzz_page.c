/*
** Pages: an answer's bytes, as a list, as a single resource, or as an error body (first byte: the resource; second: which).
** jansson is the judge: what it accepts must be read, and be what a plain walk through its tree finds; what it does not accept and
** is read all the same, must be one of the things that JSON allows and it does not (judge_is_stricter).
*/
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/generations.h"
#include "fuzz/fuzz.h"
#include "rest/page.h"
#include "unit/parsed.h"

enum { PAGE_LIST, PAGE_SINGLE, PAGE_PROBLEM, PAGE_WAYS };

static void check_text(const page *read, const page_cell *cell, const char *column) {
    const char *text = page_text(read, cell);
    fuzz_check(text[cell->length] == 0, "%s: the text does not end where it should", column);
    fuzz_check(utf8_is_valid(text, cell->length), "%s: not UTF-8", column);
}

static bool same_bytes(const page *read, const page_cell *cell, const json_t *value) {
    return cell->length == json_string_length(value) &&
           memcmp(page_text(read, cell), json_string_value(value), cell->length) == 0;
}

/* "2016-03-24T20:37:57Z" */
static bool is_iso(const char *text) {
    static const char pattern[] = "0000-00-00T00:00:00Z";
    for (size_t i = 0; i < sizeof pattern; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

static void check_string(const page *read, const page_cell *cell, const catalog_column *column, const json_t *value) {
    page_cell_type type = column->kind == VALUE_JSON_TEXT ? CELL_JSON : CELL_TEXT;
    fuzz_check(cell->type == type, "%s: a string became a cell of type %d", column->name, (int)cell->type);
    check_text(read, cell, column->name);
    bool rewritten = column->kind == VALUE_TIME && cell->length == 20 && is_iso(page_text(read, cell));
    fuzz_check(same_bytes(read, cell, value) || rewritten, "%s: another text than the answer's", column->name);
}

/* An object or array is kept as JSON text, which must hold the same. */
static void check_document(const page *read, const page_cell *cell, const catalog_column *column, const json_t *value) {
    fuzz_check(cell->type == CELL_JSON, "%s: a document became a cell of type %d", column->name, (int)cell->type);
    check_text(read, cell, column->name);
    json_t *again = json_loadb(page_text(read, cell), cell->length,
                               JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    fuzz_check(again != NULL, "%s: its JSON cannot be read: %s", column->name, page_text(read, cell));
    fuzz_check(json_equal(again, value), "%s: other JSON than the answer's: %s", column->name, page_text(read, cell));
    json_decref(again);
}

/* The whole number that a value is or spells. */
static int64_t whole_number(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_INTEGER:
        return json_integer_value(value);
    case JSON_REAL:
        return (int64_t)json_real_value(value);
    case JSON_STRING:
        return strcmp(json_string_value(value), "true") == 0 ? 1 : strtoll(json_string_value(value), NULL, 10);
    default:
        return json_is_true(value);
    }
}

static void check_number(const page_cell *cell, const catalog_column *column, const json_t *value) {
    if (cell->type == CELL_REAL) {
        double real = json_is_real(value) ? json_real_value(value) : 0, end = 9223372036854775808.0;
        fuzz_check(real >= end || real < -end, "%s: a real that is none", column->name);
        fuzz_check(!(cell->value.real < real) && !(cell->value.real > real), "%s: another real", column->name);
        return;
    }
    fuzz_check(cell->type == CELL_INTEGER && cell->value.integer == whole_number(value), "%s: not the number",
               column->name);
    double real = json_is_real(value) ? json_real_value(value) : 0, whole = (double)cell->value.integer;
    fuzz_check(!json_is_real(value) || (!(real < whole) && !(real > whole)), "%s: a fraction is lost", column->name);
}

static void check_cell(const page *read, const page_cell *cell, const catalog_column *column, const json_t *value) {
    bool number = column->kind == VALUE_INTEGER || column->kind == VALUE_BOOLEAN;
    if (!value || json_is_null(value) || !column->versions) {
        fuzz_check(cell->type == CELL_NULL, "%s: not NULL", column->name);
    } else if (!(column->versions & CATALOG_V1) && cell->type == CELL_NULL) {
        return; /* another version's, and of another type here */
    } else if (json_is_string(value) && (!number || json_string_length(value) == 0)) {
        check_string(read, cell, column, value);
    } else if (number) {
        check_number(cell, column, value);
    } else if (column->kind == VALUE_TEXT && !json_is_object(value) && !json_is_array(value)) {
        fuzz_check(cell->type == CELL_TEXT, "%s: not a text", column->name);
        check_text(read, cell, column->name);
    } else {
        fuzz_check(column->kind != VALUE_TIME, "%s: a time of another type", column->name);
        check_document(read, cell, column, value);
    }
}

static void check_row(const page *read, const catalog_resource *resource, size_t row, const json_t *value) {
    const char *key = resource->key_column ? catalog_json_name(resource, resource->key_column, CATALOG_V1) : NULL;
    fuzz_check(!key || json_is_string(json_object_get(value, key)), "a row without its key was taken");
    for (size_t i = 0; i < resource->column_count; i++) {
        const catalog_column *column = &resource->columns[i];
        check_cell(read, page_at(read, row, i), column, json_object_get(value, column->name));
    }
}

static void check_list(const page *read, const catalog_resource *resource, const json_t *root) {
    const json_t *rows = json_object_get(root, resource->list_key);
    const char *next = json_string_value(json_object_get(json_object_get(root, "meta"), "next_page_url"));
    fuzz_check(json_array_size(rows) == read->row_count, "%zu rows of %zu", read->row_count, json_array_size(rows));
    for (size_t i = 0; i < read->row_count; i++) {
        check_row(read, resource, i, json_array_get(rows, i));
    }
    fuzz_check(read->next ? next && strcmp(next, read->next) == 0 : !next || !*next, "another next page");
}

/* Repeated keys, a NUL in one, numbers out of range, and half a pair: all of it is JSON, and jansson refuses it. */
static bool judge_is_stricter(const json_error_t *details) {
    enum json_error_code code = json_error_code(details);
    return code == json_error_duplicate_key || code == json_error_null_byte_in_key ||
           code == json_error_numeric_overflow ||
           (code == json_error_invalid_syntax && strstr(details->text, "invalid Unicode"));
}

/* What the page holds, by itself. */
static void check_shape(const page *read, const catalog_resource *resource, int way, size_t size) {
    fuzz_check(read->column_count == resource->column_count, "%zu columns", read->column_count);
    fuzz_check(read->row_count <= size, "more rows than bytes");
    fuzz_check(read->bytes > 0 && read->bytes <= 3 * size + 64 * 1024, "%zu bytes counted", read->bytes);
    fuzz_check(way == PAGE_LIST || (read->row_count == 1 && !read->next), "a single resource is one row, the last");
    for (size_t row = 0; row < read->row_count; row++) {
        for (size_t i = 0; i < read->column_count; i++) {
            const page_cell *cell = page_at(read, row, i);
            if (cell->type == CELL_TEXT || cell->type == CELL_JSON) {
                check_text(read, cell, resource->columns[i].name);
            }
        }
    }
}

static void check_page(const page *read, const catalog_resource *resource, int way, const char *body, size_t size) {
    json_error_t details;
    json_t *root = json_loadb(body, size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &details);
    check_shape(read, resource, way, size);
    if (!root) {
        fuzz_check(judge_is_stricter(&details), "read although it is no JSON: %s", details.text);
        return;
    }
    if (way == PAGE_LIST) {
        check_list(read, resource, root);
    } else {
        check_row(read, resource, 0, root);
    }
    json_decref(root);
}

/*
** What jansson accepts is JSON, unless it is nested deeper than we go along with. And jansson (2.14) passes over a NUL that stands
** behind a number, which is none.
*/
static void check_refusal(const error *problem, const char *body, size_t size) {
    const char *message = problem->message ? problem->message : "";
    bool json =
        !strstr(message, "is not valid JSON") || strstr(message, "maximum parsing depth") || memchr(body, 0, size);
    json_t *root = json ? NULL : json_loadb(body, size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    fuzz_check(root == NULL, "jansson reads it: %s", message);
    json_decref(root);
}

static bool same_cell(const page *one, const page_cell *a, const page *other, const page_cell *b) {
    bool text = a->type == CELL_TEXT || a->type == CELL_JSON;
    return a->type == b->type && a->length == b->length &&
           (text ? memcmp(page_text(one, a), page_text(other, b), a->length) == 0
                 : memcmp(&a->value, &b->value, sizeof a->value) == 0);
}

/* However it comes, it is the same. */
static void check_pieces(const page *read, const error *problem, const catalog_resource *resource, const char *body,
                         size_t size) {
    error other = {0};
    size_t first = size ? (unsigned char)body[size / 2] % size : 0;
    page *again = page_parse_pieces(resource, CATALOG_V1, body, size, first, size ? size : 1, &other);
    fuzz_check(!read == !again, "in other pieces: %s", problem->message ? problem->message : other.message);
    fuzz_check(!problem->message || strcmp(problem->message, other.message) == 0, "%s, or %s", problem->message,
               other.message);
    fuzz_check(!read || read->row_count == again->row_count, "other rows in other pieces");
    for (size_t row = 0; read && row < read->row_count; row++) {
        for (size_t i = 0; i < read->column_count; i++) {
            fuzz_check(same_cell(read, page_at(read, row, i), again, page_at(again, row, i)),
                       "%s: another value in other pieces", resource->columns[i].name);
        }
    }
    page_release(again);
    error_clear(&other);
}

static void try_page(const catalog_resource *resource, int way, const char *body, size_t size) {
    error problem = {0};
    page *read = way == PAGE_LIST ? page_parse_list(resource, CATALOG_V1, body, size, &problem)
                                  : page_parse_single(resource, CATALOG_V1, body, size, &problem);
    if (way == PAGE_LIST) {
        check_pieces(read, &problem, resource, body, size);
    }
    if (!read) {
        check_refusal(&problem, body, size);
        fuzz_check_refusal(&problem, utf8_is_valid(body, size));
        return;
    }
    fuzz_check(!error_is_set(&problem), "a page and a problem");
    check_page(read, resource, way, body, size);
    fuzz_check(page_retain(read) == read, "another page");
    page_release(read);
    page_release(read);
}

static void try_problem(const char *body, size_t size) {
    page_problem problem;
    memset(&problem, 0x5a, sizeof problem);
    page_parse_problem(body, size, &problem);
    size_t length = strnlen(problem.message, sizeof problem.message);
    fuzz_check(length < sizeof problem.message, "a message without an end");
    fuzz_check(fuzz_is_printable(problem.message), "a message that is not one line");
    fuzz_check(utf8_is_valid(problem.message, length), "a message that is not UTF-8");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    const catalog_resource *resource = resources[fuzz_below(&input, (unsigned)count)];
    int way = (int)fuzz_below(&input, PAGE_WAYS);
    if (way == PAGE_PROBLEM) {
        try_problem((const char *)input.bytes, input.left);
    } else {
        try_page(resource, way, (const char *)input.bytes, input.left);
    }
    return 0;
}
