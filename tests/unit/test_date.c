/* Dates: RFC 2822 is read and becomes ISO 8601; everything else stays what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "rest/date.h"

/* Faults that the running test has found. */
static int faults;

/* Converts a text of length bytes and compares: iso NULL when it must be left alone. */
static void expect_iso(const char *text, size_t length, const char *iso) {
    char found[CLOCK_TEXT_SIZE];
    memset(found, '#', sizeof found);
    bool converted = date_to_iso(text, length, found);
    if (converted != (iso != NULL)) {
        print_message("# \"%s\": %s\n", text, converted ? found : "left alone");
        faults++;
    } else if (converted && strcmp(found, iso) != 0) {
        print_message("# \"%s\": %s, expected %s\n", text, found, iso);
        faults++;
    } else if (!converted && found[0] != '#') {
        print_message("# \"%s\": left alone, but something was written\n", text);
        faults++;
    }
}

typedef struct date_case {
    const char *text;
    const char *iso;
} date_case;

static void expect_all(const date_case *cases, size_t count) {
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        /* In memory of its own length, so that reading past it is seen. */
        size_t length = strlen(cases[i].text);
        char *exact = malloc(length + 1);
        assert_non_null(exact);
        memcpy(exact, cases[i].text, length + 1);
        expect_iso(exact, length, cases[i].iso);
        free(exact);
    }
    assert_int_equal(faults, 0);
}

#define EXPECT_ALL(cases) expect_all(cases, sizeof(cases) / sizeof(cases)[0])

static void test_rfc2822(void **state) {
    static const date_case cases[] = {
        {"Thu, 24 Mar 2016 20:37:57 +0000", "2016-03-24T20:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 GMT", "2016-03-24T20:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 UTC", "2016-03-24T20:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 Z", "2016-03-24T20:37:57Z"},
        {"24 Mar 2016 20:37:57 +0000", "2016-03-24T20:37:57Z"},
        {"Tue, 1 Mar 2016 20:37:57 +0000", "2016-03-01T20:37:57Z"},
        {"1 Mar 2016 20:37:57 +0000", "2016-03-01T20:37:57Z"},
        {"Tue, 01 Mar 2016 20:37 +0000", "2016-03-01T20:37:00Z"},
        {"Wed, 27 Jul 2016 00:00:00 +0000", "2016-07-27T00:00:00Z"},
        {"Fri, 01 Jan 2100 00:00:00 +0000", "2100-01-01T00:00:00Z"},
        {"Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"},
    };
    (void)state;
    EXPECT_ALL(cases);
}

static void test_zones(void **state) {
    static const date_case cases[] = {
        {"Thu, 24 Mar 2016 20:37:57 +0200", "2016-03-24T18:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 -0730", "2016-03-25T04:07:57Z"},
        {"Thu, 31 Dec 2015 23:30:00 -0100", "2016-01-01T00:30:00Z"},
        {"Fri, 01 Jan 2016 00:30:00 +0100", "2015-12-31T23:30:00Z"},
        {"Thu, 24 Mar 2016 20:37:57 EST", "2016-03-25T01:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 PDT", "2016-03-25T03:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 -0000", "2016-03-24T20:37:57Z"},
    };
    (void)state;
    EXPECT_ALL(cases);
}

static void test_months_and_leap_days(void **state) {
    static const date_case cases[] = {
        {"Fri, 01 Jan 2016 00:00:00 GMT", "2016-01-01T00:00:00Z"},
        {"Mon, 01 Feb 2016 00:00:00 GMT", "2016-02-01T00:00:00Z"},
        {"Tue, 01 Mar 2016 00:00:00 GMT", "2016-03-01T00:00:00Z"},
        {"Fri, 01 Apr 2016 00:00:00 GMT", "2016-04-01T00:00:00Z"},
        {"Sun, 01 May 2016 00:00:00 GMT", "2016-05-01T00:00:00Z"},
        {"Wed, 01 Jun 2016 00:00:00 GMT", "2016-06-01T00:00:00Z"},
        {"Fri, 01 Jul 2016 00:00:00 GMT", "2016-07-01T00:00:00Z"},
        {"Mon, 01 Aug 2016 00:00:00 GMT", "2016-08-01T00:00:00Z"},
        {"Thu, 01 Sep 2016 00:00:00 GMT", "2016-09-01T00:00:00Z"},
        {"Sat, 01 Oct 2016 00:00:00 GMT", "2016-10-01T00:00:00Z"},
        {"Tue, 01 Nov 2016 00:00:00 GMT", "2016-11-01T00:00:00Z"},
        {"Thu, 01 Dec 2016 00:00:00 GMT", "2016-12-01T00:00:00Z"},
        {"Mon, 29 Feb 2016 23:59:59 GMT", "2016-02-29T23:59:59Z"},
        {"Tue, 29 Feb 2000 12:00:00 GMT", "2000-02-29T12:00:00Z"},
        {"Thu, 31 Dec 2020 23:59:59 GMT", "2020-12-31T23:59:59Z"},
    };
    (void)state;
    EXPECT_ALL(cases);
}

