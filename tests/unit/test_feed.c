/*
** The rows of one list, from a server that need not be a good one: every row once, in its order, and a clear error where
** the answer cannot be complete. The HTTP client is a fake; nothing is timed.
*/
#include <limits.h>

#include "catalog/generations.h"
#include "unit/feed_world.h"

static void test_pages(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(3) "," M(4), NEXT("?PageSize=2&PageToken=c"))},
        {PATH "?PageSize=2&PageToken=c", 200, PAGE(M(5), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 3 4 5 .");
}

/* A list of one page, too, may have a row twice; what is wanted is each row once. */
static void test_one_page_repeats(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(1) "," M(2) "," M(1), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 .");
}

/* A page without rows that names a next one is not the end. */
static void test_empty_page(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE("", NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(1), NEXT("?PageSize=2&PageToken=c"))},
        {PATH "?PageSize=2&PageToken=c", 200, PAGE("", NEXT("?PageSize=2&PageToken=d"))},
        {PATH "?PageSize=2&PageToken=d", 200, PAGE(M(2), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 .");
}

/* Each next page is a new one, and none has a row. */
static void empty(const client_request *asked, client_answer *answer) {
    char body[400];
    const char *number = strstr(asked->path, "Token=");
    snprintf(body, sizeof body, "{\"messages\":[],\"meta\":{\"next_page_url\":\"" PATH "?PageSize=2&PageToken=%d\"}}",
             number ? atoi(number + 6) + 1 : 1);
    set_body(answer, body);
}

static void test_empty_pages_for_ever(void **state) {
    static const served answers[] = {{NULL, 0, NULL}};
    (void)state;
    answer_of = empty;
    expect(answers, ": the server sends one ");
}

static void test_circles(void **state) {
    static const served one[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2"))},
        {NULL, 0, NULL},
    };
    static const served two[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(2), NEXT("?PageSize=2&PageToken=c"))},
        {PATH "?PageSize=2&PageToken=c", 200, PAGE(M(3), NEXT("?PageSize=2&PageToken=d"))},
        {PATH "?PageSize=2&PageToken=d", 200, PAGE(M(4), NEXT("?PageSize=2&PageToken=b"))},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(one, "messages: GET " PATH "?PageSize=2: the server's next pages go round in a circle");
    expect(two, ": the server's next pages go round in a circle");
}

/* So many pages, which alternate between `around` pages of a row each at new addresses; then an end. */
static int around, pages_in_all;

static void alternate(const client_request *asked, client_answer *answer) {
    char body[500], next[200] = "null";
    const char *token = strstr(asked->path, "Token=");
    int number = token ? atoi(token + 6) : 0;
    if (number + 1 < pages_in_all) {
        snprintf(next, sizeof next, "\"" PATH "?PageSize=2&PageToken=%d\"", number + 1);
    }
    snprintf(body, sizeof body, "{\"messages\":[{\"sid\":\"IM%032x\"}],\"meta\":{\"next_page_url\":%s}}",
             number % around, next);
    set_body(answer, body);
}

/* A circle of pages is not hidden by each having a new address, however long it is. */
static void test_rows_that_go_round(void **state) {
    static const served answers[] = {{NULL, 0, NULL}};
    (void)state;
    answer_of = alternate;
    pages_in_all = INT_MAX;
    for (around = 2; around <= 600; around = around * 4 - 3) {
        expect(answers, ": the server sends one page after another without a new row");
    }
    around = INT_MAX; /* all of them are new */
    pages_in_all = 3000;
    pages = answers;
    look *view = look_open(shared);
    const char *found = rows_of(view);
    look_close(view);
    assert_null(strstr(found, ": "));
}

/* A page that is not there in the middle: rows are missing. On the first page: there is no such list. */
static void test_not_found(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2), NEXT("?PageSize=2&PageToken=b"))},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "messages: GET " PATH "?PageSize=2&PageToken=b: HTTP 404 in the middle of the list: it was deleted "
                    "while being read");
    expect(answers + 1, ".");
}

