/* Memory running out in ext/base: what was there stays whole, failures are told, nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/map.h"
#include "base/sqlite.h"
#include "base/text_list.h"
#include "unit/faulty_memory.h"

static void buffer_step(void *context) {
    buffer text;
    (void)context;
    buffer_init(&text, 100000);
    for (int i = 0; i < 300; i++) {
        buffer_format(&text, "%03d", i);
        buffer_text(&text, "-");
    }
    assert_int_equal(text.rc, faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_OK);
    char *content = buffer_take(&text);
    assert_int_equal(content == NULL, faulty_memory_failed());
    if (content != NULL) {
        assert_int_equal(strlen(content), 1200);
        assert_string_equal(content + 1192, "298-299-");
    }
    sqlite3_free(content);
}

static void test_buffer(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(buffer_step, NULL) > 300);
}

static void empty_buffer_step(void *context) {
    buffer text;
    (void)context;
    buffer_init(&text, 10);
    char *content = buffer_take(&text);
    assert_int_equal(content == NULL, faulty_memory_failed());
    assert_int_equal(text.rc, content ? SQLITE_OK : SQLITE_NOMEM);
    sqlite3_free(content);
}

static void test_empty_buffer(void **state) {
    (void)state;
    assert_int_equal(faulty_memory_sweep(empty_buffer_step, NULL), 1);
}

/* A buffer that has outgrown its maximum says so, whatever happens afterwards. */
static void test_first_failure_of_a_buffer_stays(void **state) {
    buffer text;
    (void)state;
    buffer_init(&text, 3);
    assert_false(buffer_text(&text, "1234"));
    faulty_memory_fail_at(1, true);
    assert_false(buffer_format(&text, "%d", 5));
    faulty_memory_fail_at(0, false);
    assert_int_equal(text.rc, SQLITE_TOOBIG);
    buffer_clear(&text);
}

/* A map that cannot take a key is the map it was. */
static void map_step(void *context) {
    map some = {0};
    bool there[100] = {false};
    size_t count = 0;
    (void)context;
    for (int i = 0; i < 100; i++) {
        char key[16];
        snprintf(key, sizeof key, "key %d", i);
        int rc = map_set(&some, key, &there[i]);
        assert_true(rc == SQLITE_OK || (rc == SQLITE_NOMEM && faulty_memory_failed()));
        there[i] = rc == SQLITE_OK;
        count += rc == SQLITE_OK;
        assert_int_equal(some.count, count);
    }
    for (int i = 0; i < 100; i++) {
        char key[16];
        snprintf(key, sizeof key, "key %d", i);
        assert_int_equal(map_has(&some, key), there[i]);
        assert_ptr_equal(map_get(&some, key), there[i] ? &there[i] : NULL);
    }
    map_clear(&some, NULL);
}

static void test_map(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(map_step, NULL) >= 100);
}

static void text_list_step(void *context) {
    text_list list = {0};
    error problem = {0};
    (void)context;
    for (int i = 0; i < 40 && !error_is_set(&problem); i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i % 30);
        text_list_add(&list, text, &problem);
    }
    assert_int_equal(problem.rc, faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_OK);
    assert_true(error_is_set(&problem) || list.count == 30);
    for (size_t i = 0; i < list.count; i++) {
        assert_true(map_has(&list.known, list.texts[i]));
    }
    assert_int_equal(list.known.count, list.count);
    text_list_clear(&list);
    error_clear(&problem);
}

static void test_text_list(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(text_list_step, NULL) > 60);
}

static void error_step(void *context) {
    error problem = {0};
    char *text = NULL;
    (void)context;
    error_set(&problem, SQLITE_CONSTRAINT, "%s", "a message");
    assert_int_equal(problem.rc, faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_CONSTRAINT);
    assert_int_equal(problem.message == NULL, faulty_memory_failed());
    assert_int_equal(error_report(&problem, &text), faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_CONSTRAINT);
    sqlite3_free(text);
}

static void test_error(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(error_step, NULL) >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buffer),
        cmocka_unit_test(test_empty_buffer),
        cmocka_unit_test(test_first_failure_of_a_buffer_stays),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_text_list),
        cmocka_unit_test(test_error),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