/* Only years on which RFC 2822 (50 to 99: 1900s) and common readers agree. */
static void test_years_of_two_digits(void **state) {
    static const date_case cases[] = {
        {"Thu, 24 Mar 16 20:37:57 GMT", "2016-03-24T20:37:57Z"},
        {"24 Mar 00 20:37:57 GMT", "2000-03-24T20:37:57Z"},
        {"24 Mar 99 20:37:57 GMT", "1999-03-24T20:37:57Z"},
    };
    (void)state;
    EXPECT_ALL(cases);
}

static void test_iso_is_left_alone(void **state) {
    static const date_case cases[] = {
        {"2016-03-24T20:37:57Z", NULL},
        {"2016-03-24T20:37:57.123Z", NULL},
        {"2016-03-24 20:37:57", NULL},
        {"2016-03-24", NULL},
        {"20160324T203757Z", NULL},
        {"2016-02-30T00:00:00Z", NULL},
        {"20:37:57", NULL},
        {"1458851877", NULL},
    };
    (void)state;
    EXPECT_ALL(cases);
}

static void test_garbage_is_left_alone(void **state) {
    static const date_case cases[] = {
        {"", NULL},
        {" ", NULL},
        {"T", NULL},
        {"Thu,", NULL},
        {"Thu, ", NULL},
        {"Thu, x", NULL},
        {"1", NULL},
        {"12", NULL},
        {"12 M", NULL},
        {"12 Mar", NULL},
        {"123 Mar 2016 00:00:00 GMT", NULL},
        {"now", NULL},
        {"yesterday, noon", NULL},
        {"12 monkeys", NULL},
        {"5 Alive", NULL},
        {"Mon, or Tue", NULL},
        {"1, 2 and 3", NULL},
        {"\xff\xfe, \x80", NULL},
        {"Thu, 24 Foo 2016 20:37:57 GMT", NULL},
        {"Thu, 24 Mar 2016 25:00:00 GMT", NULL},
        {"Thu, 24 Mar 2016 20:60:00 GMT", NULL},
        {"Thu, 24 Mar 2016 20:37:61 GMT", NULL},
        {"Thu, 0 Mar 2016 20:37:57 GMT", NULL},
        {"Thu, 32 Mar 2016 20:37:57 GMT", NULL},
        {"Thu, -1 Mar 2016 20:37:57 GMT", NULL},
        {"u, 24 Mar 2016 20:37:57 GMT", NULL},
        {"24 Mar20162:0:4 M", NULL},
        {"24Mar 2016 20:37:57 GMT", NULL},
        {"24 Mar 201620:37:57 GMT", NULL},
        {"24 Mar 2016 20:37:57GMT", NULL},
        {"24  Mar  2016  20:37:57  GMT", "2016-03-24T20:37:57Z"},
        {"Thu, 24 Mar -5 20:37:57 +0000", NULL},
        {"Thu, 24 Mar +201 20:37:57 +0000", NULL},
        {"Thu, 24 Mar 2016 +2:37:57 +0000", NULL},
        {"Thu, 24 Mar 2016 20:-7:57 +0000", NULL},
        {"Thu, 24 Mar 2016 20:37:-7 +0000", NULL},
        {"Thu, 24 Mar 2016 20:37:57 +9999", NULL},
        {"Thu, 99999999999999999999 Mar 2016 20:37:57 GMT", NULL},
        {"Thu, 24 Mar 99999999999999999999 20:37:57 GMT", NULL},
    };
    (void)state;
    EXPECT_ALL(cases);
}

/* To make another day of it would be to tell the user something that the server did not say. */
static void test_days_that_do_not_exist(void **state) {
    static const date_case cases[] = {
        {"31 Feb 2016 00:00:00 +0000", NULL},
        {"Sun, 29 Feb 2015 00:00:00 GMT", NULL},
        {"Sun, 31 Apr 2016 00:00:00 GMT", NULL},
        {"Mon, 29 Feb 2100 00:00:00 GMT", NULL},
    };
    (void)state;
    EXPECT_ALL(cases);
}

/* Five digits do not fit ISO 8601's four, nor SQLite's date functions. */
static void test_years_of_five_digits(void **state) {
    static const date_case cases[] = {
        {"24 Mar 9999 00:00:00 GMT", "9999-03-24T00:00:00Z"},
        {"24 Mar 10000 00:00:00 GMT", NULL},
        {"31 Dec 9999 23:59:59 +0100", "9999-12-31T22:59:59Z"},
        {"31 Dec 9999 23:59:59 -0100", NULL},
        {"24 Mar 99999 20:37:57 GMT", NULL},
    };
    (void)state;
    EXPECT_ALL(cases);
}

