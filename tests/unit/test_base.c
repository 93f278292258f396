/* The small things at the bottom: sticky errors, SIDs, and the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/sid.h"
#include "base/sqlite.h"

/* --- errors ------------------------------------------------------------------------------------------------------- */

static void test_first_error_stays(void **state) {
    (void)state;
    error problem = {0};
    assert_false(error_is_set(&problem));
    error_set(&problem, SQLITE_CONSTRAINT, "%s %d", "first", 1);
    error_set(&problem, SQLITE_ERROR, "second");
    error_no_memory(&problem);
    assert_true(error_is_set(&problem));
    assert_int_equal(problem.rc, SQLITE_CONSTRAINT);
    assert_string_equal(problem.message, "first 1");
    error_clear(&problem);
    assert_false(error_is_set(&problem));
    assert_null(problem.message);
}

/* Whatever is quoted: hosts such as Python fail to decode a message that is not UTF-8. */
static void test_messages_are_lines_of_utf8(void **state) {
    static const char *const pairs[][2] = {
        {"two\nlines\r\t\x7f", "two lines   "},
        {"a\xc2\x85z", "a  z"},
        {"\xc3\xa9 \xe2\x82\xac", "\xc3\xa9 \xe2\x82\xac"},
        {"cut \xc6", "cut ?"},
        {"cut \xf0\x9f\x98 here", "cut ??? here"},
        {"\xed\xa0\x80", "???"},
        {"\xff\xc2", "??"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        error problem = {0};
        error_set(&problem, SQLITE_ERROR, "%s", pairs[i][0]);
        assert_string_equal(problem.message, pairs[i][1]);
        error_clear(&problem);
    }
}

static void test_no_memory_has_no_message(void **state) {
    (void)state;
    error problem = {0};
    error_no_memory(&problem);
    error_set(&problem, SQLITE_ERROR, "later");
    assert_int_equal(problem.rc, SQLITE_NOMEM);
    assert_null(problem.message);
    error_clear(&problem);
    assert_false(error_is_set(&problem));
}

static void test_report_replaces_the_text(void **state) {
    (void)state;
    char *text = sqlite3_mprintf("old");
    error problem = {0};
    error_set(&problem, SQLITE_IOERR, "new");
    assert_int_equal(error_report(&problem, &text), SQLITE_IOERR);
    assert_string_equal(text, "new");
    assert_false(error_is_set(&problem));
    assert_null(problem.message);
    sqlite3_free(text);
}

static void test_report_without_an_error(void **state) {
    (void)state;
    char *text = sqlite3_mprintf("old");
    error problem = {0};
    assert_int_equal(error_report(&problem, &text), SQLITE_OK);
    assert_string_equal(text, "old");
    sqlite3_free(text);
}

static void test_report_of_no_memory(void **state) {
    (void)state;
    char *text = sqlite3_mprintf("old");
    error problem = {0};
    error_no_memory(&problem);
    assert_int_equal(error_report(&problem, &text), SQLITE_NOMEM);
    assert_null(text);
}

/* --- SIDs --------------------------------------------------------------------------------------------------------- */

#define DIGITS "0123456789abcdef0123456789abcdef"

static void test_sids(void **state) {
    static const struct {
        const char *text;
        sid_shape shape;
    } cases[] = {
        {"CH" DIGITS, SID_CANONICAL},
        {"CH00000000000000000000000000000000", SID_CANONICAL},
        {"CH0123456789ABCDEF0123456789abcdef", SID_OTHER_CASE},
        {"CH0123456789abcdef0123456789abcdeF", SID_OTHER_CASE},
        {"IS" DIGITS, SID_NO},
        {"ch" DIGITS, SID_NO},
        {"Ch" DIGITS, SID_NO},
        {"CH0123456789abcdef0123456789abcde", SID_NO},
        {"CH" DIGITS "0", SID_NO},
        {"CH0123456789abcdef0123456789abcdeg", SID_NO},
        {"CH0123456789abcdef0123456789abcdeG", SID_NO},
        {"CH0123456789abcdef0123456789abcde/", SID_NO},
        {"CH0123456789abcdef0123456789abcde:", SID_NO},
        {"CH0123456789abcdef0123456789abcde`", SID_NO},
        {"CH0123456789abcdef0123456789abcde@", SID_NO},
        {"CH 123456789abcdef0123456789abcdef", SID_NO},
        {"CH0123456789abcdef0123456789abcd\xc3\xa9", SID_NO},
        {"CH", SID_NO},
        {"C", SID_NO},
        {"", SID_NO},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sid_classify("CH", cases[i].text, strlen(cases[i].text)), cases[i].shape);
    }
}

