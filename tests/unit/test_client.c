/*
** The client's policy over whole statements: how often it asks, how long it waits, when it gives up. Transport and
** clock are this file's own, so hours of waiting take no time.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/fake_transport.h"

/* ---- servers ---- */

static void always_503(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 503;
}

static void always_429(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 429;
}

static void never_there(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->outcome = RETRY_NOT_SENT;
    snprintf(result->problem, sizeof result->problem, "connection refused");
}

static void every_fourth_503(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    result->status = number % 4 == 0 ? 503 : 200;
}

static void fine_after_an_hour(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = now_ms >= 3600000 ? 200 : 429;
    snprintf(result->retry_after, sizeof result->retry_after, "100");
}

/* Down from half a second on, for two. */
static void down_for_two_seconds(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = now_ms < 1500 || now_ms >= 3500 ? 200 : 503;
}

static void later_than_anybody_waits(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 429;
    snprintf(result->retry_after, sizeof result->retry_after, "86400");
}

/* The first origin's limit is reached for good, or it is down; the others are fine. */
static void first_limited(const transfer *asked, int number, transport_result *result) {
    (void)number;
    result->status = strncmp(asked->url, "https://chat.example", 20) == 0 ? 429 : 200;
    snprintf(result->retry_after, sizeof result->retry_after, "100");
}

static void first_down(const transfer *asked, int number, transport_result *result) {
    (void)number;
    result->status = strncmp(asked->url, "https://chat.example", 20) == 0 ? 503 : 200;
}

/* How every attempt ends that is made for test_an_end_is_told. */
static transport_result planned;
static const char *planned_body;

static void as_planned(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    *result = planned;
    buffer_init(&result->body, 1000);
    buffer_text(&result->body, planned_body);
}

/* How the last attempts at a DELETE are answered whose first was lost. */
static int refused_with;
static const char *refused_body;

static void lost_and_refused(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    result->outcome = number == 1 ? RETRY_LOST : RETRY_RESPONSE;
    result->status = number == 1 ? 0 : refused_with;
    buffer_init(&result->body, 1000);
    buffer_text(&result->body, number == 1 ? "" : refused_body);
}

/* ---- a statement that asks for many lists ---- */

typedef struct outcome {
    int ok, failed, dropped;
    char message[300]; /* of the last that failed */
} outcome;

static bool never(void *context) {
    (void)context;
    return false;
}

static client *make_client(int max_retries) {
    client *made = client_new(never, NULL);
    client_config config = {.endpoints[0].origin = "https://chat.example",
                            .endpoints[0].user = "SK0",
                            .endpoints[0].password = "0",
                            .endpoints[0].credential_names = "",
                            .endpoints[1].origin = "https://conversations.example",
                            .endpoints[1].user = "SK1",
                            .endpoints[1].password = "secret-1",
                            .endpoints[2].origin = "https://media.example",
                            .timeout_ms = 30000,
                            .max_retries = max_retries,
                            .max_concurrency = 16,
                            .request_log = 10};
    assert_int_equal(client_configure(made, &config), 0);
    attempts = most_at_once = 0;
    now_ms = 1000;
    return made;
}

/* Asks for `count` lists at once with one budget (or none), and waits for all. */
static outcome ask(client *asked, const char *method, int count, retry_budget *budget) {
    outcome seen = {0};
    client_request **requests = calloc((size_t)count, sizeof(client_request *));
    for (int i = 0; i < count; i++) {
        error problem = {0};
        char path[40];
        snprintf(path, sizeof path, "/v1/%d", i);
        client_call call = {.method = method, .path = path, .table_name = "channels", .budget = budget};
        requests[i] = client_start(asked, &call, &problem);
        assert_non_null(requests[i]);
    }
    for (int i = 0; i < count; i++) {
        error problem = {0};
        while (!client_is_done(requests[i])) {
            client_wait(asked, &problem);
            assert_false(error_is_set(&problem));
        }
        const client_answer *answer = client_answer_of(requests[i]);
        seen.ok += answer->outcome == CLIENT_OK;
        seen.failed += answer->outcome != CLIENT_OK;
        seen.dropped += answer->outcome != CLIENT_OK && !client_was_sent(requests[i]);
        if (answer->outcome != CLIENT_OK) {
            snprintf(seen.message, sizeof seen.message, "%s", answer->message);
        }
        client_release(asked, requests[i]);
    }
    free(requests);
    return seen;
}

