/* What was shown of a row: every kind of value comes back, and no bytes of others can do harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "read/shown.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"

/* One cell of each type, and their texts. */
static char arena[] = "te\0xt\0[]";
static page_cell cells[] = {{.type = CELL_NULL},
                            {.type = CELL_INTEGER, .value.integer = INT64_MIN},
                            {.type = CELL_INTEGER, .value.integer = 5},
                            {.type = CELL_TEXT, .length = 5, .value.text = arena},
                            {.type = CELL_JSON, .length = 2, .value.text = arena + 6},
                            {.type = CELL_TEXT, .length = 0, .value.text = arena + 5}};
static page holder = {.references = 1, .row_count = 1, .column_count = 6};

static void fill(buffer *blob) {
    buffer_init(blob, SHOWN_MAX);
    shown_begin(blob);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        shown_add(blob, i, i % 2 == 1, &holder, &cells[i]);
    }
    shown_add(blob, 20, true, NULL, NULL);
    shown_add_text(blob, 21, false, "parent and more", 6);
}

static shown_value find(const buffer *blob, size_t column) {
    shown_value value;
    assert_true(shown_find(blob->data, blob->length, column, &value));
    return value;
}

static void test_values(void **state) {
    buffer blob;
    shown_value value;
    (void)state;
    fill(&blob);
    assert_true(shown_is_whole(blob.data, blob.length));
    assert_int_equal(find(&blob, 0).type, CELL_NULL);
    assert_false(find(&blob, 0).asked);
    assert_true(find(&blob, 1).asked);
    assert_true(find(&blob, 1).integer == INT64_MIN);
    assert_true(find(&blob, 2).integer == 5);
    assert_int_equal(find(&blob, 3).length, 5);
    assert_memory_equal(find(&blob, 3).text, "te\0xt", 6);
    assert_int_equal(find(&blob, 4).type, CELL_JSON);
    assert_string_equal(find(&blob, 4).text, "[]");
    assert_int_equal(find(&blob, 5).type, CELL_TEXT);
    assert_int_equal(find(&blob, 5).length, 0);
    assert_int_equal(find(&blob, 20).type, CELL_NULL);
    assert_string_equal(find(&blob, 21).text, "parent");
    assert_false(shown_find(blob.data, blob.length, 6, &value));
    assert_false(shown_find(NULL, 0, 0, &value));
    buffer_clear(&blob);
}

/* Cut anywhere, or with any byte another: never read beyond the end. (It is asked of memory of just that length.) */
static void test_other_bytes(void **state) {
    buffer blob;
    shown_value value;
    size_t whole = 0;
    (void)state;
    fill(&blob);
    for (size_t length = 0; length <= blob.length; length++) {
        char *cut = malloc(length + (length == 0));
        assert_non_null(cut);
        memcpy(cut, blob.data, length);
        whole += shown_is_whole(cut, length);
        shown_find(cut, length, 30, &value);
        for (size_t i = 0; i < length; i++) {
            cut[i] = (char)~cut[i];
            if (shown_is_whole(cut, length)) {
                shown_find(cut, length, 21, &value);
            }
            cut[i] = (char)~cut[i];
        }
        free(cut);
    }
    assert_int_equal(whole, 9); /* the mark alone, and after each of the eight values */
    assert_false(shown_is_whole(NULL, 0));
    assert_false(shown_is_whole("shoW", 4));
    buffer_clear(&blob);
}

/* Its columns are numbered in a byte, and marked in 64 bits (scan.c). */
static void test_columns_fit(void **state) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(resources[i]->column_count <= 64);
    }
}

static void sweep_step(void *context) {
    buffer blob;
    (void)context;
    fill(&blob);
    assert_int_equal(blob.rc == SQLITE_OK, shown_is_whole(blob.data, blob.length));
    assert_true(blob.rc == SQLITE_OK || faulty_memory_failed());
    buffer_clear(&blob);
}

static void test_memory(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(sweep_step, NULL) >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_other_bytes),
        cmocka_unit_test(test_columns_fit),
        cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
