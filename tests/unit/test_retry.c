/* The retry policy: every combination of method, outcome and status, the bounds of the wait, and Retry-After. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "rest/retry.h"

/* A first attempt at a GET that got a 503, five retries allowed. */
static const retry_attempt usual = {.repeatable = true,
                                    .attempt = 1,
                                    .max_retries = 5,
                                    .outcome = RETRY_RESPONSE,
                                    .status = 503,
                                    .retry_after_ms = -1,
                                    .random = 0};

static bool repeats(retry_attempt attempt) {
    return retry_wait_ms(&attempt) != RETRY_GIVE_UP;
}

/* Which statuses are repeated: 429 by all methods, some 5xx by those that can be repeated, nothing else. */
static void test_statuses(void **state) {
    (void)state;
    for (int status = 0; status < 1000; status++) {
        retry_attempt attempt = usual;
        bool server = status == 500 || status == 502 || status == 503 || status == 504;
        attempt.status = status;
        assert_int_equal(repeats(attempt), server || status == 429);
        attempt.repeatable = false;
        assert_int_equal(repeats(attempt), status == 429);
    }
}

static void test_outcomes(void **state) {
    static const struct {
        retry_outcome outcome;
        bool repeatable, expected;
    } cases[] = {
        {RETRY_NOT_SENT, true, true},  {RETRY_NOT_SENT, false, true},  {RETRY_LOST, true, true},
        {RETRY_LOST, false, false},    {RETRY_CLOSED, true, true},     {RETRY_CLOSED, false, false},
        {RETRY_HOPELESS, true, false}, {RETRY_HOPELESS, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int status = 0; status <= 429; status += 429) {
            retry_attempt attempt = usual;
            attempt.outcome = cases[i].outcome;
            attempt.repeatable = cases[i].repeatable;
            attempt.status = status; /* of no meaning without a response */
            assert_int_equal(repeats(attempt), cases[i].expected);
        }
    }
}

static void test_number_of_retries(void **state) {
    (void)state;
    for (int max = 0; max <= 20; max++) {
        for (int n = 1; n <= 25; n++) {
            retry_attempt attempt = usual;
            attempt.max_retries = max;
            attempt.attempt = n;
            assert_int_equal(repeats(attempt), n <= max);
        }
    }
}

/* The largest wait before attempt n + 1, as retry.h says it. */
static int64_t bound_of(int n) {
    int64_t bound = RETRY_BASE_MS;
    for (int i = 1; i < n && bound < RETRY_CAP_MS; i++) {
        bound *= 2;
    }
    return bound < RETRY_CAP_MS ? bound : RETRY_CAP_MS;
}

static void test_jitter_is_full(void **state) {
    (void)state;
    for (int n = 1; n <= 100; n++) {
        retry_attempt attempt = usual;
        int64_t least = INT64_MAX, most = -1, bound = bound_of(n);
        attempt.attempt = n;
        attempt.max_retries = 1000;
        for (uint64_t random = 0; random <= (uint64_t)bound; random++) {
            attempt.random = random;
            int64_t wait = retry_wait_ms(&attempt);
            least = wait < least ? wait : least;
            most = wait > most ? wait : most;
        }
        assert_int_equal(least, 0);
        assert_int_equal(most, bound);
    }
}

/* A kept connection that was found closed says nothing of the server, the first time. */
static void test_idle_end(void **state) {
    retry_budget budget = {.spent = 1000};
    retry_attempt attempt = usual;
    (void)state;
    attempt.outcome = RETRY_CLOSED;
    attempt.random = 150;
    assert_int_equal(retry_wait_ms(&attempt), 0);
    assert_true(retry_budget_take(&budget, &attempt));
    attempt.attempt = 2;
    assert_int_equal(retry_wait_ms(&attempt), 150);
    assert_false(retry_budget_take(&budget, &attempt));
    attempt.max_retries = 1;
    assert_int_equal(retry_wait_ms(&attempt), RETRY_GIVE_UP);
}

static void test_jitter_takes_any_random(void **state) {
    static const uint64_t randoms[] = {0,         1, UINT32_MAX, INT64_MAX, (uint64_t)INT64_MAX + 1, UINT64_MAX - 1,
                                       UINT64_MAX};
    static const int attempts[] = {1, 2, 16, 17, 31, 32, 63, 64, 65, 1000000, INT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        for (size_t j = 0; j < sizeof randoms / sizeof *randoms; j++) {
            retry_attempt attempt = usual;
            attempt.attempt = attempts[i];
            attempt.max_retries = INT32_MAX;
            attempt.random = randoms[j];
            int64_t wait = retry_wait_ms(&attempt);
            assert_true(wait >= 0 && wait <= bound_of(attempts[i] < 64 ? attempts[i] : 64));
        }
    }
}