/* ---- tests ---- */

static void test_one_request_has_all_its_attempts(void **state) {
    (void)state;
    for (int max = 0; max <= 8; max++) {
        client *asked = make_client(max);
        retry_budget budget = {0};
        answer_of = always_503;
        outcome seen = ask(asked, "GET", 1, &budget);
        assert_int_equal(seen.failed, 1);
        assert_int_equal(attempts, max + 1);
        assert_null(strstr(seen.message, "this statement"));
        client_free(asked);
    }
}

/* A thousand lists of a server that is down: some thirty attempts, not 6000. */
static void test_a_dead_server_is_noticed(void **state) {
    static server *const servers[] = {always_503, never_there};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        client *asked = make_client(5);
        retry_budget budget = {0};
        answer_of = servers[i];
        outcome seen = ask(asked, "GET", 1000, &budget);
        assert_int_equal(seen.failed, 1000);
        assert_in_range(attempts, 16, 16 + 15 + 16);
        assert_in_range(seen.dropped, 1000 - 32, 1000 - 16);
        assert_int_equal(budget.spent, 15);
        assert_non_null(strstr(seen.message, "too many requests of this statement have failed"));
        client_free(asked);
    }
}

/* An outage costs those under way one attempt, and one request at a time asks whether it is over. */
static void test_an_outage_is_waited_out(void **state) {
    (void)state;
    client *asked = make_client(8);
    retry_budget budget = {0};
    answer_of = down_for_two_seconds;
    outcome seen = ask(asked, "GET", 3000, &budget);
    assert_int_equal(seen.ok, 3000);
    assert_in_range(attempts, 3000 + 17, 3000 + 16 + 8);
    client_free(asked);
}

/* The next statement begins anew. */
static void test_a_budget_is_one_statement_s(void **state) {
    (void)state;
    client *asked = make_client(5);
    retry_budget first = {0}, second = {0};
    answer_of = always_503;
    ask(asked, "GET", 100, &first);
    attempts = 0;
    ask(asked, "GET", 1, &second);
    assert_int_equal(attempts, 6);
    client_free(asked);
}

/* A server that fails now and then is never given up on, however much is read: successes earn repetitions. */
static void test_successes_earn_repetitions(void **state) {
    (void)state;
    /* With five repetitions the jitter lets one request in some hundred thousand meet all its failures in a row. */
    client *asked = make_client(20);
    retry_budget budget = {0};
    answer_of = every_fourth_503;
    outcome seen = ask(asked, "GET", 3000, &budget);
    assert_int_equal(seen.ok, 3000);
    assert_int_equal(attempts, 3000 + 999);
    client_free(asked);
}

/* A POST that a server may have seen is not repeated, and costs the statement nothing. */
static void test_a_post_is_not_repeated(void **state) {
    (void)state;
    client *asked = make_client(5);
    retry_budget budget = {0};
    answer_of = always_503;
    outcome seen = ask(asked, "POST", 10, &budget);
    assert_int_equal(seen.failed, 10);
    assert_int_equal(attempts, 10);
    assert_int_equal(budget.spent, 0);
    client_free(asked);
}