static void test_sid_with_nul(void **state) {
    (void)state;
    char text[SID_LENGTH + 1] = "CH" DIGITS;
    for (size_t i = 0; i < SID_LENGTH; i++) {
        char kept = text[i];
        text[i] = 0;
        assert_int_equal(sid_classify("CH", text, SID_LENGTH), SID_NO);
        text[i] = kept;
    }
    assert_int_equal(sid_classify("CH", "CH" DIGITS "\0x", SID_LENGTH + 2), SID_NO);
}

/* Every byte in every place of a SID: digits and a to f are one, A to F the other, nothing else. */
static void test_sid_bytes(void **state) {
    (void)state;
    for (size_t at = 2; at < SID_LENGTH; at++) {
        char text[SID_LENGTH + 1] = "CH" DIGITS;
        for (int c = 0; c < 256; c++) {
            text[at] = (char)c;
            bool lower = c != 0 && strchr("0123456789abcdef", c) != NULL;
            bool upper = c != 0 && strchr("ABCDEF", c) != NULL;
            sid_shape expected = lower ? SID_CANONICAL : upper ? SID_OTHER_CASE : SID_NO;
            assert_int_equal(sid_classify("CH", text, SID_LENGTH), expected);
        }
    }
}

static void test_plain_segments(void **state) {
    (void)state;
    assert_true(sid_is_plain_segment("CH" DIGITS, SID_LENGTH));
    assert_true(sid_is_plain_segment("a", 1));
    assert_true(sid_is_plain_segment("A_-9z", 5));
    assert_false(sid_is_plain_segment("", 0));
    assert_false(sid_is_plain_segment("a\0b", 3));
    for (int c = 0; c < 256; c++) {
        char text[3] = {'a', (char)c, 'b'};
        bool plain = c != 0 && strchr("0123456789_-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c) != NULL;
        assert_int_equal(sid_is_plain_segment(text, 3), plain);
    }
}

/* --- the clock ---------------------------------------------------------------------------------------------------- */

static void test_clock_format(void **state) {
    static const struct {
        int64_t ms;
        int fraction;
        const char *text;
    } cases[] = {
        {0, 0, "1970-01-01T00:00:00Z"},
        {0, 1, "1970-01-01T00:00:00.000Z"},
        {1, 1, "1970-01-01T00:00:00.001Z"},
        {999, 0, "1970-01-01T00:00:00Z"},
        {-1, 1, "1969-12-31T23:59:59.999Z"},
        {-1, 0, "1969-12-31T23:59:59Z"},
        {-1000, 1, "1969-12-31T23:59:59.000Z"},
        {-1001, 1, "1969-12-31T23:59:58.999Z"},
        {951782399999, 1, "2000-02-28T23:59:59.999Z"},
        {951782400000, 1, "2000-02-29T00:00:00.000Z"},
        {1458851877000, 0, "2016-03-24T20:37:57Z"},
        {1769846950123, 1, "2026-01-31T08:09:10.123Z"},
        {4102444800000, 0, "2100-01-01T00:00:00Z"},
        {253402300799999, 1, "9999-12-31T23:59:59.999Z"},
        {-62135596800000, 0, "0001-01-01T00:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[CLOCK_TEXT_SIZE];
        clock_format(cases[i].ms, cases[i].fraction, text);
        assert_string_equal(text, cases[i].text);
    }
}

/* Times that no four digits of a year can say: only that it stays within its bytes. */
static void test_clock_format_of_far_times(void **state) {
    static const int64_t times[] = {INT64_MAX, INT64_MIN, INT64_MAX / 1000, INT64_MIN / 1000, 253402300800000};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[CLOCK_TEXT_SIZE + 1];
        memset(text, '#', sizeof text);
        clock_format(times[i], 1, text);
        assert_true(memchr(text, 0, CLOCK_TEXT_SIZE) != NULL);
        assert_int_equal(text[CLOCK_TEXT_SIZE], '#');
    }
}

static void test_clocks_run(void **state) {
    (void)state;
    int64_t last = clock_monotonic_ms();
    for (int i = 0; i < 100000; i++) {
        int64_t now = clock_monotonic_ms();
        assert_true(now >= last);
        last = now;
    }
    int64_t before = (int64_t)time(NULL);
    int64_t wall = clock_wall_ms() / 1000;
    assert_true(wall >= before - 1 && wall <= before + 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_error_stays),
        cmocka_unit_test(test_messages_are_lines_of_utf8),
        cmocka_unit_test(test_no_memory_has_no_message),
        cmocka_unit_test(test_report_replaces_the_text),
        cmocka_unit_test(test_report_without_an_error),
        cmocka_unit_test(test_report_of_no_memory),
        cmocka_unit_test(test_sids),
        cmocka_unit_test(test_sid_with_nul),
        cmocka_unit_test(test_sid_bytes),
        cmocka_unit_test(test_plain_segments),
        cmocka_unit_test(test_clock_format),
        cmocka_unit_test(test_clock_format_of_far_times),
        cmocka_unit_test(test_clocks_run),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
