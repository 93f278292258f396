/* The circuit: when everything may be asked, and when one request at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rest/circuit.h"

static void test_closed_allows_all(void **state) {
    (void)state;
    circuit usual = {0};
    for (int running = 0; running < 100; running++) {
        assert_true(circuit_allows(&usual, 0, running));
    }
    assert_true(circuit_is_news(&usual, 1));
}

static void test_open_allows_one_in_time(void **state) {
    (void)state;
    circuit outage = {0};
    circuit_fail(&outage, 16, 1000);
    assert_false(circuit_allows(&outage, 999, 0));
    assert_true(circuit_allows(&outage, 1000, 0));
    assert_false(circuit_allows(&outage, 1000, 1));
    circuit_succeed(&outage);
    assert_true(circuit_allows(&outage, 0, 99));
}

/* Those under way when it opened say nothing new; the probe does. */
static void test_news(void **state) {
    (void)state;
    circuit outage = {0};
    circuit_fail(&outage, 16, 1000);
    for (int number = 1; number <= 16; number++) {
        assert_false(circuit_is_news(&outage, number));
    }
    assert_true(circuit_is_news(&outage, 17));
    circuit_fail(&outage, 17, 2000);
    assert_false(circuit_is_news(&outage, 17));
    assert_false(circuit_allows(&outage, 1500, 0));
    circuit_succeed(&outage);
    assert_true(circuit_is_news(&outage, 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_allows_all),
        cmocka_unit_test(test_open_allows_one_in_time),
        cmocka_unit_test(test_news),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