/* What was lost may have been done, however its repetition is refused. */
static void test_a_refusal_does_not_undo_a_loss(void **state) {
    const struct {
        int status;
        const char *body;
        int64_t allowed; /* attempts; 0: any number */
        bool uncertain;
        client_outcome outcome;
    } cases[] = {{400, "", 0, true, CLIENT_FAILED},
                 {401, "", 0, true, CLIENT_FAILED},
                 {404, "", 0, true, CLIENT_FAILED},
                 {404, "{\"code\":20404,\"message\":\"gone\",\"status\":404}", 0, true, CLIENT_NOT_FOUND},
                 {409, "", 0, true, CLIENT_FAILED},
                 {409, "{\"code\":50300,\"message\":\"there\",\"status\":409}", 0, true, CLIENT_FAILED},
                 {400, "{\"code\":50212,\"message\":\"there\",\"status\":400}", 0, true, CLIENT_FAILED},
                 {410, "", 0, true, CLIENT_FAILED},
                 {429, "", 0, true, CLIENT_FAILED},
                 {429, "", 2, true, CLIENT_FAILED},
                 {204, "", 0, false, CLIENT_OK}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error problem = {0};
        client *asked = make_client(2);
        allowance *allowed = allowance_new(cases[i].allowed);
        client_call call = {.method = "DELETE", .path = "/v1/1", .table_name = "channels", .allowed = allowed};
        answer_of = lost_and_refused;
        refused_with = cases[i].status;
        refused_body = cases[i].body;
        client_request *request = client_start(asked, &call, &problem);
        while (!client_is_done(request)) {
            client_wait(asked, &problem);
            assert_false(error_is_set(&problem));
        }
        assert_int_equal(client_answer_of(request)->outcome, cases[i].outcome);
        assert_int_equal(client_answer_of(request)->uncertain, cases[i].uncertain);
        /* That something is there already is the API's word, as that it is not. */
        assert_int_equal(client_answer_of(request)->rejected,
                         (cases[i].status == 409 || cases[i].status == 400) && cases[i].body[0]);
        client_release(asked, request);
        allowance_drop(allowed);
        client_free(asked);
    }
}

/* 429 is an answer: it narrows what runs at once, and each request has its own attempts. */
static void test_a_limit_costs_nothing(void **state) {
    (void)state;
    client *asked = make_client(5);
    retry_budget budget = {0};
    answer_of = always_429;
    outcome seen = ask(asked, "GET", 100, &budget);
    assert_int_equal(seen.failed, 100);
    assert_int_equal(attempts, 600);
    assert_int_equal(budget.spent, 0);
    assert_int_equal(most_at_once, 16);
    client_free(asked);
}

static void test_retry_after_is_waited_for(void **state) {
    (void)state;
    client *asked = make_client(50);
    answer_of = fine_after_an_hour;
    outcome seen = ask(asked, "POST", 1, NULL);
    assert_int_equal(seen.ok, 1);
    /* At least 100 s between attempts, and at most 20 s more. */
    assert_in_range(attempts, 3600 / 120, 3600 / 100 + 1);
    client_free(asked);

    asked = make_client(50);
    answer_of = later_than_anybody_waits;
    seen = ask(asked, "GET", 1, NULL);
    assert_int_equal(seen.failed, 1);
    assert_int_equal(attempts, 1);
    assert_true(now_ms < 2000);
    assert_non_null(strstr(seen.message, "; the service says to come back in 86400 s, more than the 120"));
    client_free(asked);
}

/* An interrupt is seen within CLIENT_TICK_MS, also during a wait of minutes. */
static int64_t interrupt_at;

static bool interrupted(void *context) {
    (void)context;
    return now_ms >= interrupt_at;
}

static void test_an_interrupt_ends_a_wait(void **state) {
    (void)state;
    client *asked = client_new(interrupted, NULL);
    client_config config = {.endpoints[0].origin = "https://chat.example",
                            .endpoints[0].user = "SK0",
                            .endpoints[0].password = "0",
                            .timeout_ms = 30000,
                            .max_retries = 5,
                            .max_concurrency = 16,
                            .request_log = 10};
    client_configure(asked, &config);
    now_ms = 1000;
    interrupt_at = 31000;
    answer_of = fine_after_an_hour;
    error problem = {0};
    client_call call = {.method = "GET", .path = "/v1/Services", .table_name = "services"};
    client_request *request = client_start(asked, &call, &problem);
    while (!error_is_set(&problem)) {
        assert_false(client_is_done(request));
        client_wait(asked, &problem);
    }
    assert_int_equal(problem.rc, 9 /* SQLITE_INTERRUPT */);
    assert_in_range(now_ms, 31000, 31060);
    assert_false(client_may_have_acted(request));
    error_clear(&problem);
    client_release(asked, request);
    client_free(asked);
}

/* ---- several origins ---- */

enum { EACH = 40 };

static client_request *start(client *asked, int origin, const char *path, retry_budget *budget) {
    error problem = {0};
    client_call call = {.origin = origin, .method = "GET", .path = path, .table_name = "channels", .budget = budget};
    client_request *begun = client_start(asked, &call, &problem);
    assert_non_null(begun);
    return begun;
}

