/* Times as users write them: what goes out, and which are the same instant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "write/write_time.h"

static void test_append(void **state) {
    static const struct {
        const char *text, *sent;
    } cases[] = {
        {"2018-12-14T14:21:19Z", "2018-12-14T14:21:19Z"},
        {"2018-12-14 14:21:19", "2018-12-14T14:21:19Z"},
        {"2018-12-14 14:21:19.120", "2018-12-14T14:21:19.120Z"},
        {"Fri, 14 Dec 2018 14:21:19 +0000", "2018-12-14T14:21:19Z"},
        {"2018-12-14 14:21:19+00:00", "2018-12-14T14:21:19Z"},
        {"2018-12-31T23:30:00.5-01:00", "2019-01-01T00:30:00.5Z"},
        {"2020-03-01T00:30:00+01:00", "2020-02-29T23:30:00Z"},
        {"2019-03-01T00:30:00+01:00", "2019-02-28T23:30:00Z"},
        {"2000-03-01T00:15:00+00:30", "2000-02-29T23:45:00Z"},
        {"1969-12-31T23:59:59+00:00", "1969-12-31T23:59:59Z"},
        {"2018-13-14T14:21:19+01:00", NULL},
        {"2018-12-14T24:21:19+01:00", NULL},
        {"2018-12-14T14:21:19+24:00", NULL},
        {"2018-12-14T14:21:19+01:60", NULL},
        {"2018-12-14T14:21:19+1:00", NULL},
        {"2018-12-14T14:21:19+01:00Z", NULL},
        {"2018-12-14T14:21:19 +01:00", NULL},
        {"2018-12-14T14:21:19Z ", NULL},
        {"2018-12-14", NULL},
        /* what no calendar and no clock has */
        {"2020-13-01T00:00:00Z", NULL},
        {"2020-00-01T00:00:00Z", NULL},
        {"2020-12-00T00:00:00Z", NULL},
        {"2020-12-32T00:00:00Z", NULL},
        {"2020-04-31T00:00:00Z", NULL},
        {"2020-02-30 00:00:00", NULL},
        {"2019-02-29T00:00:00+01:00", NULL},
        {"2100-02-29T00:00:00Z", NULL},
        {"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
        {"2020-12-01T24:00:00Z", NULL},
        {"2020-12-01T23:60:00Z", NULL},
        {"2020-12-01T23:59:60Z", NULL},
        /* the ends of the years with four digits */
        {"0000-01-01T00:00:00+01:00", NULL},
        {"0000-01-02T00:00:00+01:00", "0000-01-01T23:00:00Z"},
        {"0000-03-01T00:00:00+01:00", "0000-02-29T23:00:00Z"},
        {"0001-01-01T00:00:00+01:00", "0000-12-31T23:00:00Z"},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
        {"9999-12-31T23:59:59-00:01", NULL},
        {"Sat, 01 Jan 0000 12:30:00 GMT", NULL},
        {"Sat, 01 Jan 0049 12:30:00 GMT", NULL},
        {"Sat, 01 Jan 49 12:30:00 GMT", "2049-01-01T12:30:00Z"},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer sent;
        buffer_init(&sent, 100);
        bool is = write_time_append(cases[i].text, strlen(cases[i].text), &sent);
        if (is != (cases[i].sent != NULL)) {
            fail_msg("%s: %s", cases[i].text, is ? "accepted" : "refused");
        }
        assert_string_equal(sent.data ? sent.data : "", cases[i].sent ? cases[i].sent : "");
        buffer_clear(&sent);
    }
}

static void test_same(void **state) {
    static const struct {
        const char *one, *other;
        bool same;
    } cases[] = {
        {"2018-12-14 14:21:19", "2018-12-14T14:21:19Z", true},
        {"2018-12-14T14:21:19", "2018-12-14T14:21:19Z", true},
        {"2018-12-14T14:21:19.000Z", "2018-12-14T14:21:19Z", true},
        {"2018-12-14 14:21:19.10", "2018-12-14T14:21:19.1Z", true},
        {"2018-12-14 15:21:19+01:00", "2018-12-14T14:21:19Z", true},
        {"Fri, 14 Dec 2018 14:21:19 +0000", "2018-12-14T14:21:19Z", true},
        {"2018-12-14T14:21:19Z", "Fri, 14 Dec 2018 15:21:19 +0100", true},
        {"2018-12-14 14:21:20", "2018-12-14T14:21:19Z", false},
        {"2018-12-14 14:21:19.1", "2018-12-14T14:21:19Z", false},
        {"2018-12-14 14:21:19.1", "2018-12-14T14:21:19.2Z", false},
        {"2018-12-14 14:21:19.1", "2018-12-14T14:21:19.12Z", false},
        {"2018-12-14", "2018-12-14", false},
        {"", "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *one = cases[i].one, *other = cases[i].other;
        if (write_time_is_same(one, strlen(one), other, strlen(other)) != cases[i].same ||
            write_time_is_same(other, strlen(other), one, strlen(one)) != cases[i].same) {
            fail_msg("%s and %s: not %s", one, other, cases[i].same ? "the same" : "different");
        }
    }
    assert_false(write_time_is_same("2018-12-14 14:21:19\0", 20, "2018-12-14 14:21:19", 19));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_same),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
