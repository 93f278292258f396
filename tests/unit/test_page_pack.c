/*
** Rows of a page as bytes and back: whatever is in a cell, and however far its text has been dealt with, it is the same afterwards,
** in one piece or in stretches.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/page_pack.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/parsed.h"

enum { ROWS = 3000 }; /* several blocks of cells */

/* What a page may hold: escapes, a NUL, dates, numbers, reals, JSON, nothing at all. */
static void append_row(sqlite3_str *body, int row) {
    sqlite3_str_appendf(body, "%s{\"sid\":\"IM%032d\",\"index\":%d", row ? "," : "", row, row);
    switch (row % 5) {
    case 0:
        sqlite3_str_appendf(body, ",\"body\":\"a\\u0000b \\ud83d\\ude00 \\\"%d\\\"\",\"from\":\"\"", row);
        break;
    case 1:
        sqlite3_str_appendf(
            body, ",\"date_created\":\"2015-12-16T22:18:37Z\",\"date_updated\":\"2015-12-16T22:18:38+01:00\"");
        break;
    case 2:
        sqlite3_str_appendf(body, ",\"was_edited\":true,\"attributes\":\"{\\\"n\\\":%d}\",\"media\":{\"size\":1e3}",
                            row);
        break;
    case 3:
        sqlite3_str_appendf(body, ",\"index\":99999999999999999999,\"body\":%d.50", row);
        break;
    default:
        break;
    }
    sqlite3_str_appendall(body, "}");
}

static page *make_page(const char *table, int rows, const char *next) {
    error problem = {0};
    sqlite3_str *body = sqlite3_str_new(NULL);
    sqlite3_str_appendf(body, "{\"%s\":[", table);
    for (int row = 0; row < rows; row++) {
        append_row(body, row);
    }
    sqlite3_str_appendf(body, "],\"meta\":{\"next_page_url\":%s}}", next);
    char *text = sqlite3_str_finish(body);
    assert_non_null(text);
    page *made = page_parse_list(named_resource(table), CATALOG_V1, text, strlen(text), &problem);
    sqlite3_free(text);
    assert_non_null(made);
    return made;
}

static void assert_same_cell(const page *one, const page_cell *left, const page *other, const page_cell *right) {
    assert_int_equal(left->type, right->type);
    switch (left->type) {
    case CELL_TEXT:
    case CELL_JSON:
        assert_int_equal(left->length, right->length);
        assert_memory_equal(page_text(one, left), page_text(other, right), left->length + 1);
        break;
    case CELL_REAL:
    case CELL_INTEGER:
        assert_true(left->value.integer == right->value.integer);
        break;
    case CELL_NULL:
        break;
    }
}

/* The rows of `part` are those of the page from `first` on. */
static void assert_same(const page *whole, const page *part, size_t first) {
    assert_int_equal(whole->column_count, part->column_count);
    assert_true(whole->columns == part->columns);
    for (size_t row = 0; row < part->row_count; row++) {
        for (size_t column = 0; column < part->column_count; column++) {
            assert_same_cell(whole, page_at(whole, first + row, column), part, page_at(part, row, column));
        }
    }
}

static page *packed(const page *source, size_t first, size_t count) {
    buffer bytes;
    buffer_init(&bytes, 0x7fffffff);
    page_pack_rows(source, first, count, &bytes);
    assert_int_equal(bytes.rc, SQLITE_OK);
    page *made = page_pack_undo(bytes.data, bytes.length);
    buffer_clear(&bytes);
    assert_non_null(made);
    assert_int_equal(made->row_count, count);
    return made;
}

static void test_whole(void **state) {
    (void)state;
    page *source = make_page("messages", ROWS, "\"https://chat.twilio.com/v1/x?Page=1\"");
    /* Before its texts have been dealt with, and after: assert_same reads all of them. */
    for (int i = 0; i < 2; i++) {
        page *made = packed(source, 0, ROWS);
        assert_string_equal(made->next, "https://chat.twilio.com/v1/x?Page=1");
        assert_same(source, made, 0);
        page *again = packed(made, 0, ROWS);
        assert_string_equal(again->next, made->next);
        assert_same(source, again, 0);
        page_release(again);
        page_release(made);
    }
    page_release(source);
}