/* Asks an origin in difficulties for many lists, and then another one: those must not wait. */
static void ask_beside(server *difficulties) {
    client *asked = make_client(5);
    client_request *first[EACH], *second[EACH];
    retry_budget budget = {0}, other = {0};
    answer_of = difficulties;
    for (int i = 0; i < EACH; i++) {
        first[i] = start(asked, 0, "/v1/Services", &budget);
    }
    error problem = {0};
    client_pause(asked, 50, &problem); /* the first ones have failed, and are put off */
    int before = attempts;
    most_at_once = 0;
    for (int i = 0; i < EACH; i++) {
        second[i] = start(asked, 1, "/v1/Services", &other);
    }
    for (int i = 0; i < EACH; i++) {
        while (!client_is_done(second[i])) {
            client_wait(asked, &problem);
        }
        assert_int_equal(client_answer_of(second[i])->outcome, CLIENT_OK);
    }
    assert_true(now_ms < 1000 + 50 + 10 * (EACH / 16 + 2));
    assert_in_range(attempts - before, EACH, EACH + 3);
    assert_in_range(most_at_once, 15, 16);
    for (int i = 0; i < EACH; i++) {
        client_release(asked, first[i]);
        client_release(asked, second[i]);
    }
    assert_int_equal(client_running(asked), 0);
    client_free(asked);
}

static void test_a_limit_is_one_origin_s(void **state) {
    (void)state;
    ask_beside(first_limited);
}

static void test_an_outage_is_one_origin_s(void **state) {
    (void)state;
    ask_beside(first_down);
}

/* max_concurrency is for all of them together, and none waits for the other's end. */
static void test_origins_share_the_places(void **state) {
    (void)state;
    client *asked = make_client(5);
    client_request *requests[2 * EACH];
    answer_of = fine_after_an_hour;
    now_ms = 3600000;
    for (int i = 0; i < 2 * EACH; i++) {
        requests[i] = start(asked, i % 2, "/v1/Services", NULL);
    }
    error problem = {0};
    while (!client_is_done(requests[2 * EACH - 1])) {
        client_wait(asked, &problem);
    }
    assert_int_equal(most_at_once, 16);
    assert_int_equal(attempts, 2 * EACH);
    for (int i = 0; i < 2 * EACH; i++) {
        client_release(asked, requests[i]);
    }
    client_free(asked);
}

/* Each attempt tells where it went, and who has no credentials is told for where. */
/* What is cut off has ended as well, and what had come by then is known. */
static void test_what_is_cut_off_is_noted(void **state) {
    (void)state;
    client *asked = make_client(0);
    error problem = {0};
    answer_of = always_503;
    client_request *request = start(asked, 0, "/v1/Services", NULL);
    assert_int_equal(request_log_find(client_log(asked), 1)->duration_ms, -1);
    client_pause(asked, LATENCY_MS / 2, &problem);
    client_release(asked, request);
    const request_entry *entry = request_log_find(client_log(asked), 1);
    assert_int_equal(entry->duration_ms, LATENCY_MS / 2);
    assert_int_equal(entry->status, 503);
    assert_int_equal(entry->response_bytes, 0);
    assert_string_equal(entry->error, "cut off: its answer was no longer needed");
    client_free(asked);
}

/* A connection that is lost within an answer. */
static void lost_within(const transfer *asked, int number, transport_result *result) {
    never_there(asked, number, result);
    result->outcome = RETRY_LOST;
    result->head_status = 504;
    snprintf(result->request_id, sizeof result->request_id, "RQ secret-1");
}

/* The status of such an answer is told, and decides nothing. */
static void test_the_status_of_half_an_answer(void **state) {
    (void)state;
    client *asked = make_client(1);
    error problem = {0};
    answer_of = lost_within;
    client_request *request = start(asked, 1, "/v1/Services", NULL);
    while (!client_is_done(request)) {
        client_wait(asked, &problem);
    }
    assert_int_equal(client_answer_of(request)->status, 0);
    assert_int_equal(client_answer_of(request)->head_status, 504);
    assert_int_equal(attempts, 2);
    assert_int_equal(request_log_find(client_log(asked), 2)->status, 504);
    assert_string_equal(request_log_find(client_log(asked), 2)->request_id, "RQ ********");
    client_release(asked, request);
    client_free(asked);
}

