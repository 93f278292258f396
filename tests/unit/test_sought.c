/* What is going to be looked up, and how much is asked for beside what is waited for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/beside.h"
#include "read/sought.h"

/* Each value counts once, and what may equal anything does not. */
static void test_values(void **state) {
    (void)state;
    sought_values values = {.count = 0};
    assert_true(sought_add(&values, ALIKE_ALWAYS) && sought_add(&values, ALIKE_ODD));
    assert_int_equal(values.count, 0);
    for (alike_mark i = 0; i < 200; i++) {
        /* Many of them want the same place. */
        assert_true(sought_add(&values, ALIKE_FIRST + (i % 100) * 0x10000u));
    }
    assert_int_equal(values.count, 100);
}

/* Beyond so many none counts, and there is an end to looking for a place. */
static void test_most(void **state) {
    (void)state;
    sought_values values = {.count = 0};
    for (alike_mark i = 1; i < SOUGHT_MOST; i++) {
        assert_true(sought_add(&values, ALIKE_FIRST + i));
    }
    assert_false(sought_add(&values, ALIKE_FIRST + SOUGHT_MOST));
    assert_false(sought_add(&values, ALIKE_FIRST + SOUGHT_MOST + 1));
    assert_false(sought_add(&values, ALIKE_FIRST + 1));
    assert_int_equal(values.count, SOUGHT_MOST);
}

/* The first value may be the only one; then sixteen, and four times as many with each further one, never more than are in sight. */
static void test_believed(void **state) {
    (void)state;
    assert_int_equal(sought_believed(500, 0), 1);
    assert_int_equal(sought_believed(500, 1), SOUGHT_SECOND);
    assert_int_equal(sought_believed(500, 2), 4 * SOUGHT_SECOND);
    assert_int_equal(sought_believed(500, 3), 16 * SOUGHT_SECOND);
    assert_int_equal(sought_believed(500, 4), 500);
    assert_int_equal(sought_believed(500, INT64_MAX), 500);
    assert_int_equal(sought_believed(3, 1), 3);
    assert_int_equal(sought_believed(0, 5), 1);
}

/* Whoever takes one row has so much asked for in vain at the most; what was of use makes it more. */
static void test_beside(void **state) {
    (void)state;
    assert_true(beside_allows(2 + BESIDE_OF_SCAN - 1, 2, 1, false));
    assert_false(beside_allows(2 + BESIDE_OF_SCAN, 2, 1, false));
    assert_true(beside_allows(100 + 25 + 2 * BESIDE_OF_SCAN - 1, 100, 2, false));
    assert_false(beside_allows(100 + 25 + 2 * BESIDE_OF_SCAN, 100, 2, false));
    assert_true(beside_allows(100 + 25 + 2 * BESIDE_OF_SCAN + BESIDE_OF_ALL - 1, 100, 2, true));
    assert_false(beside_allows(100 + 25 + 2 * BESIDE_OF_SCAN + BESIDE_OF_ALL, 100, 2, true));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_most),
        cmocka_unit_test(test_believed),
        cmocka_unit_test(test_beside),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
