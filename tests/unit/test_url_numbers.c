/* Page numbers and page sizes in a path's query: read, counted on, halved; left alone where they are not plain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/url.h"

typedef struct number_case {
    const char *path, *expected;
} number_case;

/* Applies a function to each path; NULL is expected where it must leave it. */
static void check_all(char *(*change)(const char *), const number_case *cases, size_t count) {
    int faults = 0;
    for (size_t i = 0; i < count; i++) {
        char *found = change(cases[i].path);
        const char *expected = cases[i].expected;
        if ((found == NULL) != (expected == NULL) || (found != NULL && strcmp(found, expected) != 0)) {
            print_message("# %s: %s, expected %s\n", cases[i].path, found ? found : "NULL",
                          expected ? expected : "NULL");
            faults++;
        }
        sqlite3_free(found);
    }
    assert_int_equal(faults, 0);
}

#define CHECK_ALL(change, cases) check_all(change, cases, sizeof(cases) / sizeof(cases)[0])

static void test_next_number(void **state) {
    static const number_case cases[] = {
        {"/v1/x?Page=0", "/v1/x?Page=1"},
        {"/v1/x?PageSize=50&Page=3", "/v1/x?PageSize=50&Page=4"},
        {"/v1/x?Page=9&PageSize=50", "/v1/x?Page=10&PageSize=50"},
        {"/v1/x?Type=public&Type=private&PageSize=1000&Page=99",
         "/v1/x?Type=public&Type=private&PageSize=1000&Page=100"},
        {"/v1/x?Page=007", "/v1/x?Page=8"},
        {"/v1/x?Page=999999999", "/v1/x?Page=1000000000"},
    };
    (void)state;
    CHECK_ALL(url_next_number, cases);
}

/* Where the place is not a plain number, the server alone knows the next. */
static void test_no_plain_number(void **state) {
    static const number_case cases[] = {
        {"", NULL},
        {"/v1/x", NULL},
        {"/v1/x?", NULL},
        {"/v1/x?PageSize=50", NULL},
        {"/v1/x?Page", NULL},
        {"/v1/x?Page=", NULL},
        {"/v1/x?Page=x", NULL},
        {"/v1/x?Page=1x", NULL},
        {"/v1/x?Page=-1", NULL},
        {"/v1/x?Page=+1", NULL},
        {"/v1/x?Page=1.5", NULL},
        {"/v1/x?Page=%31", NULL},
        {"/v1/x?Page=10000000000", NULL},
        {"/v1/x?page=1", NULL},
        {"/v1/x?MyPage=1", NULL},
        {"/v1/x&Page=1", NULL},
        {"/v1/Page=1", NULL},
        {"/v1/x?PageSize=2&Page=1&PageToken=PT50", NULL},
        {"/v1/x?PageToken=PT50&Page=1", NULL},
        {"/v1/x?PageToken=PT50", NULL},
        {"/v1/x?PageToken=&Page=1", NULL},
    };
    (void)state;
    CHECK_ALL(url_next_number, cases);
}

static void test_page_size(void **state) {
    (void)state;
    assert_int_equal(url_page_size("/v1/x?PageSize=50"), 50);
    assert_int_equal(url_page_size("/v1/x?Page=1&PageSize=1&Order=asc"), 1);
    assert_int_equal(url_page_size("/v1/x?PageSize=999999999"), 999999999);
    assert_int_equal(url_page_size("/v1/x?PageSize=0"), 0);
    assert_int_equal(url_page_size("/v1/x?PageSize=-5"), 0);
    assert_int_equal(url_page_size("/v1/x?PageSize="), 0);
    assert_int_equal(url_page_size("/v1/x?PageSize=5x"), 0);
    assert_int_equal(url_page_size("/v1/x?PageSize=99999999999"), 0);
    assert_int_equal(url_page_size("/v1/x?Page=5"), 0);
    assert_int_equal(url_page_size("/v1/x"), 0);
    assert_int_equal(url_page_size(""), 0);
}

static void test_halving(void **state) {
    static const number_case cases[] = {
        {"/v1/x?PageSize=1000", "/v1/x?PageSize=500"},
        {"/v1/x?PageSize=1000&Page=0", "/v1/x?PageSize=500&Page=0"},
        {"/v1/x?PageSize=1000&Page=3", "/v1/x?PageSize=500&Page=6"},
        {"/v1/x?Page=3&PageSize=1000&a=b", "/v1/x?Page=6&PageSize=500&a=b"},
        {"/v1/x?PageSize=2&Page=1", "/v1/x?PageSize=1&Page=2"},
        /* A token marks its place by itself; the number beside it says nothing. */
        {"/v1/x?PageSize=50&Page=1&PageToken=PT50", "/v1/x?PageSize=25&Page=1&PageToken=PT50"},
        {"/v1/x?PageSize=51&Page=1&PageToken=PT51", "/v1/x?PageSize=25&Page=1&PageToken=PT51"},
        {"/v1/x?PageSize=5", "/v1/x?PageSize=2"},
        {"/v1/x?PageSize=5&Page=0", "/v1/x?PageSize=2&Page=0"},
    };
    (void)state;
    CHECK_ALL(url_halve_pages, cases);
}

/* Half of an odd size begins in the middle of a row's place; half of one is none. */
static void test_no_half(void **state) {
    static const number_case cases[] = {
        {"/v1/x?PageSize=5&Page=1", NULL},
        {"/v1/x?PageSize=1", NULL},
        {"/v1/x?PageSize=0", NULL},
        {"/v1/x?Page=1", NULL},
        {"/v1/x", NULL},
        {"", NULL},
    };
    (void)state;
    CHECK_ALL(url_halve_pages, cases);
}

/* A page that is not a plain number cannot be doubled: then the place would be lost. */
static void test_no_half_at_an_unknown_place(void **state) {
    static const number_case cases[] = {
        {"/v1/x?PageSize=50&Page=x", NULL},
        {"/v1/x?PageSize=50&Page=10000000000", NULL},
        {"/v1/x?PageSize=50&Page=%31", NULL},
    };
    (void)state;
    CHECK_ALL(url_halve_pages, cases);
}

/* Whatever the size and page: the halved page begins at the same row. */
static void test_halving_keeps_the_place(void **state) {
    (void)state;
    for (int size = 2; size <= 100; size++) {
        for (int page = 0; page < 20; page++) {
            char path[80];
            int new_size = 0, new_page = 0;
            snprintf(path, sizeof path, "/x?PageSize=%d&Page=%d", size, page);
            char *halved = url_halve_pages(path);
            assert_true(halved != NULL || (size % 2 == 1 && page > 0));
            if (halved != NULL) {
                assert_int_equal(sscanf(halved, "/x?PageSize=%d&Page=%d", &new_size, &new_page), 2);
                assert_int_equal(new_size, size / 2);
                assert_int_equal(new_size * new_page, size * page);
            }
            sqlite3_free(halved);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next_number),
        cmocka_unit_test(test_no_plain_number),
        cmocka_unit_test(test_page_size),
        cmocka_unit_test(test_halving),
        cmocka_unit_test(test_no_half),
        cmocka_unit_test(test_no_half_at_an_unknown_place),
        cmocka_unit_test(test_halving_keeps_the_place),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