static void test_the_origin_is_noted(void **state) {
    (void)state;
    client *asked = make_client(5);
    answer_of = every_fourth_503;
    error problem = {0};
    for (int origin = 0; origin < 2; origin++) {
        client_request *request = start(asked, origin, "/v1/Services", NULL);
        assert_string_equal(request_log_find(client_log(asked), origin + 1)->origin,
                            origin ? "https://conversations.example" : "https://chat.example");
        client_wait(asked, &problem);
        client_release(asked, request);
    }
    client_call call = {.origin = 2, .method = "GET", .path = "/v1/Services", .table_name = "media"};
    assert_null(client_start(asked, &call, &problem));
    assert_non_null(strstr(problem.message, "no credentials for https://media.example: set TWILIO_API_KEY"));
    error_clear(&problem);
    client_free(asked);
}

/* What would put a secret into an address is not sent to any origin. */
static void test_no_secret_in_an_address(void **state) {
    (void)state;
    client *asked = make_client(5);
    error problem = {0};
    client_call call = {.method = "GET", .path = "/v1/Services/IS%73ecret-1/Channels", .table_name = "channels"};
    assert_null(client_start(asked, &call, &problem));
    assert_non_null(strstr(problem.message, "would repeat the credentials"));
    error_clear(&problem);
    client_free(asked);
}

#define TELLS_THE_END                                                                                                  \
    "Programmable Chat has ended: set api_version = 'conversations' in chat_settings, or use the table"

/* The message of an answer of an origin, to be freed with sqlite3_free. */
static char *explained(int origin) {
    client *asked = make_client(0);
    error problem = {0};
    answer_of = as_planned;
    client_request *request = start(asked, origin, "/v1/Services", NULL);
    client_wait(asked, &problem);
    char *message = client_answer_of(request)->message;
    client_answer_of(request)->message = NULL;
    client_release(asked, request);
    client_free(asked);
    return message;
}

/* Where Chat's own host is no API any more, and nowhere else. */
static void test_an_end_is_told(void **state) {
    static const struct {
        transport_result result;
        const char *body;
        bool told;
    } cases[] = {
        {{.status = 404}, "<html>Not here</html>", true},
        {{.status = 404}, "", true},
        {{.status = 404}, "{\"message\":\"no such page\"}", true},
        {{.status = 404}, "{\"code\":20404,\"message\":\"not found\",\"status\":404}", false},
        {{.status = 410}, "", true},
        {{.status = 410}, "{\"code\":20410,\"message\":\"gone\",\"status\":410}", true},
        {{.outcome = RETRY_NOT_SENT, .no_host = true, .problem = "no such host"}, "", true},
        {{.outcome = RETRY_NOT_SENT, .problem = "connection refused"}, "", false},
        {{.status = 400}, "", false},
        {{.status = 401}, "", false},
        {{.status = 403}, "<html>", false},
        {{.status = 500}, "", false},
        {{.status = 301}, "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        planned = cases[i].result;
        planned_body = cases[i].body;
        for (int origin = 0; origin < 2; origin++) {
            char *message = explained(origin);
            assert_non_null(message);
            assert_int_equal(strstr(message, TELLS_THE_END) != NULL, cases[i].told && origin == 0);
            sqlite3_free(message);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_request_has_all_its_attempts), cmocka_unit_test(test_a_dead_server_is_noticed),
        cmocka_unit_test(test_an_outage_is_waited_out),          cmocka_unit_test(test_a_budget_is_one_statement_s),
        cmocka_unit_test(test_successes_earn_repetitions),       cmocka_unit_test(test_a_post_is_not_repeated),
        cmocka_unit_test(test_a_refusal_does_not_undo_a_loss),   cmocka_unit_test(test_a_limit_costs_nothing),
        cmocka_unit_test(test_retry_after_is_waited_for),        cmocka_unit_test(test_an_interrupt_ends_a_wait),
        cmocka_unit_test(test_a_limit_is_one_origin_s),          cmocka_unit_test(test_an_outage_is_one_origin_s),
        cmocka_unit_test(test_origins_share_the_places),         cmocka_unit_test(test_what_is_cut_off_is_noted),
        cmocka_unit_test(test_the_status_of_half_an_answer),     cmocka_unit_test(test_the_origin_is_noted),
        cmocka_unit_test(test_no_secret_in_an_address),          cmocka_unit_test(test_an_end_is_told),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
