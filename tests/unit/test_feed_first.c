/* A small first page of a list: enough for whoever wants no more, and whoever does gets each row once. */
#include "unit/feed_world.h"

#define SMALL "?PageSize=1"
#define NEWEST(n, next)                                                                                                \
    { PATH SMALL, 200, PAGE(M(n), next) }

/* It is enough, and nothing behind it is asked for; or it is all there is. */
static void test_small_page(void **state) {
    static const served answers[] = {NEWEST(5, NEXT(SMALL "&PageToken=b")), {NULL, 0, NULL}};
    static const served one[] = {NEWEST(5, "null"), {NULL, 0, NULL}};
    error problem = {0};
    (void)state;
    wanted.first_query = "PageSize=1";
    pages = answers;
    look *view = look_open(shared);
    feed *source = feed_open(view, &wanted, &problem);
    while (feed_step(source, &problem) == STEP_BUSY) {
        feed_pump(source, true, &problem);
        look_wait(view, &problem);
    }
    feed_pump(source, true, &problem);
    feed_close(source);
    look_close(view);
    assert_false(error_is_set(&problem));
    assert_string_equal(seen, "+Messages?PageSize=1 -Messages?PageSize=1 ");
    expect(one, "5 .");
}

/* Whoever wants more gets each row once, from full pages; what has come or gone meanwhile does no harm. */
static void test_small_page_is_left(void **state) {
    static const served answers[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(5) "," M(4), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(3), "null")},
        {NULL, 0, NULL},
    };
    static const served newer[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(7) "," M(6) "," M(5) "," M(4), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(3), "null")},
        {NULL, 0, NULL},
    };
    static const served deleted[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(4) "," M(3), "null")},
        {NULL, 0, NULL},
    };
    static const served alone[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(5), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    wanted.first_query = "PageSize=1";
    expect(answers, "5 4 3 .");
    assert_null(strstr(seen, "PageSize=1&Page=1"));
    expect(alone, "5 .");
    rely(true);
    expect(answers, "5 4 3 .");
    expect(newer, "5 4 3 .");
    expect(deleted, "5 4 3 .");
    expect(alone, "5 .");
}

/* The other page may not be in order either, and must be there. */
static void test_small_page_and_then(void **state) {
    static const served gone[] = {NEWEST(5, NEXT(SMALL "&Page=1")), {NULL, 0, NULL}};
    static const served disorder[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(4) "," M(6), "null")},
        {NULL, 0, NULL},
    };
    static const served later[] = {
        NEWEST(5, NEXT(SMALL "&Page=1")),
        {PATH "?PageSize=2", 200, PAGE(M(5) "," M(4), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(6), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    wanted.first_query = "PageSize=1";
    expect(gone, "messages: GET " PATH "?PageSize=2: HTTP 404 in the middle of the list");
    rely(true);
    expect(disorder, ": the rows do not come in the order that was asked for");
    expect(later, ": the rows do not come in the order that was asked for");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_small_page, begin, end),
        cmocka_unit_test_setup_teardown(test_small_page_is_left, begin, end),
        cmocka_unit_test_setup_teardown(test_small_page_and_then, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
