/* Which of the lists side by side may grow: those that come first, as many as are likely to fit (ext/read/growth.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/growth.h"

/* How many of `lists` that hold `held` pages each, none complete, may grow. */
static size_t grows(growth all, size_t lists, size_t held) {
    size_t count = 0;
    while (count < lists && growth_allows(&all)) {
        growth_count(&all, held, 0, false);
        count++;
    }
    return count;
}

static void test_what_is_not_known_bounds_nothing(void **state) {
    (void)state;
    assert_int_equal(grows(growth_of(1000, 0, 16, 0), 10, 5), 10);
    assert_int_equal(grows(growth_of(1000, 0, 16, 25), 10, 5), 10);
}

static void test_no_more_than_requests_at_once(void **state) {
    (void)state;
    assert_int_equal(grows(growth_of(1000000, 1, 16, 25), 40, 1), 16);
    assert_int_equal(grows(growth_of(0, 0, 4, 0), 40, 1), 4);
}

static void test_as_many_as_fit_whole(void **state) {
    (void)state;
    /* 100 pages: four lists of 25, though they hold one page each by now. */
    assert_int_equal(grows(growth_of(1000, 10, 16, 25), 40, 1), 4);
    /* One that does not fit as a whole may grow into what is left. */
    assert_int_equal(grows(growth_of(1000, 10, 16, 30), 40, 1), 4);
    /* Longer than was typical: what they hold counts. */
    assert_int_equal(grows(growth_of(1000, 10, 16, 25), 40, 50), 2);
}

static void test_done_and_complete_lists(void **state) {
    (void)state;
    growth all = growth_of(1000, 10, 2, 25);
    growth_count(&all, 3, 20, false); /* five pages are left of it */
    assert_int_equal(all.claimed, 5);
    growth_count(&all, 4, 23, false); /* it holds more than what seemed to be left */
    assert_int_equal(all.claimed, 9);
    assert_false(growth_allows(&all));
    all = growth_of(1000, 10, 2, 25);
    for (int i = 0; i < 33; i++) {
        growth_count(&all, 3, 0, true); /* needs no requests, only its room */
        assert_true(growth_allows(&all));
    }
    growth_count(&all, 3, 0, true);
    assert_false(growth_allows(&all));
}

static void test_what_is_typical(void **state) {
    (void)state;
    assert_int_equal(growth_learn(0, 25), 25);
    assert_int_equal(growth_learn(25, 25), 25);
    assert_int_equal(growth_learn(100, 4), 76);
    size_t typical = 100;
    for (int i = 0; i < 40; i++) {
        typical = growth_learn(typical, 2);
    }
    assert_true(typical <= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_not_known_bounds_nothing),
        cmocka_unit_test(test_no_more_than_requests_at_once),
        cmocka_unit_test(test_as_many_as_fit_whole),
        cmocka_unit_test(test_done_and_complete_lists),
        cmocka_unit_test(test_what_is_typical),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
