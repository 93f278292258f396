/*
** Write bodies: a row of any values, and for an update what the statement has read of it before. First bytes: resource, version,
** create or update; then a mask of the columns given, 8 bytes; then their values; the rest is the JSON read before.
** What goes out must be a form that decodes to the catalogue's parameters with exactly these values, and nothing that the
** user gave may be passed over.
*/
#include <curl/curl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/generations.h"
#include "fuzz/fuzz.h"
#include "read/shown.h"
#include "write/write_body.h"

enum { COLUMNS_MAX = 40 };

static sqlite3 *db;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    fuzz_check(sqlite3_open(":memory:", &db) == SQLITE_OK, "no database");
    return 0;
}

/* ---- values ---- */

static sqlite3_value *keep_value(sqlite3_stmt *statement) {
    fuzz_check(sqlite3_step(statement) == SQLITE_ROW, "no row");
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    fuzz_check(value != NULL, "no value");
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return value;
}

/* Texts are given with their length, so that they can hold NULs: one byte is written for it, "\x02". */
static void bind_text(sqlite3_stmt *statement, fuzz_input *input) {
    char *text = fuzz_text(input);
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        text[i] = text[i] == 2 ? 0 : text[i];
    }
    sqlite3_bind_text(statement, 1, text, (int)length, SQLITE_TRANSIENT);
    free(text);
}

static sqlite3_value *read_value(sqlite3_stmt *statement, fuzz_input *input) {
    switch (fuzz_below(input, 8)) {
    case 0:
        break;
    case 1:
        sqlite3_bind_int64(statement, 1, fuzz_number(input));
        break;
    case 2:
        sqlite3_bind_double(statement, 1, (double)fuzz_number(input) / 1024);
        break;
    case 3:
        sqlite3_bind_blob(statement, 1, "\x00\xff", 2, SQLITE_STATIC);
        break;
    case 4:
        sqlite3_bind_int64(statement, 1, (int)fuzz_below(input, 3));
        break;
    default:
        bind_text(statement, input);
    }
    return keep_value(statement);
}

/* ---- what goes out ---- */

/* One parameter of a form, taken to pieces by libcurl. */
typedef struct pair {
    const catalog_parameter *parameter;
    char *value; /* curl_free */
    int length;
} pair;

static const catalog_parameter *find_parameter(const write_row *row, const char *name, size_t length, bool create) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *each = &row->resource->parameters[i];
        if (strlen(each->name) == length && memcmp(each->name, name, length) == 0 &&
            ((create ? each->create : each->update) & row->version)) {
            return each;
        }
    }
    return NULL;
}

static const char *read_pair(const write_row *row, const char *at, bool create, pair *read) {
    const char *equals = strchr(at, '='), *end = at + strcspn(at, "&");
    fuzz_check(equals && equals < end, "a parameter without a value: %s", at);
    read->parameter = find_parameter(row, at, (size_t)(equals - at), create);
    fuzz_check(read->parameter != NULL, "no parameter of %s: %s", row->resource->name, at);
    read->value = curl_easy_unescape(NULL, equals + 1, (int)(end - equals - 1), &read->length);
    if (end == equals + 1) { /* libcurl takes 0 for "measure it yourself" */
        curl_free(read->value);
        read->value = curl_easy_unescape(NULL, "", 0, &read->length);
    }
    return *end ? end + 1 : NULL;
}

/* A column that goes out as it is. */
static void check_whole(const write_row *row, const pair *sent, size_t column) {
    sqlite3_value *value = row->values[column];
    if (sent->parameter->kind == VALUE_TEXT || sent->parameter->kind == VALUE_JSON_TEXT) {
        const char *text = (const char *)sqlite3_value_text(value);
        buffer joined;
        size_t bad = 0;
        buffer_init(&joined, SHOWN_MAX);
        fuzz_check(!text || utf8_append_joined(&joined, text, (size_t)sqlite3_value_bytes(value), &bad),
                   "what is not UTF-8 went out");
        fuzz_check(joined.length == (size_t)sent->length &&
                       (sent->length == 0 || memcmp(joined.data, sent->value, joined.length) == 0),
                   "%s.%s went out as %s", row->resource->name, sent->parameter->column, sent->value);
        buffer_clear(&joined);
    } else if (sqlite3_value_type(value) == SQLITE_NULL) {
        fuzz_check(sent->length == 0, "NULL went out as %s", sent->value);
    } else if (sent->parameter->kind == VALUE_INTEGER) {
        fuzz_check(atoll(sent->value) == sqlite3_value_int64(value), "%s went out as %s", sent->parameter->column,
                   sent->value);
    } else if (sent->parameter->kind == VALUE_BOOLEAN) {
        fuzz_check(strcmp(sent->value, "true") == 0 || strcmp(sent->value, "false") == 0, "a flag went out as %s",
                   sent->value);
    } else {
        fuzz_check(sent->length >= 20 && sent->value[10] == 'T' && sent->value[sent->length - 1] == 'Z' &&
                       strspn(sent->value, "0123456789-:.TZ") == (size_t)sent->length,
                   "a time went out as %s", sent->value);
    }
}

