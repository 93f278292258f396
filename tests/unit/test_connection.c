/* How much of memory_limit_mb pages may take: when the next page, and the next list, may be asked for ahead of need. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/reading.h"
#include "unit/environment.h"

enum { MIB = 1024 * 1024 };

static connection *shared;

static int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    environment_set("TWILIO_CHAT_MEMORY_LIMIT_MB", "16");
    shared = connection_open(NULL, &problem);
    environment_clear();
    return shared == NULL || reading_attach(shared) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    reading_of(shared)->page_bytes = reading_of(shared)->kept_bytes = 0;
    connection_release(shared);
    return 0;
}

/* Pages go on until what there is for them, first three sixteenths, is full, lists until three quarters of that are. */
static void test_room(void **state) {
    (void)state;
    assert_true(reading_has_room(shared));
    assert_true(reading_has_much_room(shared));
    reading_of(shared)->page_bytes = 9 * MIB / 4 - 1;
    assert_true(reading_has_much_room(shared));
    reading_of(shared)->page_bytes = 9 * MIB / 4;
    assert_false(reading_has_much_room(shared));
    assert_true(reading_has_room(shared));
    reading_of(shared)->page_bytes = 3 * MIB;
    assert_false(reading_has_room(shared));
}

/* What is only kept in case it is wanted again does not count. */
static void test_kept_pages(void **state) {
    (void)state;
    reading_of(shared)->page_bytes = 5 * MIB;
    reading_of(shared)->kept_bytes = 2 * MIB;
    assert_false(reading_has_room(shared));
    reading_of(shared)->kept_bytes = 2 * MIB + 1;
    assert_true(reading_has_room(shared));
    assert_int_equal(reading_retention(shared), 2 * MIB);
}

/* What has been asked for counts before it comes. */
static void test_coming(void **state) {
    (void)state;
    reading_of(shared)->page_bytes = 1 * MIB;
    reading_of(shared)->coming_bytes = 5 * MIB / 4 - 1;
    assert_true(reading_has_much_room(shared));
    reading_of(shared)->coming_bytes = 5 * MIB / 4;
    assert_false(reading_has_much_room(shared));
    reading_of(shared)->coming_bytes = 2 * MIB;
    assert_false(reading_has_room(shared));
}

/* The setting is read anew each time. */
static void test_other_limit(void **state) {
    error problem = {0};
    (void)state;
    reading_of(shared)->page_bytes = 10 * MIB;
    assert_false(reading_has_room(shared));
    settings_set(&shared->settings, SETTING_MEMORY_LIMIT_MB, "65536", &problem);
    assert_false(error_is_set(&problem));
    assert_true(reading_has_room(shared));
    assert_int_equal(reading_retention(shared), (size_t)8192 * MIB);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_room, begin, end),
        cmocka_unit_test_setup_teardown(test_kept_pages, begin, end),
        cmocka_unit_test_setup_teardown(test_coming, begin, end),
        cmocka_unit_test_setup_teardown(test_other_limit, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