/* RFC 2822 allows a comment at the end and nothing else. */
static void test_text_after_the_date(void **state) {
    static const date_case cases[] = {
        {"Thu, 24 Mar 2016 20:37:57 +0000 (UTC)", "2016-03-24T20:37:57Z"},
        {"Thu, 24 Mar 2016 20:37:57 GMT garbage", NULL},
        {"24 Mar 2016 was a Thursday", NULL},
    };
    (void)state;
    EXPECT_ALL(cases);
}

static void test_nul_and_length(void **state) {
    (void)state;
    faults = 0;
    expect_iso("Thu, 24 Mar 2016 20:37:57 +0000\0", 32, NULL);
    expect_iso("Thu, 24 Mar\0 2016 20:37:57 +0000", 32, NULL);
    expect_iso("\0", 1, NULL);
    expect_iso("Thu, 24 Mar 2016 20:37:57 +0000 and so on", 31, "2016-03-24T20:37:57Z");
    assert_int_equal(faults, 0);
}

static void test_long_texts_are_left_alone(void **state) {
    (void)state;
    enum { LONG = 100000 };
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    memset(text, ' ', LONG);
    memcpy(text, "Thu, 24 Mar 2016 20:37:57 +0000", 31);
    text[LONG] = 0;
    char iso[CLOCK_TEXT_SIZE];
    assert_false(date_to_iso(text, LONG, iso));
    free(text);
}

static void test_parse(void **state) {
    (void)state;
    int64_t seconds = 7;
    assert_true(date_parse("Thu, 24 Mar 2016 20:37:57 +0000", &seconds));
    assert_int_equal(seconds, 1458851877);
    assert_true(date_parse("Thu, 24-Mar-16 20:37:57 GMT", &seconds));
    assert_int_equal(seconds, 1458851877);
    assert_true(date_parse("Thu Mar 24 20:37:57 2016", &seconds));
    assert_int_equal(seconds, 1458851877);
    seconds = 7;
    assert_false(date_parse("", &seconds));
    assert_false(date_parse("soon", &seconds));
    assert_false(date_parse("-5", &seconds));
    assert_int_equal(seconds, 7);
}

static void iso_of_another_zone_becomes_utc(void **state) {
    static const date_case cases[] = {
        {"2022-03-14T13:10:38.897143-07:00", "2022-03-14T20:10:38.897143Z"},
        {"2022-03-14T13:10:38-07:00", "2022-03-14T20:10:38Z"},
        {"2024-02-29T23:30:00.5+01:45", "2024-02-29T21:45:00.5Z"},
        {"2023-12-31T23:59:59-00:01", "2024-01-01T00:00:59Z"},
        {"2000-03-01T00:00:00+00:00", "2000-03-01T00:00:00Z"},
        {"1969-12-31T23:59:59.123456789+00:00", "1969-12-31T23:59:59.123456789Z"},
        {"2022-03-14T13:10:38.897143Z", NULL},
        {"2022-03-14T13:10:38", NULL},
        {"2022-02-30T13:10:38-07:00", NULL},
        {"2022-03-14T13:10:38-24:00", NULL},
        {"2022-03-14T13:10:38+07:60", NULL},
        {"2022-03-14T13:10:38+23:59", "2022-03-13T13:11:38Z"},
        {"2022-03-14T25:10:38-07:00", NULL},
        {"2022-03-14 13:10:38-07:00", NULL},
        {"2022-03-14T13:10:38.-07:00", NULL},
        {"2022-03-14T13:10:38.1234567890-07:00", NULL},
        {"2022-03-14T13:10:38-0700", NULL},
        {"2022-03-14T13:10:38-07:00x", NULL},
        {"9999-12-31T23:59:59-00:01", NULL},
        {"2022-03-14T13:10:38+07:00+07:00", NULL},
    };
    (void)state;
    expect_all(cases, sizeof cases / sizeof cases[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc2822),
        cmocka_unit_test(test_zones),
        cmocka_unit_test(test_months_and_leap_days),
        cmocka_unit_test(test_years_of_two_digits),
        cmocka_unit_test(test_iso_is_left_alone),
        cmocka_unit_test(test_garbage_is_left_alone),
        cmocka_unit_test(test_days_that_do_not_exist),
        cmocka_unit_test(test_years_of_five_digits),
        cmocka_unit_test(test_text_after_the_date),
        cmocka_unit_test(test_nul_and_length),
        cmocka_unit_test(test_long_texts_are_left_alone),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(iso_of_another_zone_becomes_utc),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