static void test_stretches(void **state) {
    (void)state;
    page *source = make_page("messages", ROWS, "\"https://chat.twilio.com/v1/x?Page=1\"");
    page *some = packed(source, 1234, 17);
    assert_null(some->next);
    assert_same(source, some, 1234);
    page_release(some);
    buffer bytes;
    buffer_init(&bytes, 0x7fffffff);
    for (size_t row = 0; row < ROWS; row += 77) {
        page_pack_rows(source, row, ROWS - row < 77 ? ROWS - row : 77, &bytes);
    }
    page *made = page_pack_undo(bytes.data, bytes.length);
    buffer_clear(&bytes);
    assert_non_null(made);
    assert_int_equal(made->row_count, ROWS);
    assert_string_equal(made->next, "https://chat.twilio.com/v1/x?Page=1");
    assert_same(source, made, 0);
    page_release(made);
    page_release(source);
}

static void test_no_rows(void **state) {
    (void)state;
    page *source = make_page("messages", 0, "null");
    page *made = packed(source, 0, 0);
    assert_null(made->next);
    assert_int_equal(made->column_count, source->column_count);
    page_release(made);
    page_release(source);
}

/* A column that the catalogue makes has its value in rows that have no cell of it, too. */
static void test_constants(void **state) {
    error problem = {0};
    size_t found = 0, count;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const catalog_making *making = resources[i]->makings;
        while (making && making->column && making->how != MADE_CONSTANT) {
            making++;
        }
        if (!making || !making->column || !resources[i]->list_key) {
            continue;
        }
        unsigned version = making->versions & (~making->versions + 1);
        char *body =
            sqlite3_mprintf("{\"%s\":[{\"%s\":\"XX00000000000000000000000000000001\"},"
                            "{\"%s\":\"XX00000000000000000000000000000002\"}],\"meta\":{\"next_page_url\":null}}",
                            catalog_json_name(resources[i], resources[i]->list_key, version),
                            catalog_json_name(resources[i], resources[i]->key_column, version),
                            catalog_json_name(resources[i], resources[i]->key_column, version));
        page *source = page_parse_list(resources[i], version, body, strlen(body), &problem);
        sqlite3_free(body);
        error_clear(&problem);
        if (source && source->absent) {
            page *made = packed(source, 1, 1);
            assert_same(source, made, 1);
            page_release(made);
            found++;
        }
        page_release(source);
    }
    assert_true(found > 0);
}

static void test_garbage(void **state) {
    char zeros[200] = "";
    (void)state;
    assert_null(page_pack_undo("", 0));
    assert_null(page_pack_undo("short", 5));
    assert_null(page_pack_undo(zeros, sizeof zeros));
    page *source = make_page("messages", 3, "null");
    buffer bytes;
    buffer_init(&bytes, 0x7fffffff);
    page_pack_rows(source, 0, 3, &bytes);
    assert_null(page_pack_undo(bytes.data, bytes.length - 1));
    buffer_clear(&bytes);
    page_release(source);
}

static void without_memory(void *context) {
    const page *source = context;
    buffer bytes;
    buffer_init(&bytes, 0x7fffffff);
    page_pack_rows(source, 0, source->row_count, &bytes);
    page *made = bytes.rc == SQLITE_OK ? page_pack_undo(bytes.data, bytes.length) : NULL;
    if (!made) {
        assert_true(faulty_memory_failed());
    }
    page_release(made);
    buffer_clear(&bytes);
}

static void test_memory(void **state) {
    (void)state;
    page *source = make_page("messages", 100, "\"https://chat.twilio.com/v1/x?Page=1\"");
    faulty_memory_sweep(without_memory, source);
    page_release(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),     cmocka_unit_test(test_stretches), cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_constants), cmocka_unit_test(test_garbage),   cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
