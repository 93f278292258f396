/*
** Answers whose bodies are taken as they come: each attempt begins anew, what is worth going on with ends a wait,
** and an interrupt is seen however many bytes there are at once.
*/
#include "unit/fake_transport.h"

enum { PIECE = 16 * 1024, MOST_UNASKED = 512 * 1024 };

static int begun;    /* attempts that whoever takes knows of */
static size_t taken; /* bytes of the one that is under way */
static bool news;    /* ... are worth going on with */
static bool is_interrupted;
static size_t given; /* bytes that the transport has handed on */

static void on_begin(void *context) {
    *(int *)context += 1;
    taken = 0;
}

static bool on_take(void *context, const char *bytes, size_t length) {
    (void)context;
    (void)bytes;
    taken += length;
    return news;
}

static bool interrupted(void *context) {
    (void)context;
    return is_interrupted;
}

static client *make_client_that(bool (*is_stopped)(void *)) {
    client *made = client_new(is_stopped, NULL);
    client_config config = {.endpoints[0].origin = "https://chat.example",
                            .endpoints[0].user = "SK0",
                            .endpoints[0].password = "0",
                            .timeout_ms = 30000,
                            .max_retries = 5,
                            .max_concurrency = 16,
                            .request_log = 10};
    assert_int_equal(client_configure(made, &config), 0);
    attempts = begun = 0;
    taken = given = 0;
    now_ms = 1000;
    news = is_interrupted = false;
    while_driving = NULL;
    return made;
}

static client *make_client(void) {
    return make_client_that(interrupted);
}

static client_request *start(client *asked, error *problem) {
    client_call call = {
        .method = "GET", .path = "/v1/Services", .table_name = "services", .taker = {on_begin, on_take, &begun}};
    client_request *request = client_start(asked, &call, problem);
    assert_non_null(request);
    return request;
}

/* Hands bytes to whoever takes those of the first transfer. False: no more of them. */
static bool give(transport *loop, size_t length) {
    static const char bytes[PIECE];
    given += length;
    return loop->running[0]->take(loop->running[0]->context, bytes, length);
}

static void fine(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 200;
}

static void lost_twice(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    result->status = number > 2 ? 200 : 0;
    result->outcome = number > 2 ? RETRY_RESPONSE : RETRY_LOST;
}

static void give_a_little(transport *loop) {
    if (loop->count > 0) {
        assert_true(give(loop, 10));
    }
}

static void test_each_attempt_begins_anew(void **state) {
    (void)state;
    client *asked = make_client();
    answer_of = lost_twice;
    while_driving = give_a_little;
    error problem = {0};
    client_request *request = start(asked, &problem);
    while (!client_is_done(request)) {
        client_wait(asked, &problem);
    }
    assert_int_equal(client_answer_of(request)->outcome, CLIENT_OK);
    assert_int_equal(attempts, 3);
    assert_int_equal(begun, 3);
    assert_int_equal(given, 30);
    assert_int_equal(taken, 10);
    client_release(asked, request);
    client_free(asked);
}

static int drives;

/* A byte now and then, for a long time. */
static void give_slowly(transport *loop) {
    if (loop->count > 0 && ++drives < 50) {
        loop->running[0]->due_ms = now_ms + 1000;
        assert_true(give(loop, 1));
    }
}

static void test_news_end_a_wait(void **state) {
    (void)state;
    client *asked = make_client();
    answer_of = fine;
    while_driving = give_slowly;
    error problem = {0};
    client_request *request = start(asked, &problem);
    news = true;
    for (int waits = 1; waits <= 3; waits++) {
        client_wait(asked, &problem);
        assert_false(client_is_done(request));
        assert_int_equal(drives, waits);
    }
    news = false; /* more of what is known */
    client_wait(asked, &problem);
    assert_true(client_is_done(request));
    assert_true(drives >= 50);
    client_release(asked, request);
    client_free(asked);
}

/* All that is at hand: the transport does not come back between two pieces. */
static void give_very_much(transport *loop) {
    size_t since = 0;
    is_interrupted = given >= 3 * MOST_UNASKED;
    while (loop->count > 0 && given < 100 * MOST_UNASKED && give(loop, PIECE)) {
        is_interrupted = given >= 3 * MOST_UNASKED;
        since = is_interrupted ? since + PIECE : 0;
        assert_true(since <= MOST_UNASKED + PIECE);
    }
}

static void test_an_interrupt_is_seen_among_bytes(void **state) {
    (void)state;
    client *asked = make_client();
    answer_of = fine;
    while_driving = give_very_much;
    error problem = {0};
    client_request *request = start(asked, &problem);
    client_poll(asked, &problem);
    assert_in_range(given, 3 * MOST_UNASKED, 4 * MOST_UNASKED + PIECE);
    assert_int_equal(problem.rc, SQLITE_INTERRUPT);
    error_clear(&problem);
    while_driving = NULL;
    client_wait(asked, &problem);
    assert_int_equal(problem.rc, SQLITE_INTERRUPT);
    error_clear(&problem);
    client_release(asked, request);
    client_free(asked);
}

static bool told;

/* As a progress handler that stops what runs now, and not what comes after. */
static bool interrupted_once(void *context) {
    (void)context;
    bool stop = given > 0 && !told;
    told = told || stop;
    return stop;
}

static void give_all_of_it(transport *loop) {
    while (loop->count > 0 && given < 4 * MOST_UNASKED && give(loop, PIECE)) {
    }
}

static void test_an_interrupt_that_is_told_once(void **state) {
    (void)state;
    client *asked = make_client_that(interrupted_once);
    answer_of = fine;
    while_driving = give_all_of_it;
    told = false;
    error problem = {0};
    client_request *request = start(asked, &problem);
    client_wait(asked, &problem);
    assert_int_equal(problem.rc, SQLITE_INTERRUPT);
    assert_in_range(given, MOST_UNASKED, MOST_UNASKED + PIECE);
    error_clear(&problem);
    client_release(asked, request);
    client_free(asked);
}

static void test_nobody_takes(void **state) {
    (void)state;
    client *asked = make_client();
    answer_of = fine;
    error problem = {0};
    client_call call = {.method = "GET", .path = "/v1/Services", .table_name = "services"};
    client_request *request = client_start(asked, &call, &problem);
    assert_null(last_call.take);
    client_release(asked, request);
    client_free(asked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_attempt_begins_anew),
        cmocka_unit_test(test_news_end_a_wait),
        cmocka_unit_test(test_an_interrupt_is_seen_among_bytes),
        cmocka_unit_test(test_an_interrupt_that_is_told_once),
        cmocka_unit_test(test_nobody_takes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