/* The same where the service was configured: that one must exist. */
static void test_configured_service(void **state) {
    static const served there[] = {
        {"/v1" SERVICE, 200, "{\"sid\":\"IS" DIGITS "\"}"},
        {NULL, 0, NULL},
    };
    (void)state;
    wanted.known_service = "IS" DIGITS;
    expect(there, ".");
    expect(there + 1, "services: GET /v1" SERVICE ": HTTP 404: the configured service does not exist");
}

/* A row that was pushed to the next page while the list was read, and one that is twice on a page, come once. */
static void test_rows_that_shift(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(2) "," M(3), NEXT("?PageSize=2&Page=2"))},
        {PATH "?PageSize=2&Page=2", 200, PAGE(M(3) "," M(4) "," M(4), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 3 4 .");
}

/* The server names a next page that is not the next number: what was asked for by number is not used. */
static void test_guesses_are_checked(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(2), NEXT("?PageSize=2&Page=5"))},
        {PATH "?PageSize=2&Page=2", 200, PAGE(M(9), "null")},
        {PATH "?PageSize=2&Page=5", 200, PAGE(M(3), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 3 .");
    assert_non_null(strstr(seen, "+Messages?PageSize=2&Page=2 "));
}

/* What lies past the end was asked for in vain, and is not missed. */
static void test_guesses_past_the_end(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2&Page=1"))},
        {PATH "?PageSize=2&Page=1", 200, PAGE(M(2), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(answers, "1 2 .");
}

static void test_tokens_are_not_guessed(void **state) {
    (void)state;
    test_pages(state);
    assert_string_equal(seen, "+Messages?PageSize=2 -Messages?PageSize=2 "
                              "+Messages?PageSize=2&PageToken=b -Messages?PageSize=2&PageToken=b "
                              "+Messages?PageSize=2&PageToken=c -Messages?PageSize=2&PageToken=c ");
}

/* ---- pages that name the next one before they have come ---- */

#define EARLY(rows, next) "{\"meta\":{\"next_page_url\":" next "},\"messages\":[" rows "]}"

static const served early[] = {
    {PATH "?PageSize=2", 200, EARLY(M(1) "," M(2), NEXT("?PageSize=2&PageToken=b"))},
    {PATH "?PageSize=2&PageToken=b", 200, EARLY(M(3) "," M(4), NEXT("?PageSize=2&PageToken=c"))},
    {PATH "?PageSize=2&PageToken=c", 200, EARLY(M(5), "null")},
    {NULL, 0, NULL},
};

/* So many bytes of the first page that the next one is known, and no row. */
static const size_t early_half = sizeof "{\"meta\":{\"next_page_url\":" NEXT("?PageSize=2&PageToken=b");

static void test_next_is_asked_for_early(void **state) {
    (void)state;
    halves_at = early_half;
    expect(early, "1 2 3 4 5 .");
    assert_memory_equal(seen,
                        "+Messages?PageSize=2 half Messages?PageSize=2 +Messages?PageSize=2&PageToken=b "
                        "-Messages?PageSize=2 ",
                        100);
}

/* Not where that could be in vain, or more than is allowed. */
static void test_next_is_not_asked_for_early(void **state) {
    static const char patient[] = "+Messages?PageSize=2 half Messages?PageSize=2 -Messages?PageSize=2 ";
    (void)state;
    halves_at = early_half;
    wanted.wanted = 4;
    expect(early, "1 2 3 4 5 .");
    assert_memory_equal(seen, patient, sizeof patient - 1);
    seen[0] = 0;
    wanted.wanted = -1;
    wanted.patience = 1;
    expect(early, "1 2 3 4 5 .");
    assert_memory_equal(seen, patient, sizeof patient - 1);
    seen[0] = 0;
    wanted.patience = 0;
    wanted.order = (feed_order){.relied = true, .has_upper = true, .upper = 2};
    expect(early, "1 2 .");
    assert_string_equal(seen, patient);
    seen[0] = 0;
    wanted.order = (feed_order){0};
    shared->without |= WITHOUT_AHEAD;
    expect(early, "1 2 3 4 5 .");
    shared->without = 0;
    assert_memory_equal(seen, patient, sizeof patient - 1);
}

/*
** The page names one next page, breaks off, and names another one when it is asked for again: its rows come once,
** and then theirs.
*/
static void breaks_off(const client_request *asked, client_answer *answer) {
    bool first = strcmp(asked->path, PATH "?PageSize=2") == 0;
    bool again = first && breaks_left == 0;
    pages = early;
    serve(asked, answer);
    if (again) {
        set_body(answer, EARLY(M(1) "," M(2), NEXT("?PageSize=2&PageToken=c")));
    }
}

static void test_page_that_breaks_off(void **state) {
    (void)state;
    halves_at = early_half;
    breaks_left = 1;
    expect(early, "1 2 3 4 5 .");
    assert_int_equal(breaks_left, 0);
    breaks_left = 1;
    answer_of = breaks_off;
    expect(early, "1 2 5 .");
}

/* A page that says one thing at its beginning and another at its end: what it says last counts. */
static void test_next_is_taken_back(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200,
         "{\"meta\":{\"next_page_url\":" NEXT("?PageSize=2&PageToken=b") "},\"messages\":[" M(
             1) "],"
                "\"meta\":{\"next_page_url\":" NEXT("?PageSize=2&PageToken=c") "}}"},
        {PATH "?PageSize=2&PageToken=b", 200, EARLY(M(9), "null")},
        {PATH "?PageSize=2&PageToken=c", 200, EARLY(M(2), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    halves_at = early_half;
    expect(answers, "1 2 .");
    assert_non_null(strstr(seen, "+Messages?PageSize=2&PageToken=b "));
}

/* A next page elsewhere is no more asked for early than late. */
static void test_early_next_elsewhere(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200,
         EARLY(M(1), "\"https://elsewhere.example" PATH "?PageSize=2&PageToken=b&Padding=x\"")},
        {NULL, 0, NULL},
    };
    (void)state;
    halves_at = early_half + 40;
    expect(answers, ": the server names the next page at ");
    assert_null(strstr(seen, "PageToken=b"));
}

/* A row of another channel or service, and one whose SID would lead elsewhere. */
static void test_rows_of_others(void **state) {
    static const served channel[] = {
        {PATH "?PageSize=2", 200, PAGE("{\"sid\":\"IM" ZEROS "1\",\"channel_sid\":\"CHx\"}", "null")},
        {NULL, 0, NULL},
    };
    static const served service[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) ",{\"sid\":\"IM" ZEROS "2\",\"service_sid\":17}", "null")},
        {NULL, 0, NULL},
    };
    static const served second[] = {
        {PATH "?PageSize=2", 200,
         PAGE("{\"sid\":\"IM" ZEROS "1\",\"channel_sid\":\"CH" DIGITS "\"},{\"sid\":\"IM" ZEROS
              "2\",\"channel_sid\":\"CH" DIGITS "\"},{\"sid\":\"IM" ZEROS "3\",\"channel_sid\":\"CHx\"}",
              "null")},
        {NULL, 0, NULL},
    };
    static const served path[] = {
        {PATH "?PageSize=2", 200, PAGE("{\"sid\":\"../x\"}", "null")},
        {NULL, 0, NULL},
    };
    static const served short_one[] = {{PATH "?PageSize=2", 200, PAGE("{\"sid\":\"IM1\"}", "null")}, {NULL, 0, NULL}};
    static const served kind[] = {
        {PATH "?PageSize=2", 200, PAGE("{\"sid\":\"CH" DIGITS "\"}", "null")},
        {NULL, 0, NULL},
    };
    static const served fine[] = {
        {PATH "?PageSize=2", 200,
         PAGE("{\"sid\":\"IM" ZEROS "1\",\"channel_sid\":\"CH" DIGITS "\",\"service_sid\":\"IS" DIGITS "\"}", "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    expect(channel, ": the answer holds a row of another parent");
    expect(service, ": the answer holds a row of another parent");
    expect(second, ": the answer holds a row of another parent");
    expect(path, ": the answer holds a row whose SID is not one");
    expect(short_one, ": the answer holds a row whose SID is not one");
    expect(kind, ": the answer holds a row whose SID is not one");
    expect(fine, "1 .");
}

/* One resource is asked for, and another is in the answer: of another SID, name or parent. */
static void test_another_resource(void **state) {
#define SINGLE(sid, more)                                                                                              \
    {PATH "/IM" DIGITS, 200, "{\"sid\":\"IM" ZEROS sid "\"" more "}"}, {                                               \
        NULL, 0, NULL                                                                                                  \
    }
#define USER(segment, identity)                                                                                        \
    {"/v2" SERVICE "/Users/" segment, 200, "{\"sid\":\"US" DIGITS "\"" identity "}"}, {                                \
        NULL, 0, NULL                                                                                                  \
    }
    static const served right[] = {SINGLE("1", ",\"channel_sid\":\"CH" DIGITS "\"")}, other[] = {SINGLE("2", "")},
                        elsewhere[] = {SINGLE("1", ",\"channel_sid\":\"CH" ZEROS "2\"")},
                        named[] = {USER("Al%2Fi", ",\"identity\":\"aL/i\"")},
                        misnamed[] = {USER("Al%2Fi", ",\"identity\":\"Al/ice\"")}, unnamed[] = {USER("Al%2Fi", "")};
    (void)state;
    wanted.segment = "IM" DIGITS;
    expect(right, "1 .");
    expect(other, "messages: GET " PATH "/IM" DIGITS ": the answer is of another resource");
    expect(elsewhere, ": the answer is of another resource");
    wanted = (feed_target){.resource = named_resource("users"),
                           .version = CATALOG_V2,
                           .base = SERVICE "/Users",
                           .segment = "Al%2Fi",
                           .query = "",
                           .wanted = -1};
    expect(named, "US" DIGITS " .");
    expect(misnamed, ": the answer is of another resource");
    expect(unnamed, ": the answer is of another resource");
}

static void test_other_successes(void **state) {
    static const served created[] = {{PATH "?PageSize=2", 201, PAGE(M(1), "null")}, {NULL, 0, NULL}};
    static const served none[] = {{PATH "?PageSize=2", 204, ""}, {NULL, 0, NULL}};
    (void)state;
    expect(created, ": HTTP 201 is not the answer of a read");
    expect(none, ": HTTP 204 is not the answer of a read");
}

/* ---- the order, where it is relied on ---- */

static void test_order_is_checked(void **state) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(3) "," M(2), "null")},
        {NULL, 0, NULL},
    };
    static const served across[] = {
        {PATH "?PageSize=2", 200, PAGE(M(5) "," M(4), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(6), "null")},
        {NULL, 0, NULL},
    };
    static const served nowhere[] = {
        {PATH "?PageSize=2", 200, PAGE("{\"sid\":\"IM" ZEROS "1\",\"index\":null}", "null")},
        {NULL, 0, NULL},
    };
    static const served backward[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2) "," M(3), "null")},
        {NULL, 0, NULL},
    };
    (void)state;
    rely(false);
    expect(answers, ": the rows do not come in the order that was asked for");
    /* Also where the walk would stop at the page's first row: the wanted ones come after it. */
    rely(true);
    wanted.order.has_lower = true;
    wanted.order.lower = 2;
    expect(backward, ": the rows do not come in the order that was asked for");
    wanted.order.has_lower = false;
    rely(false);
    expect(nowhere, ": the answer holds a row without its place in the order");
    rely(true);
    expect(across, ": the rows do not come in the order that was asked for");
    wanted.order.relied = false;
    expect(answers, "1 3 2 .");
}

