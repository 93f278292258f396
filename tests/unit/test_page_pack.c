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

#define ONE "\"service_sid\":\"IS1\",\"channel_sid\":\"CH1\""

/* Rows of one parent, then one of another, some that say it twice, some that do not say it, and rows behind those. */
static const struct parents_row {
    const char *json, *service, *channel;
} parents_rows[] = {
    {ONE, "IS1", "CH1"},
    {ONE, "IS1", "CH1"},
    {"\"channel_sid\":\"CH2\",\"service_sid\":\"IS1\"", "IS1", "CH2"},
    {ONE ",\"channel_sid\":\"CH3\"", "IS1", "CH3"},
    {"\"channel_sid\":\"CH3\"," ONE, "IS1", "CH1"},
    {"\"service_sid\":\"IS\\u0031\",\"channel_sid\":1", "IS1", "1"},
    {ONE ",\"service_sid\":\"IS2\",\"service_sid\":\"IS1\"", "IS1", "CH1"},
    {ONE, "IS1", "CH1"},
    {"\"service_sid\":\"IS1\"", "IS1", NULL},
    {ONE, "IS1", "CH1"},
    {"\"channel_sid\":\"CH1\"", NULL, "CH1"},
    {ONE ",\"channel_sid\":null", "IS1", NULL},
    {"\"body\":\"\"", NULL, NULL},
    {ONE, "IS1", "CH1"},
};

enum { PARENTS_ROWS = sizeof parents_rows / sizeof *parents_rows };

static void assert_text(const page *source, size_t row, const char *column, const char *expected) {
    size_t index = (size_t)catalog_column_index(named_resource("messages"), column);
    const page_cell *cell = page_at(source, row, index);
    assert_int_equal(cell->type, expected ? CELL_TEXT : CELL_NULL);
    if (expected) {
        assert_string_equal(page_text(source, cell), expected);
        assert_int_equal(cell->length, strlen(expected));
    }
}

static page *parse_messages(sqlite3_str *body) {
    error problem = {0};
    sqlite3_str_appendall(body, "],\"meta\":{\"next_page_url\":null}}");
    char *text = sqlite3_str_finish(body);
    assert_non_null(text);
    page *made = page_parse_list(named_resource("messages"), CATALOG_V1, text, strlen(text), &problem);
    sqlite3_free(text);
    assert_non_null(made);
    return made;
}

/* Of a list that is told twice the last counts; what was usual in the first may not be, in it. */
static page *make_parents(size_t first, size_t count, bool twice) {
    sqlite3_str *body = sqlite3_str_new(NULL);
    sqlite3_str_appendf(body, "{%s\"messages\":[",
                        twice ? "\"messages\":[{\"sid\":\"IM0\",\"service_sid\":\"IS1\"},{}]," : "");
    for (size_t row = 0; row < count; row++) {
        sqlite3_str_appendf(body, "%s{\"sid\":\"IM%d\",%s}", row ? "," : "", (int)row, parents_rows[first + row].json);
    }
    return parse_messages(body);
}

static void expect_parents(size_t first, size_t count, bool twice) {
    page *source = make_parents(first, count, twice);
    assert_int_equal(source->row_count, count);
    for (size_t row = 0; row < count; row++) {
        assert_text(source, row, "service_sid", parents_rows[first + row].service);
        assert_text(source, row, "channel_sid", parents_rows[first + row].channel);
    }
    for (size_t begin = 0; begin < count; begin++) {
        page *part = packed(source, begin, count - begin);
        assert_same(source, part, begin);
        page_release(part);
    }
    page_release(source);
}

/* What rows have in common is as if each had it, from whichever row on the list begins, and packed, too. */
static void test_parents(void **state) {
    (void)state;
    for (size_t first = 0; first < PARENTS_ROWS; first++) {
        for (size_t count = 1; first + count <= PARENTS_ROWS; count++) {
            expect_parents(first, count, false);
            expect_parents(first, count, true);
        }
    }
}

/* In one piece or in stretches, packed one behind the other. */
static void test_parents_in_stretches(void **state) {
    (void)state;
    page *source = make_parents(0, PARENTS_ROWS, false);
    for (size_t slice = 1; slice <= PARENTS_ROWS; slice++) {
        buffer bytes;
        buffer_init(&bytes, 0x7fffffff);
        for (size_t first = 0; first < PARENTS_ROWS; first += slice) {
            size_t left = PARENTS_ROWS - first;
            page_pack_rows(source, first, left < slice ? left : slice, &bytes);
        }
        page *made = page_pack_undo(bytes.data, bytes.length);
        assert_non_null(made);
        assert_int_equal(made->row_count, PARENTS_ROWS);
        assert_same(source, made, 0);
        page_release(made);
        buffer_clear(&bytes);
    }
    page_release(source);
}

/* So much less memory do they take: two cells of a row's. */
static void test_parents_take_no_memory(void **state) {
    size_t bytes[2];
    (void)state;
    for (int same = 0; same < 2; same++) {
        sqlite3_str *body = sqlite3_str_new(NULL);
        sqlite3_str_appendall(body, same ? "{\"messages\":[" : "{\"messages\":[{\"sid\":\"IM\"},");
        for (int row = 0; row < 1000; row++) {
            sqlite3_str_appendf(body, "%s{\"sid\":\"IM%04d\",\"service_sid\":\"IS1\",\"channel_sid\":\"CH1\"}",
                                row ? "," : "", row);
        }
        page *made = parse_messages(body);
        bytes[same] = made->bytes;
        page_release(made);
    }
    assert_in_range(bytes[0] - bytes[1], 1000 * 2 * sizeof(page_cell), 1000 * 2 * sizeof(page_cell) + 1000);
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
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_stretches),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_parents),
        cmocka_unit_test(test_parents_in_stretches),
        cmocka_unit_test(test_parents_take_no_memory),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