static void test_retry_after_is_honoured(void **state) {
    static const int64_t wishes[] = {1, 999, 1000, 60000, RETRY_AFTER_MAX_MS};
    (void)state;
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        for (uint64_t random = 0; random < 1000; random += 7) {
            retry_attempt attempt = usual;
            attempt.retry_after_ms = wishes[i];
            attempt.random = random;
            int64_t wait = retry_wait_ms(&attempt);
            assert_true(wait >= wishes[i]);
            assert_true(wait <= wishes[i] + RETRY_BASE_MS);
        }
    }
}

static void test_retry_after_has_a_bound(void **state) {
    (void)state;
    retry_attempt attempt = usual;
    attempt.retry_after_ms = RETRY_AFTER_MAX_MS + 1;
    assert_false(repeats(attempt));
    attempt.retry_after_ms = INT64_MAX;
    assert_false(repeats(attempt));
    attempt.status = 429;
    assert_false(repeats(attempt));
}

/* A wish for no wait is no wish: many clients obeying it at once are what the jitter is for. */
static void test_retry_after_of_zero(void **state) {
    (void)state;
    retry_attempt attempt = usual;
    attempt.retry_after_ms = 0;
    attempt.random = 150;
    assert_int_equal(retry_wait_ms(&attempt), 150);
}

static void test_retry_after_changes_no_verdict(void **state) {
    (void)state;
    retry_attempt attempt = usual;
    attempt.retry_after_ms = 1000;
    attempt.status = 404;
    assert_false(repeats(attempt));
    attempt.status = 503;
    attempt.repeatable = false;
    assert_false(repeats(attempt));
    attempt.repeatable = true;
    attempt.attempt = 6;
    assert_false(repeats(attempt));
}

/* --- the header --------------------------------------------------------------------------------------------------- */

static const int64_t now_ms = 1458851877000; /* Thu, 24 Mar 2016 20:37:57 GMT */

static void test_seconds(void **state) {
    (void)state;
    assert_int_equal(retry_after_ms("0", NULL, now_ms), 0);
    assert_int_equal(retry_after_ms("1", NULL, now_ms), 1000);
    assert_int_equal(retry_after_ms("007", NULL, now_ms), 7000);
    assert_int_equal(retry_after_ms("120", NULL, now_ms), 120000);
    assert_int_equal(retry_after_ms("2016", NULL, now_ms), 2016000);
    assert_int_equal(retry_after_ms("20160324", NULL, now_ms), 20160324000);
    assert_int_equal(retry_after_ms("4294967297", NULL, now_ms), 4294967297000);
    assert_int_equal(retry_after_ms("9999999999", NULL, now_ms), 9999999999000);
}

static void test_dates(void **state) {
    (void)state;
    assert_int_equal(retry_after_ms("Thu, 24 Mar 2016 20:37:57 GMT", NULL, now_ms), 0);
    assert_int_equal(retry_after_ms("Thu, 24 Mar 2016 20:38:07 GMT", NULL, now_ms), 10000);
    assert_int_equal(retry_after_ms("Thu, 24 Mar 2016 20:38:07 GMT", NULL, now_ms + 1), 9999);
    assert_int_equal(retry_after_ms("Thursday, 24-Mar-16 20:38:07 GMT", NULL, now_ms), 10000);
    assert_int_equal(retry_after_ms("Thu Mar 24 20:38:07 2016", NULL, now_ms), 10000);
    assert_int_equal(retry_after_ms("Thu, 24 Mar 2016 20:37:47 GMT", NULL, now_ms), 0);
    assert_int_equal(retry_after_ms("Thu, 01 Jan 1970 00:00:00 GMT", NULL, now_ms), 0);
    assert_true(retry_after_ms("Fri, 24 Mar 9999 20:37:57 GMT", NULL, now_ms) > RETRY_AFTER_MAX_MS);
    /* Milliseconds of that year do not fit 64 bits. To libcurl 8 it is no year any more. */
    int64_t far = retry_after_ms("Thu, 01 Jan 2147483647 00:00:00 GMT", NULL, now_ms);
    assert_true(far > RETRY_AFTER_MAX_MS || far == -1);
}