/* From the newest row on, a page of one row with more behind it shows no order: the page behind it does. */
static void test_order_of_one_row(void **state) {
    static const served ignored[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(2) "," M(3), "null")},
        {NULL, 0, NULL},
    };
    static const served kept[] = {
        {PATH "?PageSize=2", 200, PAGE(M(3), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(2) "," M(1), "null")},
        {NULL, 0, NULL},
    };
    static const served one[] = {{PATH "?PageSize=2", 200, PAGE(M(1), "null")}, {NULL, 0, NULL}};
    static const served broken[] = {
        {PATH "?PageSize=2", 200, PAGE(M(3), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, "none"},
        {NULL, 0, NULL},
    };
    (void)state;
    rely(true);
    wanted.order.has_lower = true;
    wanted.order.lower = 2;
    expect(ignored, ": the rows do not come in the order that was asked for");
    expect(kept, "3 2 .");
    expect(one, ".");
    expect(broken, ": the answer is not valid JSON");
    wanted.order.from_newest = true;
    wanted.order.other_query = "PageSize=2&Order=asc";
    expect(ignored, ": the rows do not come in the order that was asked for");
}

/* The walk ends at the bound: neither a row sooner nor a page later. */
static void test_bounds(void **state) {
    static const served ascending[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(3) "," M(4), NEXT("?PageSize=2&PageToken=c"))},
        {PATH "?PageSize=2&PageToken=c", 200, PAGE(M(5) "," M(6), NEXT("?PageSize=2&PageToken=d"))},
        {NULL, 0, NULL},
    };
    static const served descending[] = {
        {PATH "?PageSize=2", 200, PAGE(M(6) "," M(5), NEXT("?PageSize=2&PageToken=b"))},
        {PATH "?PageSize=2&PageToken=b", 200, PAGE(M(4) "," M(3), NEXT("?PageSize=2&PageToken=c"))},
        {NULL, 0, NULL},
    };
    (void)state;
    rely(false);
    wanted.order.has_upper = true;
    wanted.order.upper = 4;
    expect(ascending, "1 2 3 4 .");
    assert_null(strstr(seen, "PageToken=d"));
    wanted.order.upper = 5;
    expect(ascending, "1 2 3 4 5 .");
    wanted.order.has_lower = true;
    wanted.order.lower = 2;
    expect(ascending, "2 3 4 5 .");
    rely(true);
    wanted.order.lower = 3;
    expect(descending, "5 4 3 .");
}

