/* The growing buffer: contents, its hard maximum, and a failure that sticks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"

/* Takes the content and compares it, its NUL included. */
static void assert_content(buffer *target, const void *bytes, size_t length) {
    assert_int_equal(target->rc, SQLITE_OK);
    assert_int_equal(target->length, length);
    char *content = buffer_take(target);
    assert_non_null(content);
    assert_memory_equal(content, bytes, length);
    assert_int_equal(content[length], 0);
    sqlite3_free(content);
}

static void assert_failed(buffer *target, int rc) {
    assert_int_equal(target->rc, rc);
    assert_null(target->data);
    assert_int_equal(target->length, 0);
    assert_false(buffer_append(target, "x", 1));
    assert_false(buffer_text(target, ""));
    assert_false(buffer_format(target, "%d", 1));
    assert_int_equal(target->rc, rc);
    assert_null(buffer_take(target));
    assert_int_equal(target->rc, rc);
}

static void test_empty(void **state) {
    (void)state;
    buffer empty;
    buffer_init(&empty, 10);
    assert_null(empty.data);
    assert_content(&empty, "", 0);
    buffer_clear(&empty);
}

static void test_appends(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 100);
    assert_true(buffer_text(&text, "one "));
    assert_true(buffer_append(&text, "\0two", 4));
    assert_true(buffer_append(&text, NULL, 0));
    assert_true(buffer_text(&text, ""));
    assert_true(buffer_format(&text, " %d%s%%", -3, "x"));
    assert_content(&text, "one \0two -3x%", 13);
}

static void test_is_terminated_after_each_append(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 1000);
    for (size_t i = 1; i <= 500; i++) {
        assert_true(buffer_append(&text, "a", 1));
        assert_int_equal(strlen(text.data), i);
        assert_true(text.capacity > text.length);
    }
    buffer_clear(&text);
}

static void test_grows(void **state) {
    (void)state;
    buffer numbers;
    buffer_init(&numbers, 10000000);
    for (int i = 0; i < 100000; i++) {
        assert_true(buffer_format(&numbers, "%06d", i));
    }
    assert_int_equal(numbers.length, 600000);
    for (int i = 0; i < 100000; i += 777) {
        char expected[16];
        snprintf(expected, sizeof expected, "%06d", i);
        assert_memory_equal(numbers.data + 6 * (size_t)i, expected, 6);
    }
    buffer_clear(&numbers);
    assert_null(numbers.data);
}

static void test_maximum(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 5);
    assert_true(buffer_text(&text, "1234"));
    assert_true(buffer_text(&text, "5"));
    assert_true(buffer_text(&text, ""));
    assert_content(&text, "12345", 5);
    assert_true(buffer_text(&text, "12345"));
    assert_false(buffer_text(&text, "6"));
    assert_failed(&text, SQLITE_TOOBIG);
    buffer_clear(&text);
}

static void test_maximum_of_one_append(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 5);
    assert_false(buffer_format(&text, "%s", "123456"));
    assert_failed(&text, SQLITE_TOOBIG);
    buffer_clear(&text);
}

static void test_maximum_zero(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 0);
    assert_true(buffer_text(&text, ""));
    assert_content(&text, "", 0);
    assert_false(buffer_append(&text, "x", 1));
    assert_failed(&text, SQLITE_TOOBIG);
    buffer_clear(&text);
    assert_content(&text, "", 0);
}

static void test_clear_forgets_a_failure(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 3);
    assert_false(buffer_text(&text, "1234"));
    buffer_clear(&text);
    assert_int_equal(text.maximum, 3);
    assert_true(buffer_text(&text, "123"));
    assert_content(&text, "123", 3);
}

static void test_take_empties(void **state) {
    (void)state;
    buffer text;
    buffer_init(&text, 10);
    assert_true(buffer_text(&text, "first"));
    assert_content(&text, "first", 5);
    assert_int_equal(text.length, 0);
    assert_null(text.data);
    assert_true(buffer_text(&text, "second"));
    assert_content(&text, "second", 6);
    buffer_clear(&text);
}

/* More than SQLite allocates at once, however much the buffer itself would allow. */
static void test_more_than_there_is(void **state) {
    (void)state;
    buffer bytes;
    buffer_init(&bytes, SIZE_MAX);
    assert_true(buffer_text(&bytes, "kept so far"));
    assert_false(buffer_append(&bytes, "x", SIZE_MAX / 2));
    assert_failed(&bytes, SQLITE_NOMEM);
    buffer_clear(&bytes);
}

static void test_length_does_not_overflow(void **state) {
    (void)state;
    buffer bytes;
    buffer_init(&bytes, SIZE_MAX);
    assert_true(buffer_text(&bytes, "x"));
    assert_false(buffer_append(&bytes, "x", SIZE_MAX));
    assert_int_not_equal(bytes.rc, SQLITE_OK);
    buffer_clear(&bytes);
    assert_false(buffer_append(&bytes, "x", SIZE_MAX));
    assert_int_not_equal(bytes.rc, SQLITE_OK);
    buffer_clear(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_appends),
        cmocka_unit_test(test_is_terminated_after_each_append),
        cmocka_unit_test(test_grows),
        cmocka_unit_test(test_maximum),
        cmocka_unit_test(test_maximum_of_one_append),
        cmocka_unit_test(test_maximum_zero),
        cmocka_unit_test(test_clear_forgets_a_failure),
        cmocka_unit_test(test_take_empties),
        cmocka_unit_test(test_more_than_there_is),
        cmocka_unit_test(test_length_does_not_overflow),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