static void check_limits(const write_row *row, const pair *sent, size_t column) {
    unsigned most = sent->parameter->max_length;
    if (sqlite3_value_type(row->values[column]) == SQLITE_NULL) {
        return; /* an empty value */
    }
    bool utf8 = utf8_is_valid(sent->value, (size_t)sent->length); /* else there is no telling its characters */
    fuzz_check(most == 0 || !utf8 || sent->length <= (int)most * 4, "%d bytes of %s", sent->length,
               sent->parameter->name);
    bool accepted = !sent->parameter->accepted;
    for (size_t i = 0; !accepted && sent->parameter->accepted[i]; i++) {
        accepted = strcmp(sent->parameter->accepted[i], sent->value) == 0;
    }
    fuzz_check(accepted, "%s=%s", sent->parameter->name, sent->value);
}

/* ---- nothing is passed over ---- */

/* The leaf's value in a document, its path's keys one by one. */
static const json_t *leaf_at(const json_t *document, const char *leaf) {
    char key[200];
    for (const char *at = leaf; document && at && *at; at += strcspn(at, ".") + (at[strcspn(at, ".")] == '.')) {
        size_t length = strcspn(at, ".");
        memcpy(key, at, length);
        key[length] = 0;
        document = json_object_get(document, key);
    }
    return document;
}

/* Values that are neither object nor array, and how many arrays hold. Empty containers count as one. */
static size_t count_values(const json_t *value) {
    const char *key;
    json_t *member;
    size_t index, count = 0;
    json_object_foreach((json_t *)value, key, member) {
        count += count_values(member);
    }
    json_array_foreach((json_t *)value, index, member) {
        count += count_values(member);
    }
    return count ? count : 1;
}

/*
** A JSON column that had no JSON before: each value in it must have gone out, as a parameter of its own or as
** an element.
*/
static void check_document(const write_row *row, size_t column, bool create, size_t sent) {
    sqlite3_value *value = row->values[column];
    size_t expected = 0;
    bool leaves = false, empty_array = false;
    json_t *document = json_loadb((const char *)sqlite3_value_text(value), (size_t)sqlite3_value_bytes(value),
                                  JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    fuzz_check(document != NULL, "%s: bad JSON was taken", row->resource->columns[column].name);
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *each = &row->resource->parameters[i];
        bool takes = ((create ? each->create : each->update) & row->version) != 0;
        if (takes && strcmp(each->column, row->resource->columns[column].name) == 0) {
            leaves = leaves || each->leaf;
            const json_t *leaf = leaf_at(document, each->leaf);
            empty_array = empty_array || (json_is_array(leaf) && json_array_size(leaf) == 0);
            expected += leaf ? count_values(leaf) : 0;
        }
    }
    char *shown = json_dumps(document, JSON_ENCODE_ANY | JSON_COMPACT);
    bool empty = json_is_object(document) && json_object_size(document) == 0;
    fuzz_check(sent == expected, "%zu of %zu values went out of %s", sent, expected, shown);
    fuzz_check(!leaves || empty || expected == count_values(document), "values were passed over in %s", shown);
    free(shown);
    json_decref(document);
}

static bool is_document(const write_row *row, size_t column) {
    return row->resource->columns[column].kind == VALUE_JSON && sqlite3_value_type(row->values[column]) != SQLITE_NULL;
}

/* Does a parameter of this version take the column? */
static bool is_taken(const write_row *row, size_t column, bool create) {
    for (size_t i = 0; i < row->resource->parameter_count; i++) {
        const catalog_parameter *each = &row->resource->parameters[i];
        if (((create ? each->create : each->update) & row->version) &&
            strcmp(each->column, row->resource->columns[column].name) == 0) {
            return true;
        }
    }
    return false;
}

