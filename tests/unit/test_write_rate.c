/* Pacing of writes, with clock values of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "write/write_rate.h"

enum { WINDOW = 5000 };

static write_rate pace;

static int begin(void **state) {
    (void)state;
    memset(&pace, 0, sizeof pace);
    return 0;
}

static int end(void **state) {
    (void)state;
    write_rate_clear(&pace);
    return 0;
}

static int64_t ask(const char *scope, int rate, int64_t now) {
    error problem = {0};
    int64_t wait = write_rate_wait(&pace, scope, rate, now, &problem);
    assert_false(error_is_set(&problem));
    return wait;
}

static void test_no_limit(void **state) {
    (void)state;
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(ask("/Services/IS1", 0, 0), 0);
    }
    assert_int_equal(ask("/Services/IS1", -1, 0), 0);
}

/* The window is full after five times the rate; the next may go when the oldest has left it. */
static void test_a_full_window(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(ask("a", 2, 1000 + i), 0);
    }
    assert_int_equal(ask("a", 2, 1009), 1000 + WINDOW - 1009);
    assert_int_equal(ask("a", 2, 1000 + WINDOW - 1), 1);
    assert_int_equal(ask("a", 2, 1000 + WINDOW), 0);
    assert_int_equal(ask("a", 2, 1000 + WINDOW), 1); /* the second oldest was at 1001 */
    assert_int_equal(ask("a", 2, 1001 + WINDOW), 0);
}

/* An answer "wait" counts for nothing. */
static void test_waiting_is_not_counted(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ask("a", 1, 0), 0);
    }
    for (int i = 0; i < 100; i++) {
        assert_int_equal(ask("a", 1, 100), WINDOW - 100);
    }
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ask("a", 1, WINDOW), 0);
    }
    assert_int_equal(ask("a", 1, WINDOW), WINDOW);
}

static void test_scopes_are_apart(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ask("a", 1, 0), 0);
        assert_int_equal(ask("b", 1, 0), 0);
    }
    assert_true(ask("a", 1, 0) > 0);
    assert_true(ask("b", 1, 0) > 0);
    assert_int_equal(ask("c", 1, 0), 0);
    assert_int_equal(ask("", 1, 0), 0);
}

/* No window of five seconds ever holds more than it may, whatever the times. */
static void test_no_window_holds_more(void **state) {
    int64_t sent[1000], now = 17;
    size_t count = 0;
    (void)state;
    while (count < 1000) {
        int64_t wait = ask("a", 3, now);
        if (wait > 0) {
            now += wait;
        } else {
            sent[count++] = now;
            now += (int64_t)(count * 37 % 211);
        }
    }
    for (size_t i = 15; i < count; i++) {
        assert_true(sent[i] - sent[i - 15] >= WINDOW);
    }
}

/* Another rate begins to count anew. */
static void test_a_changed_rate(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ask("a", 1, 0), 0);
    }
    assert_true(ask("a", 1, 0) > 0);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(ask("a", 2, 0), 0);
    }
    assert_true(ask("a", 2, 0) > 0);
    assert_int_equal(ask("a", 0, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_limit, begin, end),
        cmocka_unit_test_setup_teardown(test_a_full_window, begin, end),
        cmocka_unit_test_setup_teardown(test_waiting_is_not_counted, begin, end),
        cmocka_unit_test_setup_teardown(test_scopes_are_apart, begin, end),
        cmocka_unit_test_setup_teardown(test_no_window_holds_more, begin, end),
        cmocka_unit_test_setup_teardown(test_a_changed_rate, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
