/*
** What has left this machine and what has not: a request that never did is told from one that was refused, or whose answer
** never came. The transport is a fake one.
*/
#include "unit/fake_transport.h"

static transport_result ends[4]; /* how the attempts end, one after another */

static void as_planned(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    *result = ends[number - 1];
}

static bool never(void *context) {
    (void)context;
    return false;
}

static client *asked;

static int begin(void **state) {
    (void)state;
    client_config config = {.endpoints[0].origin = "https://chat.example",
                            .endpoints[0].user = "SK0",
                            .endpoints[0].password = "0",
                            .timeout_ms = 30000,
                            .max_retries = 3,
                            .max_concurrency = 2,
                            .request_log = 10};
    asked = client_new(never, NULL);
    answer_of = as_planned;
    attempts = 0;
    now_ms = 1000;
    return !asked || client_configure(asked, &config) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    client_free(asked);
    return 0;
}

static const transport_result unconnected = {.outcome = RETRY_NOT_SENT, .problem = "connection refused"},
                              distrusted = {.outcome = RETRY_HOPELESS, .problem = "its certificate is another's"},
                              too_large = {.outcome = RETRY_HOPELESS,
                                           .sent = true,
                                           .problem = "the answer is too large"},
                              lost = {.outcome = RETRY_LOST, .sent = true, .problem = "reset"},
                              limited = {.status = 429}, refused = {.status = 400}, down = {.status = 503};

static client_request *post(allowance *allowed) {
    error problem = {0};
    client_call call = {.method = "POST", .path = "/v1/1", .table_name = "messages", .body = "a", .allowed = allowed};
    client_request *request = client_start(asked, &call, &problem);
    assert_non_null(request);
    return request;
}

static void finish(client_request *request) {
    error problem = {0};
    while (!client_is_done(request)) {
        client_wait(asked, &problem);
        assert_false(error_is_set(&problem));
    }
}

static void test_answers(void **state) {
    const struct {
        transport_result ends[4];
        int64_t allowed; /* attempts; 0: any number */
        bool unsent, uncertain;
    } cases[] = {{{unconnected, unconnected, unconnected, unconnected}, 0, true, false},
                 {{unconnected, unconnected}, 2, true, false},
                 {{distrusted}, 0, true, false},
                 {{too_large}, 0, false, true},
                 {{refused}, 0, false, false},
                 {{down}, 0, false, true},
                 {{lost}, 0, false, true},
                 {{unconnected, refused}, 0, false, false},
                 {{limited, unconnected, unconnected, unconnected}, 0, false, false},
                 {{limited}, 1, false, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        allowance *allowed = allowance_new(cases[i].allowed);
        memcpy(ends, cases[i].ends, sizeof ends);
        attempts = 0;
        client_request *request = post(allowed);
        finish(request);
        assert_int_equal(client_answer_of(request)->outcome, CLIENT_FAILED);
        assert_int_equal(client_answer_of(request)->unsent, cases[i].unsent);
        assert_int_equal(client_answer_of(request)->uncertain, cases[i].uncertain);
        client_release(asked, request);
        allowance_drop(allowed);
    }
}

/* Others have used up what the statement may ask for: those that wait for a place are never begun. */
static void test_not_begun(void **state) {
    (void)state;
    allowance *allowed = allowance_new(2);
    ends[0] = ends[1] = limited;
    client_request *requests[3];
    for (int i = 0; i < 3; i++) {
        requests[i] = post(allowed);
    }
    for (int i = 0; i < 3; i++) {
        finish(requests[i]);
        assert_int_equal(client_answer_of(requests[i])->unsent, i == 2);
        client_release(asked, requests[i]);
    }
    assert_int_equal(attempts, 2);
    allowance_drop(allowed);
}

/* Under way: the server may have acted on what has left, not on what is still being connected. */
static void test_under_way(void **state) {
    (void)state;
    for (int sent = 0; sent < 2; sent++) {
        error problem = {0};
        attempts = 0;
        ends[0] = (transport_result){.outcome = RETRY_LOST, .sent = sent};
        client_request *request = post(NULL);
        client_pause(asked, LATENCY_MS / 2, &problem);
        assert_false(client_is_done(request));
        assert_int_equal(client_may_have_acted(request), sent);
        client_release(asked, request);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_answers, begin, end),
        cmocka_unit_test_setup_teardown(test_not_begun, begin, end),
        cmocka_unit_test_setup_teardown(test_under_way, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