static void serve_and_move(const client_request *asked, client_answer *answer) {
    error problem = {0};
    serve(asked, answer);
    settings_set(&shared->settings, SETTING_URL, "https://other.example", &problem);
    assert_false(error_is_set(&problem));
}

/* The server is changed while a page comes: that one's next page is not there, and the server not to blame for it. */
static void test_another_server(void **state) {
    static const served list[] = {{PATH "?PageSize=2", 200, PAGE(M(1), NEXT("?PageSize=2&Page=1"))},
                                  {PATH "?PageSize=2&Page=1", 200, PAGE(M(2), "null")},
                                  {NULL, 0, NULL}};
    (void)state;
    answer_of = serve_and_move;
    expect(list,
           "messages: GET " PATH "?PageSize=2: the server or the credentials were changed (in chat_settings) while "
           "this statement was running: run it again");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pages, begin, end),
        cmocka_unit_test_setup_teardown(test_one_page_repeats, begin, end),
        cmocka_unit_test_setup_teardown(test_empty_page, begin, end),
        cmocka_unit_test_setup_teardown(test_empty_pages_for_ever, begin, end),
        cmocka_unit_test_setup_teardown(test_circles, begin, end),
        cmocka_unit_test_setup_teardown(test_rows_that_go_round, begin, end),
        cmocka_unit_test_setup_teardown(test_not_found, begin, end),
        cmocka_unit_test_setup_teardown(test_configured_service, begin, end),
        cmocka_unit_test_setup_teardown(test_rows_that_shift, begin, end),
        cmocka_unit_test_setup_teardown(test_guesses_are_checked, begin, end),
        cmocka_unit_test_setup_teardown(test_guesses_past_the_end, begin, end),
        cmocka_unit_test_setup_teardown(test_next_is_asked_for_early, begin, end),
        cmocka_unit_test_setup_teardown(test_next_is_not_asked_for_early, begin, end),
        cmocka_unit_test_setup_teardown(test_page_that_breaks_off, begin, end),
        cmocka_unit_test_setup_teardown(test_next_is_taken_back, begin, end),
        cmocka_unit_test_setup_teardown(test_early_next_elsewhere, begin, end),
        cmocka_unit_test_setup_teardown(test_tokens_are_not_guessed, begin, end),
        cmocka_unit_test_setup_teardown(test_rows_of_others, begin, end),
        cmocka_unit_test_setup_teardown(test_another_resource, begin, end),
        cmocka_unit_test_setup_teardown(test_other_successes, begin, end),
        cmocka_unit_test_setup_teardown(test_order_is_checked, begin, end),
        cmocka_unit_test_setup_teardown(test_order_of_one_row, begin, end),
        cmocka_unit_test_setup_teardown(test_bounds, begin, end),
        cmocka_unit_test_setup_teardown(test_another_server, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