static bool was_shown_as_json(const write_row *row, size_t column) {
    shown_value shown;
    return shown_find(row->shown, row->shown_length, column, &shown) && shown.type == CELL_JSON;
}

static void check_body(const write_row *row, const write_body *body, bool create) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%&=";
    size_t sent[COLUMNS_MAX] = {0};
    int count = 0;
    const char *text = body->text.data;
    fuzz_check(!text || strspn(text, plain) == body->text.length, "a body: %s", text);
    for (const char *at = body->text.length ? text : NULL; at; count++) {
        pair read;
        at = read_pair(row, at, create, &read);
        size_t column = (size_t)catalog_column_index(row->resource, read.parameter->column);
        sent[column]++;
        check_limits(row, &read, column);
        if (!is_document(row, column)) {
            check_whole(row, &read, column);
        }
        curl_free(read.value);
    }
    fuzz_check(count == body->count, "%d of %d parameters", count, body->count);
    for (size_t i = 0; i < row->resource->column_count; i++) {
        bool given = sqlite3_value_type(row->values[i]) != SQLITE_NULL;
        /* What the server would set anew goes along with changes. */
        bool along = !create && (row->resource->columns[i].flags & COLUMN_TOUCHED) && is_taken(row, i, create);
        if (!is_taken(row, i, create) || (create ? !given : !write_body_is_changed(row, i))) {
            fuzz_check(sent[i] == 0 || along, "%s went out", row->resource->columns[i].name);
        } else if (!is_document(row, i)) {
            fuzz_check(sent[i] == 1, "%s went out %zu times", row->resource->columns[i].name, sent[i]);
        } else if (create || !was_shown_as_json(row, i)) {
            check_document(row, i, create, sent[i]);
        }
    }
}

/* ---- the row ---- */

static void try_row(const write_row *row, bool create) {
    error problem = {0};
    write_body body;
    write_body_init(&body);
    write_body_fill(&body, row, row->version, create, &problem);
    if (error_is_set(&problem)) {
        fuzz_check(problem.rc == SQLITE_CONSTRAINT || problem.rc == SQLITE_TOOBIG, "code %d: %s", problem.rc,
                   problem.message);
        fuzz_check_refusal(&problem, true);
    } else {
        check_body(row, &body, create);
    }
    write_body_clear(&body);
}

/* What was shown of the row: that of a JSON text; of one that is no row, NULLs, so that an update is of the columns given. */
static void show(const catalog_resource *resource, const fuzz_input *input, buffer *shown) {
    error problem = {0};
    page *read = page_parse_single(resource, CATALOG_V1, (const char *)input->bytes, input->left, &problem);
    error_clear(&problem);
    buffer_init(shown, SHOWN_MAX);
    shown_begin(shown);
    for (size_t i = 0; i < resource->column_count; i++) {
        shown_add(shown, i, true, read, read ? page_at(read, 0, i) : NULL);
    }
    page_release(read);
    fuzz_check(shown_is_whole(shown->data, shown->length), "what was shown is not whole");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    const catalog_resource *resource = resources[fuzz_below(&input, (unsigned)count)];
    sqlite3_value *values[COLUMNS_MAX];
    sqlite3_stmt *statement = NULL;
    fuzz_check(resource->column_count < COLUMNS_MAX, "COLUMNS_MAX is too small");
    fuzz_check(sqlite3_prepare_v2(db, "SELECT ?", -1, &statement, NULL) == SQLITE_OK, "no statement");
    write_row row = {.resource = resource,
                     .version = fuzz_below(&input, 2) ? CATALOG_V1 : CATALOG_V2,
                     .conflict = SQLITE_ABORT,
                     .told = true,
                     .values = values};
    unsigned create = fuzz_below(&input, 2);
    uint64_t given = (uint64_t)fuzz_number(&input);
    for (size_t i = 0; i <= resource->column_count; i++) {
        values[i] = given >> i & 1 ? read_value(statement, &input) : keep_value(statement);
    }
    buffer shown;
    show(resource, &input, &shown);
    row.shown = shown.data;
    row.shown_length = shown.length;
    try_row(&row, create);
    for (size_t i = 0; i <= resource->column_count; i++) {
        sqlite3_value_free(values[i]);
    }
    sqlite3_finalize(statement);
    buffer_clear(&shown);
    return 0;
}
