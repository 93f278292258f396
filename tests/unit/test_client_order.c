/* In which order requests leave that wait for a place. */
#include "unit/fake_transport.h"

static void fine(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 200;
}

static bool never(void *context) {
    (void)context;
    return false;
}

static client *make_client(void) {
    client *made = client_new(never, NULL);
    client_config config = {.endpoints[0].origin = "https://chat.example",
                            .endpoints[0].user = "SK0",
                            .endpoints[0].password = "0",
                            .endpoints[0].credential_names = "",
                            .timeout_ms = 30000,
                            .max_concurrency = 1,
                            .request_log = 100};
    assert_int_equal(client_configure(made, &config), 0);
    answer_of = fine;
    now_ms = 1000;
    return made;
}

/*
** What they are asked for, a letter each, those of further pages in capitals, of lists of a service as digits; the order in which
** they leave.
*/
static void expect_order(const char *asked_for, const char *order) {
    enum { MOST = 10 };
    client *asked = make_client();
    client_request *requests[MOST];
    error problem = {0};
    size_t count = strlen(asked_for);
    for (size_t i = 0; i < count; i++) {
        char path[] = {'/', asked_for[i], 0};
        client_call call = {.method = "GET", .path = path, .table_name = "channels"};
        call.precedence = asked_for[i] <= '9' ? 2 : asked_for[i] <= 'Z' ? 1 : 0;
        requests[i] = client_start(asked, &call, &problem);
        assert_non_null(requests[i]);
    }
    for (size_t i = 0; i < count; i++) {
        while (!client_is_done(requests[i])) {
            client_wait(asked, &problem);
        }
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(request_log_find(client_log(asked), (int64_t)i + 1)->path[1], order[i]);
    }
    for (size_t i = 0; i < count; i++) {
        client_release(asked, requests[i]);
    }
    assert_int_equal(client_running(asked), 0);
    client_free(asked);
}

/* "a" leaves at once, the others wait for its place. */
static void test_first_pages_keep_their_order(void **state) {
    (void)state;
    expect_order("abcd", "abcd");
}

/* They leave before first ones, but for the one that has waited longest, and behind their kind. */
static void test_further_pages_leave_before_them(void **state) {
    (void)state;
    expect_order("abcDE", "abDEc");
    expect_order("abDcEd", "abDEcd");
    expect_order("aBcD", "aBDc");
    expect_order("aB", "aB");
    expect_order("A", "A");
}

/* Those of a service's lists before them. */
static void test_further_pages_of_few_lists_leave_first(void **state) {
    (void)state;
    expect_order("abcD1", "ab1Dc");
    expect_order("abC1D2e", "ab12CDe");
    expect_order("aB1", "aB1");
    expect_order("a1B", "a1B");
    expect_order("ab1C2", "ab12C");
}

/* A place that has fallen free is not given away before it is known what else is asked for at that time. */
static void test_the_place_is_for_the_one_that_comes(void **state) {
    (void)state;
    client *asked = make_client();
    client_request *requests[5];
    error problem = {0};
    const char letters[] = "abcdE", order[] = "abEcd";
    for (int i = 0; i < 5; i++) {
        char path[] = {'/', letters[i], 0};
        client_call call = {.method = "GET", .path = path, .table_name = "channels", .precedence = letters[i] == 'E'};
        if (i == 3) {
            while (!client_is_done(requests[0])) {
                client_wait(asked, &problem);
            }
        }
        requests[i] = client_start(asked, &call, &problem);
        assert_non_null(requests[i]);
        assert_int_equal(client_was_sent(requests[i]), i == 0);
    }
    assert_false(client_was_sent(requests[1]));
    for (int i = 0; i < 5; i++) {
        while (!client_is_done(requests[i])) {
            client_wait(asked, &problem);
        }
    }
    for (int i = 0; i < 5; i++) {
        assert_int_equal(request_log_find(client_log(asked), i + 1)->path[1], order[i]);
        client_release(asked, requests[i]);
    }
    client_free(asked);
}

/* Without anybody waiting: the place that falls free while rows are read is taken as it falls free. */
static void test_a_free_place_is_taken(void **state) {
    (void)state;
    client *asked = make_client();
    error problem = {0};
    client_request *requests[3];
    for (size_t i = 0; i < 3; i++) {
        client_call call = {.method = "GET", .path = "/a", .table_name = "channels"};
        requests[i] = client_start(asked, &call, &problem);
        assert_non_null(requests[i]);
    }
    assert_false(client_was_sent(requests[1]));
    now_ms += LATENCY_MS;
    client_poll(asked, &problem);
    assert_true(client_is_done(requests[0]));
    assert_true(client_was_sent(requests[1]));
    assert_false(client_was_sent(requests[2]));
    now_ms += LATENCY_MS;
    client_poll(asked, &problem);
    assert_true(client_was_sent(requests[2]));
    for (size_t i = 0; i < 3; i++) {
        client_release(asked, requests[i]);
    }
    client_free(asked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_pages_keep_their_order),
        cmocka_unit_test(test_further_pages_leave_before_them),
        cmocka_unit_test(test_further_pages_of_few_lists_leave_first),
        cmocka_unit_test(test_the_place_is_for_the_one_that_comes),
        cmocka_unit_test(test_a_free_place_is_taken),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
