/* Which rows of a list have been seen: all of a short one, and of a long one enough to meet any circle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/text_hash.h"
#include "read/seen.h"
#include "unit/faulty_memory.h"

static bool known(seen_rows *seen, int row) {
    char key[40];
    bool found = false;
    snprintf(key, sizeof key, "IM%032x", (unsigned)row);
    assert_int_equal(seen_note(seen, text_hash(key, strlen(key)), &found), SQLITE_OK);
    return found;
}

static void test_short(void **state) {
    seen_rows seen = {0};
    (void)state;
    for (int row = 0; row < 10000; row++) {
        assert_false(known(&seen, row));
    }
    for (int row = 0; row < 10000; row++) {
        assert_true(known(&seen, row));
    }
    assert_int_equal(seen.count, 10000);
    seen_clear(&seen);
    assert_null(seen.slots);
}

/* However long the list: no more memory. */
static void test_bound(void **state) {
    seen_rows seen = {0};
    (void)state;
    for (int row = 0; row < 40 * SEEN_ROWS_MAX; row++) {
        assert_false(known(&seen, row));
    }
    assert_true(seen.count <= SEEN_ROWS_MAX);
    assert_int_equal(seen.slot_count, 2 * SEEN_ROWS_MAX);
    seen_clear(&seen);
}

/* A circle that begins late, and is longer than what is kept, is met all the same: whole stretches of it are known. */
static void test_circles(void **state) {
    static const int lengths[] = {1, 7, SEEN_ROWS_MAX, 3 * SEEN_ROWS_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        seen_rows seen = {0};
        int run = 0, longest = 0;
        for (int row = 0; row < 5 * SEEN_ROWS_MAX; row++) {
            known(&seen, -1 - row);
        }
        for (int row = 0; row < 30 * SEEN_ROWS_MAX; row++) {
            run = known(&seen, row % lengths[i]) ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
        assert_true(longest >= SEEN_ROWS_MAX / 2);
        seen_clear(&seen);
    }
}

static void test_memory(void **state) {
    seen_rows seen = {0};
    bool found;
    (void)state;
    faulty_memory_fail_at(1, false);
    assert_int_equal(seen_note(&seen, 1, &found), SQLITE_NOMEM);
    faulty_memory_fail_at(0, false);
    assert_false(known(&seen, 1));
    for (int row = 2; row <= 32; row++) {
        known(&seen, row);
    }
    faulty_memory_fail_at(1, false);
    assert_int_equal(seen_note(&seen, 1, &found), SQLITE_NOMEM); /* as it grows */
    faulty_memory_fail_at(0, false);
    assert_true(known(&seen, 1));
    seen_clear(&seen);
    assert_int_equal(faulty_memory_live(), 0);
}

int main(void) {
    cmocka_set_message_output(CM_OUTPUT_TAP);
    faulty_memory_install();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_circles),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