/* The server's own clock is the one that its date is of. */
static void test_dates_of_another_clock(void **state) {
    static const char *const nonsense[] = {"", "soon", "Thu, 32 Mar 2016 20:37:57 GMT", "1458851877", "-1"};
    const char *wish = "Wed, 21 Oct 2015 07:28:10 GMT";
    (void)state;
    assert_int_equal(retry_after_ms(wish, "Wed, 21 Oct 2015 07:28:00 GMT", now_ms), 10000);
    assert_int_equal(retry_after_ms(wish, "Wed, 21 Oct 2015 07:28:10 GMT", now_ms), 0);
    assert_int_equal(retry_after_ms(wish, "Wed, 21 Oct 2015 07:28:11 GMT", now_ms), 0);
    assert_int_equal(retry_after_ms(wish, "Fri, 24 Mar 9999 20:37:57 GMT", now_ms), 0);
    assert_int_equal(retry_after_ms("Fri, 24 Mar 9999 20:37:57 GMT", "Fri, 24 Mar 9999 20:37:56 GMT", now_ms), 1000);
    assert_true(retry_after_ms("Fri, 24 Mar 9999 20:37:57 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", now_ms) > 0);
    assert_true(retry_after_ms("Fri, 24 Mar 9999 20:37:57 GMT", "Thu, 01 Jan 1601 00:00:00 GMT", now_ms) > 0);
    /* Seconds are seconds. */
    assert_int_equal(retry_after_ms("7", "Wed, 21 Oct 2015 07:28:00 GMT", now_ms), 7000);
    assert_int_equal(retry_after_ms("soon", "Wed, 21 Oct 2015 07:28:00 GMT", now_ms), -1);
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        assert_int_equal(retry_after_ms("Thu, 24 Mar 2016 20:38:07 GMT", nonsense[i], now_ms), 10000);
    }
}

static void test_nonsense(void **state) {
    static const char *const texts[] = {"",
                                        " ",
                                        "-1",
                                        "-5",
                                        "+5",
                                        "1.5",
                                        "1e3",
                                        "5 s",
                                        "5s",
                                        "0x10",
                                        "soon",
                                        "5,6",
                                        "null",
                                        "\xff",
                                        "\n",
                                        "99999999999",
                                        "18446744073709551617"};
    (void)state;
    assert_int_equal(retry_after_ms(NULL, NULL, now_ms), -1);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t wait = retry_after_ms(texts[i], NULL, now_ms);
        if (wait != -1) {
            print_message("# \"%s\": %lld\n", texts[i], (long long)wait);
        }
        assert_int_equal(wait, -1);
    }
}

/* The statement's budget: so many repetitions to begin with, more for what went well, none for a 429. */
static void test_budget(void **state) {
    (void)state;
    retry_attempt limited = usual;
    limited.status = 429;
    for (int max = 0; max <= 10; max++) {
        retry_attempt attempt = usual;
        attempt.max_retries = max;
        retry_budget budget = {0};
        int granted = 0;
        while (retry_budget_take(&budget, &attempt)) {
            assert_false(budget.exhausted);
            granted++;
        }
        assert_int_equal(granted, RETRY_BUDGET_REQUESTS * max);
        assert_true(budget.exhausted);
        assert_true(retry_budget_take(&budget, &limited));
        for (int i = 0; i < RETRY_BUDGET_EARNED; i++) {
            assert_false(retry_budget_take(&budget, &attempt));
            retry_budget_earn(&budget);
        }
        assert_true(retry_budget_take(&budget, &attempt));
        assert_false(retry_budget_take(&budget, &attempt));
    }
}

static void test_no_budget_is_no_bound(void **state) {
    (void)state;
    for (int i = 0; i < 1000; i++) {
        retry_budget_earn(NULL);
        assert_true(retry_budget_take(NULL, &usual));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_no_budget_is_no_bound),
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_number_of_retries),
        cmocka_unit_test(test_jitter_is_full),
        cmocka_unit_test(test_idle_end),
        cmocka_unit_test(test_jitter_takes_any_random),
        cmocka_unit_test(test_retry_after_is_honoured),
        cmocka_unit_test(test_retry_after_has_a_bound),
        cmocka_unit_test(test_retry_after_of_zero),
        cmocka_unit_test(test_retry_after_changes_no_verdict),
        cmocka_unit_test(test_seconds),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_dates_of_another_clock),
        cmocka_unit_test(test_nonsense),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
